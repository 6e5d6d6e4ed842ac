import type { Bind } from './to-sql.ts';

/** One of the things that rows are ordered by. */
export interface SortKey {
  /** The column, of the table `a`. */
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** A row's values of the order's keys, as text; null where it states nothing. The keys together are unique. */
export type Keyset = readonly (string | null)[];

/** What stands after ORDER BY, for a table named `a`. */
export const orderBy = (keys: readonly SortKey[]): string =>
  keys
    .map(
      ({ column, nullable, descending, nullsFirst }) =>
        `a.${column}${descending ? ' DESC' : ''}${nullable && nullsFirst !== descending ? ` NULLS ${nullsFirst ? 'FIRST' : 'LAST'}` : ''}`,
    )
    .join(', ');

/**
 * The same within one of the parts of `partsAfter`, where the first key is either stated by all rows or by none. Where it puts those that
 * state nothing then makes no difference; said nevertheless, it would keep Postgres from an index that has them at its other end.
 */
export const orderByInRange = ([first, ...rest]: readonly SortKey[]): string =>
  orderBy(first ? [{ ...first, nullable: false }, ...rest] : []);

/** The same order backwards. */
export const reversed = (keys: readonly SortKey[]): SortKey[] =>
  keys.map((key) => ({ ...key, descending: !key.descending, nullsFirst: !key.nullsFirst }));

/**
 * The rows after a place (also those at it, where it is `included`), or all, as conditions that exclude each other, so that each can begin
 * to read its index at that place: rows that state the first key, and those that don't. An index has them the other way round where the
 * order isn't Postgres' own.
 */
export function rangesAfter(keys: readonly SortKey[], keyset: Keyset | null, bind: Bind, inclusive = false): string[] {
  const [first] = keys;
  if (!first) return ['true'];
  const column = `a.${first.column}`;
  if (keyset === null) {
    const isIndexOrder = first.nullsFirst === first.descending;
    return !first.nullable || isIndexOrder ? ['true'] : [`${column} IS NOT NULL`, `${column} IS NULL`];
  }
  const values = keyset.map((value, at) => (value === null ? null : bind(value, keys[at]?.type ?? 'text')));
  const rest = isAfter(keys, values, 1, inclusive);
  if (values[0] === null || values[0] === undefined)
    return [`(${column} IS NULL AND ${rest})`, ...(first.nullsFirst ? [`${column} IS NOT NULL`] : [])];
  const beyond = first.descending ? '<' : '>';
  // Where it can, an index begins to be read right at the place; otherwise at the first key, and what comes before among equals is left out.
  const stated = isUniform(keys.slice(1), first.descending)
    ? rowAfter(keys, values, inclusive)
    : `${column} ${beyond}= ${values[0]} AND (${column} ${beyond} ${values[0]} OR ${rest})`;
  return [stated, ...(first.nullable && !first.nullsFirst ? [`${column} IS NULL`] : [])];
}

/** Whether keys run one way and are always stated, so that they can be compared as one row. */
const isUniform = (keys: readonly SortKey[], descending: boolean): boolean =>
  keys.every((key) => !key.nullable && key.descending === descending);

/** True of rows that come later by keys that run one way and are stated (PostgreSQL manual, 9.25.5). */
const rowAfter = (
  keys: readonly SortKey[],
  values: readonly (string | null | undefined)[],
  inclusive: boolean,
): string =>
  `(${keys.map(({ column }) => `a.${column}`).join(', ')}) ${keys[0]?.descending ? '<' : '>'}${inclusive ? '=' : ''} (${values.join(', ')})`;

/** True of rows that come later by the keys from `at` on; of those that agree on all of them where they are `included`. */
function isAfter(keys: readonly SortKey[], values: readonly (string | null)[], at: number, inclusive: boolean): string {
  const key = keys[at];
  if (!key) return String(inclusive);
  if (at < keys.length - 1 && isUniform(keys.slice(at), key.descending))
    return rowAfter(keys.slice(at), values.slice(at), inclusive);
  const column = `a.${key.column}`;
  const value = values[at];
  const rest = isAfter(keys, values, at + 1, inclusive);
  if (value === null || value === undefined)
    return key.nullsFirst
      ? `(${column} IS NOT NULL OR (${column} IS NULL AND ${rest}))`
      : `(${column} IS NULL AND ${rest})`;
  const beyond = `${column} ${key.descending ? '<' : '>'} ${value}`;
  const nulls = key.nullable && !key.nullsFirst ? ` OR ${column} IS NULL` : '';
  return `(${beyond}${nulls} OR (${column} = ${value} AND ${rest}))`;
}
