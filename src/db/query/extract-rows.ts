import type pg from 'pg';
import { orderOf } from '../../extract/order.ts';
import type { PagePlace } from '../../extract/page.ts';
import type { ExtractRequest } from '../../extract/request.ts';
import type { Query } from '../connection/snapshot.ts';
import { type OrderKey, orderBy, orderByWithin, type Place, partsAfter } from './keyset.ts';
import { isExact, locate } from './locate.ts';
import { type Bind, parameterList, toSql } from './to-sql.ts';

/** The order of an export, as keys. */
const keysOf = ({ shape }: Pick<ExtractRequest, 'shape'>): OrderKey[] =>
  orderOf(shape.personal).map((column) => ({ ...column, descending: false, nullsFirst: false }));

/** What decides which rows are read, and in what order; `after` as it stands in a row. */
type Asked = Pick<ExtractRequest, 'where' | 'limit' | 'shape'> & { readonly after: Place | null };

/** The request with its place as it stands in the rows. Errors: as `locate`. */
export async function located(query: Query, request: ExtractRequest): Promise<ExtractRequest & Asked> {
  const { after } = request;
  if (after === null || isExact(after)) return { ...request, after };
  return { ...request, after: await locate(query, 'appointment', keysOf(request), after, 'after') };
}

/** The rows of an export, named `a`, as what stands after SELECT …: filtered, after a place, in order, and no more than the limit. */
export function rowsOf(request: Asked, bind: Bind): string {
  const { where, after, limit } = request;
  const keys = keysOf(request);
  const condition = toSql(where, bind);
  const most = limit === null ? '' : ` LIMIT ${limit}`;
  const parts = partsAfter(keys, after, bind).map(
    (part) => `FROM appointment a WHERE ${condition} AND ${part} ORDER BY ${orderByWithin(keys)}${most}`,
  );
  if (parts.length === 1) return parts[0] ?? '';
  return `FROM (${parts.map((part) => `(SELECT a.* ${part})`).join(' UNION ALL ')}) a ORDER BY ${orderBy(keys)}${most}`;
}

/** The place of the last row of a page, or null where no row follows it. Errors: those of the database. */
export async function placeOfNext(
  client: pg.ClientBase,
  request: Omit<Asked, 'limit'>,
  limit: number,
): Promise<PagePlace | null> {
  const { parameters, bind } = parameterList();
  const place = keysOf(request)
    .map(({ column }) => `a.${column}::text`)
    .join(', ');
  const source = rowsOf({ ...request, limit: limit + 1 }, bind);
  const { rows } = await client.query<{ place: PagePlace }>(
    `/* extract.page */ SELECT ARRAY[${place}] AS place ${source} OFFSET ${limit - 1}`,
    parameters,
  );
  return rows.length > 1 ? (rows[0]?.place ?? null) : null;
}
