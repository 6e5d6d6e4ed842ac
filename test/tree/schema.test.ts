/** schema.graphql is what the program serves, and says what everything in it is. */
import { readdir, readFile } from 'node:fs/promises';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { printedSchema, schema } from '../../src/graphql/schema.ts';

test('schema.graphql is the schema of the program; `npm run schema -- --output schema.graphql` writes it', async () => {
  expect(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8')).toBe(printedSchema());
});

test('every type, field, argument, input field and enumeration value is described', () => {
  const undescribed: string[] = [];
  const look = (name: string, { description }: { description?: string | null | undefined }) => {
    if (!description?.trim()) undescribed.push(name);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    look(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument);
      }
  }
  expect(undescribed).toEqual([]);
});

test('the operations of examples/frontend fit the schema', async () => {
  const folder = new URL('../../examples/frontend/src/', import.meta.url);
  const texts = await Promise.all(
    (await readdir(folder))
      .filter((name) => name.endsWith('.tsx'))
      .map((name) => readFile(new URL(name, folder), 'utf8')),
  );
  const operations = texts.flatMap((text) => Array.from(text.matchAll(/graphql\(`(.*?)`\)/gs), ([, found]) => found));
  expect(operations.length).toBeGreaterThan(3);
  expect(validate(schema, parse(operations.join('\n')))).toEqual([]);
});
