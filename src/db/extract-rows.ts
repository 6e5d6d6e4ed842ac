import type pg from 'pg';
import { ORDER, ORDER_BY } from '../extract/order.ts';
import type { PagePlace } from '../extract/page.ts';
import type { ExtractRequest } from '../extract/request.ts';
import { type Bind, toSql } from './to-sql.ts';

/** The rows of an export, named `a`, as what stands after SELECT …: filtered, after a place, in order, and no more than the limit. */
export function rowsOf({ where, after, limit }: Pick<ExtractRequest, 'where' | 'after' | 'limit'>, bind: Bind): string {
  const condition = toSql(where, bind);
  const most = limit === null ? '' : ` LIMIT ${limit}`;
  if (after === null) return `FROM appointment a WHERE ${condition} ORDER BY ${ORDER_BY}${most}`;
  const parts = partsAfter(after, bind).map(
    (place) => `(SELECT a.* FROM appointment a WHERE ${condition} AND ${place} ORDER BY ${ORDER_BY}${most})`,
  );
  return `FROM (${parts.join(' UNION ALL ')}) a ORDER BY ${ORDER_BY}${most}`;
}

/**
 * The rows after a place, as conditions that exclude each other, so that each can begin to read its index at that place: those with a create
 * date from the place's on, and those without one, which come last.
 */
function partsAfter(place: PagePlace, bind: Bind): string[] {
  const values = place.map((value, at) => (value === null ? null : bind(value, ORDER[at]?.type ?? 'text')));
  const first = `a.${ORDER[0]?.column}`;
  const after = later(values, 0);
  if (values[0] === null) return [after];
  return [`${first} >= ${values[0]} AND ${after}`, `${first} IS NULL`];
}

/** True of rows that come later by the columns from `at` on; nothing comes last, so a value is followed by greater ones and by nothing. */
function later(values: readonly (string | null)[], at: number): string {
  const column = `a.${ORDER[at]?.column}`;
  const value = values[at];
  const rest = at + 1 < ORDER.length ? later(values, at + 1) : 'false';
  if (value === null || value === undefined) return `(${column} IS NULL AND ${rest})`;
  return `(${column} > ${value} OR ${column} IS NULL OR (${column} = ${value} AND ${rest}))`;
}

/** The place of the last row of a page, or null where no row follows it. Errors: those of the database. */
export async function placeOfNext(
  client: pg.ClientBase,
  request: Pick<ExtractRequest, 'where' | 'after'>,
  limit: number,
): Promise<PagePlace | null> {
  const parameters: (string | readonly string[])[] = [];
  const bind: Bind = (value, type) => `$${parameters.push(value)}::${type}`;
  const place = ORDER.map(({ column }) => `a.${column}::text`).join(', ');
  const source = rowsOf({ ...request, limit: limit + 1 }, bind);
  const { rows } = await client.query<{ place: PagePlace }>(
    `/* extract.page */ SELECT ARRAY[${place}] AS place ${source} OFFSET ${limit - 1}`,
    parameters,
  );
  return rows.length > 1 ? (rows[0]?.place ?? null) : null;
}
