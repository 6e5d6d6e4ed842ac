/** Any filter of the GraphQL API, and what it means, told by looking at each row for itself. */
import fc from 'fast-check';
import { type Attribute, type EntityName, entityOf, type Relation } from '../../src/domain/entities.ts';
import { keysOf } from '../../src/domain/types/records.ts';
import { NAMES } from '../../src/graphql/connection/names.ts';
import type { Json } from './graphql.ts';
import type { Service } from './service.ts';

/** A filter as a client states it. */
export type Where = { readonly [name: string]: Json };

/** A row of a table, by its columns. */
export type Row = Readonly<Record<string, Json>>;

/** The rows of every table. */
export type Tables = Readonly<Record<EntityName, readonly Row[]>>;

export const ENTITY_NAMES: readonly EntityName[] = keysOf(NAMES);

/** The list of the root that has an entity; time slots have none. */
export const listOf = (entity: EntityName): string => `${NAMES[entity].toLowerCase()}s`;

/** An attribute that filters are made of, and what puts a filter on it where it belongs. */
interface Filterable {
  readonly attribute: Attribute;
  readonly filter: (on: Where) => Where;
}

/** The attributes that compare alike here and in the database. */
function comparable(entity: EntityName): Filterable[] {
  const { attributes, row = {} } = entityOf(entity);
  return [
    ...Object.entries(attributes).map(([name, attribute]) => ({ attribute, filter: (on: Where) => ({ [name]: on }) })),
    ...Object.entries(row).map(([key, attribute]) => ({ attribute, filter: (on: Where) => ({ row: { [key]: on } }) })),
  ].filter(({ attribute: { kind } }) => !['instant', 'utc', 'local', 'zone'].includes(kind));
}

/** What a row of a table has as an attribute. */
export function valueIn(row: Row, attribute: Attribute): Json {
  if (attribute.kind !== 'fullName') return row[attribute.column] ?? null;
  return attribute.columns.flatMap((column) => row[column] ?? []).join(' ') || null;
}

/** All that is stored, with numbers as JSON has them. */
export async function readTables(service: Service): Promise<Tables> {
  const tables = ENTITY_NAMES.map(async (entity): Promise<[EntityName, Row[]]> => {
    const rows = await service.rows(`SELECT to_jsonb(a) AS row FROM ${entityOf(entity).table} a`);
    return [entity, rows.map(({ row }) => row as Row)];
  });
  return Object.fromEntries(await Promise.all(tables)) as Record<EntityName, Row[]>;
}

/** The rows that a relation leads to, each once. */
export function relatedRows(tables: Tables, row: Row, { to, on, through }: Relation): Row[] {
  const same = (one: Json, other: Json) => one !== null && one === other;
  const others = tables[to];
  if (!through) return others.filter((other) => on.every(([own, theirs]) => same(row[own], other[theirs])));
  const [[own = '', theirs = ''] = []] = on;
  const links = tables[through.entity].filter((link) => same(link[through.local], row[own]));
  return others.filter((other) => links.some((link) => same(link[through.foreign], other[theirs])));
}

/** Whether a filter holds for a row. */
export function holds(tables: Tables, entity: EntityName, where: Where, row: Row): boolean {
  const { attributes, relations, row: fields = {} } = entityOf(entity);
  return Object.entries(where).every(([name, value]) => {
    const all = (filters: readonly Where[]) => filters.map((one) => holds(tables, entity, one, row));
    if (name === 'and') return all(value).every(Boolean);
    if (name === 'or') return all(value).some(Boolean);
    if (name === 'not') return !holds(tables, entity, value, row);
    if (name === 'row')
      return Object.entries<Where>(value).every(([key, on]) => fields[key] && compares(valueIn(row, fields[key]), on));
    const attribute = attributes[name];
    if (attribute) return compares(valueIn(row, attribute), value);
    const relation = relations[name];
    if (!relation) throw new Error(`${entity} has no ${name}`);
    const others = relatedRows(tables, row, relation);
    const count = (filter: Where) => others.filter((other) => holds(tables, relation.to, filter, other)).length;
    if (!relation.many) return count(value) > 0;
    const { some, every, none, atLeast } = value;
    return (
      (!some || count(some) > 0) &&
      (!every || count(every) === others.length) &&
      (!none || count(none) === 0) &&
      (!atLeast || count(atLeast.where ?? {}) >= atLeast.count)
    );
  });
}

function compares(value: Json, { eq, not, in: list, isNull, gte }: Where): boolean {
  return (
    (eq === undefined || value === eq) &&
    (not === undefined || value !== not) &&
    (list === undefined || list.includes(value)) &&
    (isNull === undefined || (value === null) === isNull) &&
    (gte === undefined || (value !== null && value >= gte))
  );
}

/** Filters of an entity, made of the values that are stored; in it are at most so many lists in each other. */
export function anyWhere(tables: Tables, entity: EntityName, lists = 3, depth = 4): fc.Arbitrary<Where> {
  const rows = tables[entity];
  const onColumn = fc
    .record({
      attribute: fc.constantFrom(...comparable(entity)),
      picks: fc.array(fc.nat(), { minLength: 1, maxLength: 9 }),
      how: fc.nat(4),
    })
    .map(({ attribute: { attribute, filter }, picks, how }): Where => {
      const { kind } = attribute;
      const values = picks
        .map((pick) => valueIn(rows[pick % rows.length] ?? {}, attribute))
        .filter((one) => one !== null);
      const [value] = values;
      if (how === 0 || value === undefined) return filter({ isNull: picks.length % 2 === 0 });
      if (how === 1) return filter({ eq: value });
      if (how === 2) return filter({ not: value });
      return filter(how === 3 && (kind === 'number' || kind === 'integer') ? { gte: value } : { in: values });
    });
  if (depth === 0) return onColumn;
  const same = anyWhere(tables, entity, lists, depth - 1);
  const others = Object.entries(entityOf(entity).relations)
    .filter(([, { many }]) => !many || lists > 0)
    .map(([name, { to, many }]): fc.Arbitrary<Where> => {
      // Made when it is asked for: all ways through all entities at once are too many.
      const where = fc
        .constant(null)
        .chain(() => fc.oneof(fc.constant({}), anyWhere(tables, to, lists - (many ? 1 : 0), depth - 1)));
      if (!many) return where.map((one) => ({ [name]: one }));
      const quantified = fc.oneof(
        where.map((some) => ({ some })),
        where.map((every) => ({ every })),
        where.map((none) => ({ none })),
        fc.record({ count: fc.integer({ min: 1, max: 3 }), where }).map((atLeast) => ({ atLeast })),
      );
      return quantified.map((one) => ({ [name]: one }));
    });
  const related = others.length === 0 ? onColumn : fc.oneof(...others);
  const several = fc.array(same, { maxLength: 3 });
  return fc.oneof(
    onColumn,
    { weight: 4, arbitrary: related },
    several.map((and) => ({ and })),
    several.map((or) => ({ or })),
    same.map((not) => ({ not })),
    fc.tuple(onColumn, related).map(([one, other]) => ({ ...one, ...other })),
  );
}
