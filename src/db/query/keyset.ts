import type { Condition } from '../../domain/condition.ts';
import { type EntityName, entityOf, type Relation } from '../../domain/entities.ts';
import { type Bind, column, joinSql, name, type Sql, sql } from '../sql.ts';
import { toSql } from './to-sql.ts';

/** A key that rows are ordered by: a column of the table, or of a table that a relation to one leads to. */
export interface SortKey {
  /** The column, of the table `a` (`sourceOf`). */
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly from?: RelatedColumn;
}

/** A column of the item that a relation to one leads to; null where the item doesn't meet `where`. */
interface RelatedColumn {
  readonly relation: Relation;
  readonly column: string;
  readonly where: Condition;
}

/** A row's values of the sort keys, as text, or null. The keys together are unique. */
export type Keyset = readonly (string | null)[];

/** The table of an entity, for a FROM that names it `a`, with the columns of other tables that rows are ordered by. */
export function sourceOf(entity: EntityName, order: readonly SortKey[], bind: Bind): Sql {
  const table = name(entityOf(entity).table);
  const related = order.flatMap((key) => (key.from ? [{ ...key.from, as: key.column }] : []));
  if (related.length === 0) return table;
  const columns = related.map((one, at) => sql`${column(`o${at}`, one.column)} AS ${name(one.as)}`);
  const joins = related.map(({ relation: { to, on }, where }, at) => {
    const alias = `o${at}`;
    const linked = on.map(([local, foreign]) => sql`${column(alias, foreign)} = ${column('t', local)}`);
    return sql` LEFT JOIN ${name(entityOf(to).table)} ${name(alias)} ON ${joinSql([...linked, toSql(where, bind, to, alias)], ' AND ')}`;
  });
  return sql`(SELECT t.*, ${joinSql(columns, ', ')} FROM ${table} t${joins.reduce((all, one) => sql`${all}${one}`)})`;
}

/** What stands after ORDER BY, for a table named `a`. */
export const orderBy = (keys: readonly SortKey[]): Sql =>
  joinSql(
    keys.map((key) => sql`${column('a', key.column)}${key.descending ? sql` DESC` : sql``}${nullsOf(key)}`),
    ', ',
  );

/** Where nulls stand, unless Postgres puts them there by itself. */
const nullsOf = ({ nullable, nullsFirst, descending }: SortKey): Sql => {
  if (!nullable || nullsFirst === descending) return sql``;
  return nullsFirst ? sql` NULLS FIRST` : sql` NULLS LAST`;
};

/**
 * The same within one of the ranges of `rangesAfter`, where the first key is either null in all rows or in none. Where it puts nulls
 * then makes no difference; said nevertheless, it would keep Postgres from an index that has them at its other end.
 */
export const orderByInRange = ([first, ...rest]: readonly SortKey[]): Sql =>
  orderBy(first ? [{ ...first, nullable: false }, ...rest] : []);

/** The same order backwards. */
export const reversed = (keys: readonly SortKey[]): SortKey[] =>
  keys.map((key) => ({ ...key, descending: !key.descending, nullsFirst: !key.nullsFirst }));

/**
 * The rows after a keyset (with `inclusive` also those at it), or all, as conditions that exclude each other, so that each can begin
 * to read its index at the keyset: rows whose first key is null, and the others. An index has nulls at its other end where the
 * order isn't Postgres' own.
 */
export function rangesAfter(keys: readonly SortKey[], keyset: Keyset | null, bind: Bind, inclusive = false): Sql[] {
  const [first] = keys;
  if (!first) return [sql`true`];
  const value = column('a', first.column);
  if (keyset === null) {
    const isIndexOrder = first.nullsFirst === first.descending;
    return !first.nullable || isIndexOrder ? [sql`true`] : [sql`${value} IS NOT NULL`, sql`${value} IS NULL`];
  }
  const bounds = keyset.map((bound, at) => (bound === null ? null : bind(bound, keys[at]?.type ?? 'text')));
  const rest = isAfter(keys, bounds, 1, inclusive);
  const [bound = null] = bounds;
  if (bound === null)
    return [sql`(${value} IS NULL AND ${rest})`, ...(first.nullsFirst ? [sql`${value} IS NOT NULL`] : [])];
  // Where it can, an index begins to be read right at the keyset; otherwise at the first key, and what comes before among equals is left out.
  const notNull = isUniform(keys.slice(1), first.descending)
    ? rowAfter(keys, bounds, inclusive)
    : sql`${value} ${beyond(first)}= ${bound} AND (${value} ${beyond(first)} ${bound} OR ${rest})`;
  return [notNull, ...(first.nullable && !first.nullsFirst ? [sql`${value} IS NULL`] : [])];
}

const beyond = ({ descending }: SortKey): Sql => (descending ? sql`<` : sql`>`);

/** Whether keys run in one direction and are never null, so that they can be compared as one row. */
const isUniform = (keys: readonly SortKey[], descending: boolean): boolean =>
  keys.every((key) => !key.nullable && key.descending === descending);

/** True of rows that come later by uniform keys (PostgreSQL manual, 9.25.5). */
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

/** True of rows that come later by the keys from `at` on; with `inclusive` also of those that agree on all of them. */
function isAfter(keys: readonly SortKey[], bounds: readonly (Sql | null)[], at: number, inclusive: boolean): Sql {
  const key = keys[at];
  if (!key) return inclusive ? sql`true` : sql`false`;
  if (at < keys.length - 1 && isUniform(keys.slice(at), key.descending))
    return rowAfter(keys.slice(at), bounds.slice(at), inclusive);
  const value = column('a', key.column);
  const bound = bounds[at] ?? null;
  const rest = isAfter(keys, bounds, at + 1, inclusive);
  if (bound === null)
    return key.nullsFirst
      ? sql`(${value} IS NOT NULL OR (${value} IS NULL AND ${rest}))`
      : sql`(${value} IS NULL AND ${rest})`;
  const nulls = key.nullable && !key.nullsFirst ? sql` OR ${value} IS NULL` : sql``;
  return sql`(${value} ${beyond(key)} ${bound}${nulls} OR (${value} = ${bound} AND ${rest}))`;
}
