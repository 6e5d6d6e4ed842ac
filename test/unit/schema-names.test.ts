/** One name for one thing: what a type calls a field, its filter and its order call the same. */
import { type GraphQLNamedType, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { FIELD_KEYS } from '../../src/domain/fields.ts';
import { NAMES } from '../../src/graphql/connection/names.ts';
import { schema } from '../../src/graphql/schema.ts';

const fieldsOf = (name: string): string[] => {
  const type: GraphQLNamedType | undefined = schema.getType(name);
  if (!isObjectType(type) && !isInputObjectType(type)) throw new Error(`there is no ${name}`);
  return Object.keys(type.getFields());
};

/** The fields of items that are no attributes: their ID in this API, and what is computed of their appointments. */
const COMPUTED = ['id', 'metrics'];

/** Every path of names through a type and the items that it refers to, as values of an order. */
const pathsOf = (name: string): Set<string> => {
  const type = schema.getType(name);
  const enumValue = (path: string) => path.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  if (!isObjectType(type)) throw new Error(`there is no ${name}`);
  const paths = Object.values(type.getFields()).flatMap(({ name: field, type: of }) =>
    isObjectType(of) || (isObjectType(schema.getType(String(of).replace(/!$/, ''))) && !String(of).startsWith('['))
      ? fieldsOf(String(of).replace(/!$/, '')).map((inner) => `${field}_${inner}`)
      : [field],
  );
  return new Set(paths.map(enumValue));
};

describe.each(Object.values(NAMES))('%s', (name) => {
  test('is filtered by exactly its fields', () => {
    const filters = fieldsOf(`${name}Where`).filter((field) => !['and', 'or', 'not'].includes(field));
    expect(filters.sort()).toEqual(
      fieldsOf(name)
        .filter((field) => !COMPUTED.includes(field))
        .sort(),
    );
  });

  test('is ordered by its fields, and those of the items that it refers to', () => {
    const order = schema.getType(`${name}OrderField`);
    if (!isEnumType(order)) throw new Error(`${name} has no order`);
    const paths = pathsOf(name);
    for (const { name: value } of order.getValues()) expect([...paths], value).toContain(value);
  });
});

test('a row is shown and filtered by the names of the extract', () => {
  expect(fieldsOf('ExtractRow').sort()).toEqual([...FIELD_KEYS].sort());
  expect(fieldsOf('ExtractRowWhere').sort()).toEqual([...FIELD_KEYS].sort());
});
