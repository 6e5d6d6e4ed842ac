import type { EnumRef, InputRef } from '@pothos/core';
import type { SortKey } from '../../db/query/keyset.ts';
import { attributeOf, ENTITIES, type EntityName } from '../../domain/entities.ts';
import { Failure } from '../../domain/errors.ts';
import { builder, PERSONAL } from '../builder.ts';
import { MAX_SORT_KEYS } from '../limits.ts';
import { NAMES } from './names.ts';

/** The attributes by which things can be ordered; the first is the default. Each but the names has an index that ends in the key. */
const ORDER_ATTRIBUTES: Readonly<Partial<Record<EntityName, readonly string[]>>> = {
  appointment: ['startsAt', 'interviewCreateDate', 'interviewUpdateDate', 'reviewedAt'],
  interview: ['startsAt', 'createdAt', 'updatedAt', 'interviewId'],
  employee: ['employeeId', 'lastName', 'firstName'],
  candidate: ['candidateProfileId', 'lastName', 'firstName'],
  job: ['jobId', 'title', 'department'],
  application: ['applicationId', 'stage', 'step'],
};

const Direction = builder.enumType('OrderDirection', {
  description: 'Sort direction.',
  values: {
    ASC: { description: 'Ascending: smallest or earliest first.' },
    DESC: { description: 'Descending: greatest or latest first.' },
  },
});
const NullsOrder = builder.enumType('NullsOrder', {
  description: 'Whether nulls come first or last.',
  values: { FIRST: { description: 'Nulls first.' }, LAST: { description: 'Nulls last.' } },
});

/** One key of an order as a client states it. */
export interface OrderBy {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
  readonly nulls: 'FIRST' | 'LAST';
}

const refs = new Map<EntityName, InputRef<OrderBy>>();

for (const [entity, names] of Object.entries(ORDER_ATTRIBUTES) as [EntityName, readonly string[]][]) {
  const field = builder.enumType(`${NAMES[entity]}OrderField`, {
    description: 'Fields to sort by.',
    values: Object.fromEntries(
      names.map((name) => {
        const attribute = attributeOf(entity, name);
        return [
          attribute.column.toUpperCase(),
          { value: name, description: attribute.description, ...(attribute.personal && { extensions: PERSONAL }) },
        ];
      }),
    ),
  }) as EnumRef<never, string>;
  refs.set(
    entity,
    builder.inputRef<OrderBy>(`${NAMES[entity]}OrderBy`).implement({
      description: 'One sort key. The primary key is appended as a tie-breaker, so every order is total.',
      fields: (t) => ({
        field: t.field({ type: field, required: true, description: 'Field to sort by.' }),
        direction: t.field({ type: Direction, required: true, defaultValue: 'ASC', description: 'Sort direction.' }),
        nulls: t.field({
          type: NullsOrder,
          required: true,
          defaultValue: 'LAST',
          description: 'Whether nulls come first or last.',
        }),
      }),
    }) as InputRef<OrderBy>,
  );
}

/** The input type of an order. */
export function orderByOf(entity: EntityName): InputRef<OrderBy> {
  const ref = refs.get(entity);
  if (!ref) throw new Error(`${entity} has no order`);
  return ref;
}

/** What is said of the argument of an order. */
export const orderDescription = (entity: EntityName): string =>
  `In this order; the first key goes before the others. Without it by ${attributeOf(entity, defaultOf(entity)).column.toUpperCase()}, ascending.`;

const defaultOf = (entity: EntityName): string => ORDER_ATTRIBUTES[entity]?.[0] ?? '';

/** The keys of an order, ended by those of the primary key. Errors: BAD_USER_INPUT for too many keys, or one twice. */
export function sortKeysOf(entity: EntityName, orders: readonly OrderBy[] | null | undefined): SortKey[] {
  const { attributes, key } = ENTITIES[entity];
  const asked = orders?.length ? orders : [{ field: defaultOf(entity), direction: 'ASC', nulls: 'LAST' } as const];
  if (asked.length > MAX_SORT_KEYS)
    throw new Failure(
      'BAD_USER_INPUT',
      `orderBy: at most ${MAX_SORT_KEYS} keys are allowed, and ${asked.length} are given.`,
    );
  if (new Set(asked.map(({ field }) => field)).size < asked.length)
    throw new Failure('BAD_USER_INPUT', 'orderBy: a field is given twice.');
  const keys = asked.map(({ field, direction, nulls }): SortKey => {
    const { column = '', type = '', nullable = true } = attributes[field] ?? {};
    return { column, type, nullable, descending: direction === 'DESC', nullsFirst: nulls === 'FIRST' };
  });
  // In the last key's direction, so that one index serves both ways.
  const descending = keys.at(-1)?.descending ?? false;
  const rest = key.filter(({ column }) => keys.every((one) => one.column !== column));
  return [
    ...keys,
    ...rest.map(({ column, type }) => ({ column, type, nullable: false, descending, nullsFirst: descending })),
  ];
}
