import type { ImplementableInputObjectRef, InputRef } from '@pothos/core';
import type { Comparison, Condition } from '../../domain/condition.ts';
import { type Attribute, ENTITIES, type EntityName, type Relation } from '../../domain/entities.ts';
import { Failure } from '../../domain/errors.ts';
import { builder, PERSONAL, type Types } from '../builder.ts';
import { MAX_CONDITIONS, MAX_NESTED_LISTS, MAX_VALUES } from '../limits.ts';
import { ENUMERATIONS } from '../types/enumerations.ts';
import { NAMES } from './names.ts';
import { requireStorable } from './storable.ts';

/** A filter as a client states it. */
export type Where = { readonly [name: string]: unknown };

const isNull = 'true: is null; false: is not null.';

/** How a kind of value is compared: the comparisons that are for ranges and those for texts. */
interface FilterForm {
  readonly name: string;
  readonly type: unknown;
  readonly hasRanges: boolean;
  readonly hasTextSearch: boolean;
}

function filterFormOf({ kind, type }: Attribute): FilterForm {
  if (kind === 'enumeration') {
    const enumeration = ENUMERATIONS[type];
    return { name: `${enumeration?.name}Filter`, type: enumeration, hasRanges: false, hasTextSearch: false };
  }
  const as = (name: string, hasRanges = false, hasTextSearch = false): FilterForm => ({
    name: `${name}Filter`,
    type: name,
    hasRanges,
    hasTextSearch,
  });
  switch (kind) {
    case 'text':
      return as('String', false, true);
    case 'identifier':
    case 'zone':
      return { ...as('String'), name: 'IdentifierFilter' };
    case 'uuid':
      return as('UUID');
    case 'boolean':
      return as('Boolean');
    case 'integer':
      return as('Int', true);
    case 'number':
      return as('Float', true);
    case 'local':
      return as('LocalDateTime', true);
    default:
      return as('DateTime', true);
  }
}

const filters = new Map<string, InputRef<Where>>();

/** The input type of a comparison; made once. */
function filterOf(attribute: Attribute): InputRef<Where> {
  const { name, type, hasRanges, hasTextSearch } = filterFormOf(attribute);
  const made = filters.get(name);
  if (made) return made;
  const ref = builder.inputRef<Where>(name);
  filters.set(name, ref);
  ref.implement({
    description: 'Conditions are combined with AND. Null matches only `not` and `isNull`.',
    fields: (t) => {
      const one = (description: string) => t.field({ type: type as never, description });
      const list = (description: string) => t.field({ type: [type] as never, description });
      return {
        eq: one('Equals this value.'),
        in: list('Equals one of these values.'),
        not: one('Differs from this value, or is null.'),
        ...(hasRanges && {
          lt: one('Less than this value.'),
          lte: one('Less than or equal to this value.'),
          gt: one('Greater than this value.'),
          gte: one('Greater than or equal to this value.'),
        }),
        ...(hasTextSearch && {
          contains: one('Contains this text, case-insensitive.'),
          startsWith: one('Starts with this text, case-insensitive.'),
        }),
        isNull: t.boolean({ description: isNull }),
      } as never;
    },
  });
  return ref;
}

const whereTypes = Object.fromEntries(
  Object.entries(NAMES).map(([entity, name]) => [entity, builder.inputRef<Where>(`${name}Where`)]),
) as unknown as Record<EntityName, ImplementableInputObjectRef<Types, Where>>;

/** The filter of a thing. */
export const whereOf = (entity: EntityName): InputRef<Where> => whereTypes[entity];

const listFilters = new Map<EntityName, InputRef<Where>>();

/** The input type of a filter that counts. */
const atLeastOf = (entity: EntityName): InputRef<Where> =>
  builder.inputRef<Where>(`${NAMES[entity]}AtLeast`).implement({
    description: 'Matches by the number of related items.',
    fields: (t) =>
      ({
        count: t.int({ required: true, description: 'Minimum number of matching items; at least 1.' }),
        where: t.field({
          type: whereTypes[entity],
          description: 'Condition on the counted items; all items by default.',
        }),
      }) as never,
  });

function listFilterOf(entity: EntityName): InputRef<Where> {
  const made = listFilters.get(entity);
  if (made) return made;
  const ref = builder.inputRef<Where>(`${NAMES[entity]}ListFilter`);
  listFilters.set(entity, ref);
  ref.implement({
    description: 'Conditions are combined with AND.',
    fields: (t) =>
      ({
        some: t.field({ type: whereTypes[entity], description: 'At least one related item matches.' }),
        every: t.field({
          type: whereTypes[entity],
          description: 'Every related item matches; true for an empty list.',
        }),
        none: t.field({ type: whereTypes[entity], description: 'No related item matches.' }),
        atLeast: t.field({ type: atLeastOf(entity), description: 'At least `count` related items match.' }),
      }) as never,
  });
  return ref;
}

for (const [entity, { attributes, relations, fullName }] of Object.entries(ENTITIES) as [
  EntityName,
  (typeof ENTITIES)[EntityName],
][])
  whereTypes[entity].implement({
    description: 'A filter. Conditions are combined with AND.',
    fields: (t) =>
      ({
        and: t.field({ type: [whereTypes[entity]], description: 'All of these match.' }),
        or: t.field({ type: [whereTypes[entity]], description: 'At least one of these matches.' }),
        not: t.field({ type: whereTypes[entity], description: 'This does not match.' }),
        ...(fullName && {
          search: t.string({
            description: 'Part of the full name (first name, space, last name), case-insensitive.',
            extensions: PERSONAL,
          }),
        }),
        ...Object.fromEntries(
          Object.entries(attributes).map(([name, attribute]) => [
            name,
            t.field({
              type: filterOf(attribute),
              description: attribute.description,
              ...(attribute.personal && { extensions: PERSONAL }),
            }),
          ]),
        ),
        ...Object.fromEntries(
          Object.entries(relations).map(([name, { to, many, description }]) => [
            name,
            t.field({ type: many ? listFilterOf(to) : whereTypes[to], description }),
          ]),
        ),
      }) as never,
  });

/** A client's filter as a condition. Errors: BAD_USER_INPUT where it has more conditions or values than are allowed. */
export function conditionOf(entity: EntityName, where: Where | null | undefined): Condition {
  let conditions = 0;
  const count = () => {
    if (++conditions > MAX_CONDITIONS)
      throw new Failure('BAD_USER_INPUT', `where: a filter has at most ${MAX_CONDITIONS} conditions.`);
  };

  const all = (of: EntityName, filter: Where, lists = 0): Condition => ({
    all: Object.entries(filter).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [part(of, name, value, lists)],
    ),
  });

  /** The members of a list. One that states nothing counts, too: there could be any number of them. */
  const each = (of: EntityName, filters: unknown, lists: number): Condition[] =>
    (filters as Where[]).map((filter) => {
      if (Object.values(filter).every((value) => value === null || value === undefined)) count();
      return all(of, filter, lists);
    });

  /** `lists`: how many it stands in. */
  function part(of: EntityName, name: string, value: unknown, lists: number): Condition {
    count();
    if (name === 'and') return { all: each(of, value, lists) };
    if (name === 'or') return { any: each(of, value, lists) };
    if (name === 'not') return { not: all(of, value as Where, lists) };
    if (name === 'search') return { named: requireStorable('where: search', value as string) };
    const attribute = ENTITIES[of].attributes[name];
    if (attribute) return { all: comparisons(name, attribute, value as Where, count) };
    const relation = ENTITIES[of].relations[name];
    if (!relation) throw new Error(`${of} has no ${name}`);
    if (!relation.many) return { some: name, where: all(relation.to, value as Where, lists) };
    if (lists === MAX_NESTED_LISTS)
      throw new Failure(
        'BAD_USER_INPUT',
        `where: ${name} stands in ${lists} lists already; at most ${MAX_NESTED_LISTS} go into each other.`,
      );
    return { all: ofList(name, relation, value as Where, lists + 1) };
  }

  const ofList = (
    name: string,
    { to }: Relation,
    { some, every, none, atLeast }: Where,
    lists: number,
  ): Condition[] => [
    ...(some ? [{ some: name, where: all(to, some as Where, lists) }] : []),
    ...(every ? [{ not: { some: name, where: { not: all(to, every as Where, lists) } } }] : []),
    ...(none ? [{ not: { some: name, where: all(to, none as Where, lists) } }] : []),
    ...(atLeast ? [several(name, to, atLeast as Where, lists)] : []),
  ];

  function several(name: string, to: EntityName, { count, where }: Where, lists: number): Condition {
    if ((count as number) < 1)
      throw new Failure('BAD_USER_INPUT', `where: ${name}.atLeast.count is ${count}; it must be 1 or more.`);
    const some = { some: name, where: all(to, (where ?? {}) as Where, lists) };
    return count === 1 ? some : { ...some, atLeast: count as number };
  }

  return all(entity, where ?? {});
}

const RANGE_OPERATORS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

function comparisons(of: string, { kind }: Attribute, filter: Where, count: () => void): Condition[] {
  const stored = (value: unknown): string => {
    const text = requireStorable(`where: ${of}`, String(value));
    // The wall clock in UTC is stored without its Z.
    return kind === 'utc' ? text.replace(/Z$/, '') : text;
  };
  return Object.entries(filter).flatMap(([name, value]): Condition[] => {
    if (value === null || value === undefined) return [];
    count();
    const equal = (values: readonly unknown[]): Comparison => ({ of, is: 'in', values: values.map(stored) });
    switch (name) {
      case 'eq':
        return [equal([value])];
      case 'in': {
        const values = value as unknown[];
        if (values.length > MAX_VALUES)
          throw new Failure(
            'BAD_USER_INPUT',
            `where: ${of}.in has ${values.length} values; at most ${MAX_VALUES} are allowed.`,
          );
        return [equal(values)];
      }
      case 'not':
        return [{ not: equal([value]) }];
      case 'isNull':
        return [value ? { of, is: 'null' } : { not: { of, is: 'null' } }];
      case 'contains':
      case 'startsWith':
        return [{ of, is: name, value: stored(value) }];
      default:
        return [{ of, is: RANGE_OPERATORS[name as keyof typeof RANGE_OPERATORS], value: stored(value) }];
    }
  });
}
