import type { Bind } from './to-sql.ts';

/** One of the things that rows are ordered by. */
export interface OrderKey {
  /** The column, of the table `a`. */
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** A row's values of the order's keys, as text; null where it states nothing. The keys together are unique. */
export type Place = readonly (string | null)[];

/** What stands after ORDER BY, for a table named `a`. */
export const orderBy = (keys: readonly OrderKey[]): string =>
  keys
    .map(
      ({ column, nullable, descending, nullsFirst }) =>
        `a.${column}${descending ? ' DESC' : ''}${nullable && nullsFirst !== descending ? ` NULLS ${nullsFirst ? 'FIRST' : 'LAST'}` : ''}`,
    )
    .join(', ');

/** The same order backwards. */
export const reversed = (keys: readonly OrderKey[]): OrderKey[] =>
  keys.map((key) => ({ ...key, descending: !key.descending, nullsFirst: !key.nullsFirst }));

/**
 * The rows after a place, or all, as conditions that exclude each other, so that each can begin to read its index at that place: rows that
 * state the first key, and those that don't. An index has them the other way round where the order isn't Postgres' own.
 */
export function partsAfter(keys: readonly OrderKey[], place: Place | null, bind: Bind): string[] {
  const [first] = keys;
  if (!first) return ['true'];
  const column = `a.${first.column}`;
  if (place === null) {
    const isIndexOrder = first.nullsFirst === first.descending;
    return !first.nullable || isIndexOrder ? ['true'] : [`${column} IS NOT NULL`, `${column} IS NULL`];
  }
  const values = place.map((value, at) => (value === null ? null : bind(value, keys[at]?.type ?? 'text')));
  const rest = later(keys, values, 1);
  if (values[0] === null || values[0] === undefined)
    return [`(${column} IS NULL AND ${rest})`, ...(first.nullsFirst ? [`${column} IS NOT NULL`] : [])];
  const beyond = first.descending ? '<' : '>';
  // The first comparison is where an index begins; the second leaves out what comes before among equals.
  const stated = `${column} ${beyond}= ${values[0]} AND (${column} ${beyond} ${values[0]} OR ${rest})`;
  return [stated, ...(first.nullable && !first.nullsFirst ? [`${column} IS NULL`] : [])];
}

/** True of rows that come later by the keys from `at` on. */
function later(keys: readonly OrderKey[], values: readonly (string | null)[], at: number): string {
  const key = keys[at];
  if (!key) return 'false';
  const column = `a.${key.column}`;
  const value = values[at];
  const rest = later(keys, values, at + 1);
  if (value === null || value === undefined)
    return key.nullsFirst
      ? `(${column} IS NOT NULL OR (${column} IS NULL AND ${rest}))`
      : `(${column} IS NULL AND ${rest})`;
  const beyond = `${column} ${key.descending ? '<' : '>'} ${value}`;
  const nulls = key.nullable && !key.nullsFirst ? ` OR ${column} IS NULL` : '';
  return `(${beyond}${nulls} OR (${column} = ${value} AND ${rest}))`;
}
