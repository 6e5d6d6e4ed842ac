import type { InputRef } from '@pothos/core';
import type { SortKey } from '../../../db/query/pages/keyset.ts';
import {
  type AttributeName,
  type ColumnAttribute,
  type EntityName,
  entityOf,
  findAttribute,
  findRelation,
  type RelatedName,
  type Relation,
  type RelationNameOf,
} from '../../../domain/entities.ts';
import { Failure } from '../../../domain/errors.ts';
import type { FieldKey } from '../../../domain/fields.ts';
import { mapRecord } from '../../../domain/types/records.ts';
import { type Viewer, visible } from '../../../domain/viewer.ts';
import { builder, PERSONAL } from '../../builder.ts';
import { MAX_SORT_KEYS } from '../../limits.ts';
import { NAMES } from '../names.ts';

/** A path to sort by: an attribute, an attribute of a related item, or a field of the row. */
type OrderPath<E extends EntityName> =
  | AttributeName<E>
  | { [R in RelationNameOf<E, false>]: `${R}.${AttributeName<RelatedName<E, R>>}` }[RelationNameOf<E, false>]
  | (E extends 'appointment' ? `row.${FieldKey}` : never);

/**
 * The paths by which items can be sorted; the first is the default. An index that ends with the primary key serves each of them, except
 * names, `duration`, `type`, `candidateStatus` and attributes in other tables: these sort all items that match the filter.
 */
const ORDERS: { readonly [E in EntityName]: readonly [OrderPath<E>, ...OrderPath<E>[]] } = {
  appointment: ['startsAt', 'row.interviewCreateDate', 'row.interviewUpdateDate', 'reviewedAt'],
  interview: [
    'startsAt',
    'createdAt',
    'updatedAt',
    'interviewId',
    'endsAt',
    'duration',
    'type',
    'candidateStatus',
    'candidate.lastName',
    'candidate.firstName',
    'job.title',
  ],
  timeSlot: ['startsAt', 'endsAt', 'duration', 'room'],
  employee: ['employeeId', 'lastName', 'firstName'],
  candidate: ['candidateProfileId', 'lastName', 'firstName'],
  job: ['jobId', 'title', 'department'],
  application: ['applicationId', 'stage', 'step'],
};

export const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Sort direction.',
  values: {
    ASC: { description: 'Ascending: smallest or earliest first.' },
    DESC: { description: 'Descending: greatest or latest first.' },
  },
});
export const NullsOrder = builder.enumType('NullsOrder', {
  description: 'Whether nulls come first or last.',
  values: { FIRST: { description: 'Nulls first.' }, LAST: { description: 'Nulls last.' } },
});

/** One sort key as the client sends it. */
export interface OrderBy {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
  readonly nulls: 'FIRST' | 'LAST';
}

/** Converts a path into an enum value: `candidate.lastName` becomes `CANDIDATE_LAST_NAME`. */
const enumValue = (path: string): string =>
  path
    .replaceAll('.', '_')
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase();

/** Resolves a path to its attribute and the relation that it crosses, if any. */
function attributeAt(entity: EntityName, path: string): { attribute: ColumnAttribute; relation: Relation | null } {
  const [name = '', ...prefix] = path.split('.').reverse();
  const relation = (prefix[0] && findRelation(entity, prefix[0])) || null;
  const attribute = findAttribute(relation?.to ?? entity, name);
  if (!attribute || attribute.kind === 'fullName') throw new Error(`${entity} has no column ${path} to order by`);
  return { attribute, relation };
}

/** Describes an attribute of a related item: "The candidate." and "First name." become "The candidate’s first name." */
const ofRelation = (relation: Relation, { description }: ColumnAttribute): string =>
  `${relation.description.replace(/[.;].*$/, '')}’s ${description.charAt(0).toLowerCase()}${description.slice(1)}`;

const orderType = (entity: EntityName, paths: readonly string[]): InputRef<OrderBy> => {
  const field = builder.enumType(`${NAMES[entity]}OrderField`, {
    description: 'Fields to sort by.',
    values: Object.fromEntries(
      paths.map((path) => {
        const { attribute, relation } = attributeAt(entity, path);
        const description = relation ? ofRelation(relation, attribute) : attribute.description;
        return [enumValue(path), { value: path, description, ...(attribute.personal && { extensions: PERSONAL }) }];
      }),
    ),
  });
  return builder.inputRef<OrderBy>(`${NAMES[entity]}OrderBy`).implement({
    description: 'One sort key. The primary key is appended as a tie-breaker, so every order is total.',
    fields: (t) => ({
      field: t.field({ type: field, required: true, description: 'Field to sort by.' }),
      direction: t.field({ type: OrderDirection, required: true, defaultValue: 'ASC', description: 'Sort direction.' }),
      nulls: t.field({
        type: NullsOrder,
        required: true,
        defaultValue: 'LAST',
        description: 'Whether nulls come first or last.',
      }),
    }),
  });
};

const TYPES = mapRecord<EntityName, readonly string[], InputRef<OrderBy>>(ORDERS, (paths, entity) =>
  orderType(entity, paths),
);

/** Returns the input type of an entity's order. */
export const orderByOf = (entity: EntityName): InputRef<OrderBy> => TYPES[entity];

/** Returns the description of an entity's `orderBy` argument. */
export const orderDescription = (entity: EntityName): string =>
  `Sort keys, most significant first. Default: ${enumValue(ORDERS[entity][0])}, ascending.`;

/** Returns the order of a list when the client sends none. */
export const defaultOrder = (entity: EntityName, viewer: Viewer): SortKey[] => sortKeysOf(entity, null, viewer);

/**
 * Returns the sort keys of an order, with the primary key appended as a tie-breaker. Attributes of related items that the viewer does not
 * see sort as null. Errors: BAD_USER_INPUT for too many keys or a repeated one.
 */
export function sortKeysOf(
  entity: EntityName,
  orders: readonly OrderBy[] | null | undefined,
  viewer: Viewer,
): SortKey[] {
  const byDefault = [{ field: ORDERS[entity][0], direction: 'ASC', nulls: 'LAST' }] as const;
  const sortKeys: readonly OrderBy[] = orders?.length ? orders : byDefault;
  if (sortKeys.length > MAX_SORT_KEYS)
    throw new Failure('BAD_USER_INPUT', `orderBy has ${sortKeys.length} keys; at most ${MAX_SORT_KEYS} are allowed.`);
  if (new Set(sortKeys.map(({ field }) => field)).size < sortKeys.length)
    throw new Failure('BAD_USER_INPUT', 'orderBy: a field occurs twice.');
  const keys = sortKeys.map((orderKey) => sortKeyOf(entity, orderKey, viewer));
  // The tie-breaker takes the last key's direction, so that one index serves both directions.
  const descending = keys.at(-1)?.descending ?? false;
  const tieBreaker = entityOf(entity).key.filter(({ column }) => keys.every((key) => key.column !== column));
  return [
    ...keys,
    ...tieBreaker.map(({ column, type }) => ({ column, type, nullable: false, descending, nullsFirst: descending })),
  ];
}

function sortKeyOf(entity: EntityName, { field, direction, nulls }: OrderBy, viewer: Viewer): SortKey {
  const { attribute, relation } = attributeAt(entity, field);
  const { column, type, nullable, isName } = attribute;
  const options = { type, descending: direction === 'DESC', nullsFirst: nulls === 'FIRST' };
  if (!relation && !isName) return { column, nullable, ...options };
  const related = relation && { relation, where: visible(relation.to, viewer) };
  const from = { column, isName, related };
  return {
    column: `order_${enumValue(field).toLowerCase()}`,
    nullable: nullable || relation !== null,
    from,
    ...options,
  };
}
