import type { Condition } from '../../../domain/condition.ts';
import { type EntityName, entityOf, type Relation } from '../../../domain/entities.ts';
import { spellingKindOf } from '../../../domain/names/spelling-kind.ts';
import { type Bind, column, joinSql, name, type Sql, sql } from '../../sql.ts';
import { isSpellingOf } from '../where/name-search.ts';
import { toSql } from '../where/to-sql.ts';

/** A sort key: a column of the table, or what follows from a column of it or of a table that a to-one relation leads to. */
export interface SortKey {
  /** The column of table `a` (`sourceOf`). */
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly from?: SortSource;
}

/** Where the values of a sort key come from. */
interface SortSource {
  readonly column: string;
  /** Whether it is a name, which is sorted by the sort key of its spelling (src/db/derived/spellings.ts). */
  readonly isName: boolean;
  /** The to-one relation to the item that has the column; the value is null if the item does not meet `where`. Null: the row itself. */
  readonly related: { readonly relation: Relation; readonly where: Condition } | null;
}

/** The values of a row under the sort keys, as text or null. Together the keys are unique. */
export type Keyset = readonly (string | null)[];

/** Returns the FROM item of an entity's table, named `a`, with the sort keys that are not columns of it. */
export function sourceOf(entity: EntityName, order: readonly SortKey[], bind: Bind): Sql {
  const table = name(entityOf(entity).table);
  const sources = order.flatMap((key, index) =>
    key.from ? [sortSource(entity, key.from, key.column, index, bind)] : [],
  );
  if (sources.length === 0) return table;
  const columns = sources.map((source) => source.column);
  return sql`(SELECT t.*, ${joinSql(columns, ', ')} FROM ${table} t${sources.reduce((all, { joins }) => sql`${all}${joins}`, sql``)})`;
}

/** Returns the column of a sort key, and the joins with table `t` that it needs. `index`: a number that no other key has. */
function sortSource(entity: EntityName, source: SortSource, as: string, index: number, bind: Bind) {
  const { column: of, isName, related } = source;
  const alias = related ? `o${index}` : 't';
  const own = column(alias, of);
  const spelling = `s${index}`;
  const kind = isName ? spellingKindOf(related?.relation.to ?? entity) : null;
  // A name without a spelling comes before those that have one, in the order of its characters.
  const value = kind === null ? own : sql`coalesce(${column(spelling, 'sort_key')}, ${own} COLLATE "C")`;
  const spelled =
    kind === null ? sql`` : sql` LEFT JOIN spelling ${name(spelling)} ON ${isSpellingOf(kind, own, spelling)}`;
  if (!related) return { column: sql`${value} AS ${name(as)}`, joins: spelled };
  const { to, on } = related.relation;
  const table = sql`${name(entityOf(to).table)} ${name(alias)}`;
  const condition = toSql(related.where, bind, to, alias);
  const linked = (items: string) =>
    on.map(([local, foreign]) => sql`${column(items, foreign)} = ${column('t', local)}`);
  if (!bind.distributed)
    return {
      column: sql`${value} AS ${name(as)}`,
      joins: sql` LEFT JOIN ${table} ON ${joinSql([...linked(alias), condition], ' AND ')}${spelled}`,
    };
  // What is read of other tables is one subquery, which is computed once and sent to where the rows are.
  const apart = `${alias}_apart`;
  const keys = on.map(([, foreign]) => column(alias, foreign));
  return {
    column: sql`${column(apart, 'value')} AS ${name(as)}`,
    joins: sql` LEFT JOIN (SELECT ${joinSql([...keys, sql`${value} AS value`], ', ')} FROM ${table}${spelled} WHERE ${condition}) ${name(apart)} ON ${joinSql(linked(apart), ' AND ')}`,
  };
}

/** Returns the ORDER BY list for a table alias. */
export const orderBy = (keys: readonly SortKey[], alias = 'a'): Sql =>
  joinSql(
    keys.map((key) => sql`${column(alias, key.column)}${key.descending ? sql` DESC` : sql``}${nullsOf(key)}`),
    ', ',
  );

/** NULLS FIRST or LAST, unless it is Postgres' default. */
const nullsOf = ({ nullable, nullsFirst, descending }: SortKey): Sql => {
  if (!nullable || nullsFirst === descending) return sql``;
  return nullsFirst ? sql` NULLS FIRST` : sql` NULLS LAST`;
};

/**
 * Returns the ORDER BY list within one range of `rangesAfter`, in which the first key is null in all rows or in none. NULLS FIRST or LAST
 * then makes no difference, but would keep Postgres from using an index that has nulls at its other end.
 */
export const orderByInRange = ([first, ...rest]: readonly SortKey[]): Sql =>
  orderBy(first ? [{ ...first, nullable: false }, ...rest] : []);

/** Returns the sort keys of the reversed order. */
export const reversed = (keys: readonly SortKey[]): SortKey[] =>
  keys.map((key) => ({ ...key, descending: !key.descending, nullsFirst: !key.nullsFirst }));

/**
 * Returns the rows after a keyset (with `inclusive` also those at it), or all rows, as mutually exclusive conditions: rows whose first key
 * is null, and the others. Each can start an index scan at the keyset, although the index has its nulls at the other end if the order is
 * not Postgres' default.
 */
export function rangesAfter(keys: readonly SortKey[], keyset: Keyset | null, bind: Bind, inclusive = false): Sql[] {
  const [first] = keys;
  if (!first) return [sql`true`];
  const value = column('a', first.column);
  if (keyset === null) {
    const isIndexOrder = first.nullsFirst === first.descending;
    return !first.nullable || isIndexOrder ? [sql`true`] : [sql`${value} IS NOT NULL`, sql`${value} IS NULL`];
  }
  const bounds = keyset.map((bound, index) => (bound === null ? null : bind(bound, keys[index]?.type ?? 'text')));
  const rest = isAfter(keys, bounds, 1, inclusive);
  const [bound = null] = bounds;
  if (bound === null)
    return [sql`(${value} IS NULL AND ${rest})`, ...(first.nullsFirst ? [sql`${value} IS NOT NULL`] : [])];
  // If possible, the index scan starts exactly at the keyset; otherwise at its first key, and earlier rows with an equal first key are
  // filtered out.
  const notNull = isUniform(keys.slice(1), first.descending)
    ? rowAfter(keys, bounds, inclusive)
    : sql`${value} ${beyond(first)}= ${bound} AND (${value} ${beyond(first)} ${bound} OR ${rest})`;
  return [notNull, ...(first.nullable && !first.nullsFirst ? [sql`${value} IS NULL`] : [])];
}

const beyond = ({ descending }: SortKey): Sql => (descending ? sql`<` : sql`>`);

/** Whether all keys have one direction and are never null, so that they can be compared as a row. */
const isUniform = (keys: readonly SortKey[], descending: boolean): boolean =>
  keys.every((key) => !key.nullable && key.descending === descending);

/** Compares rows under uniform keys with a row comparison (PostgreSQL manual, 9.25.5). */
const rowAfter = ([first, ...others]: readonly SortKey[], bounds: readonly (Sql | null)[], inclusive: boolean): Sql =>
  first
    ? sql`(${joinSql(
        [first, ...others].map((key) => column('a', key.column)),
        ', ',
      )}) ${beyond(first)}${inclusive ? sql`=` : sql``} (${joinSql(
        bounds.map((bound) => bound ?? sql`NULL`),
        ', ',
      )})`
    : sql`true`;

/** True for rows that come later under the keys; with `inclusive` also for rows that are equal under all of them. */
function isAfter(keys: readonly SortKey[], bounds: readonly (Sql | null)[], index: number, inclusive: boolean): Sql {
  const key = keys[index];
  if (!key) return inclusive ? sql`true` : sql`false`;
  if (index < keys.length - 1 && isUniform(keys.slice(index), key.descending))
    return rowAfter(keys.slice(index), bounds.slice(index), inclusive);
  const value = column('a', key.column);
  const bound = bounds[index] ?? null;
  const rest = isAfter(keys, bounds, index + 1, inclusive);
  if (bound === null)
    return key.nullsFirst
      ? sql`(${value} IS NOT NULL OR (${value} IS NULL AND ${rest}))`
      : sql`(${value} IS NULL AND ${rest})`;
  const nulls = key.nullable && !key.nullsFirst ? sql` OR ${value} IS NULL` : sql``;
  return sql`(${value} ${beyond(key)} ${bound}${nulls} OR (${value} = ${bound} AND ${rest}))`;
}
