import type pg from 'pg';
import { orderOf } from '../extract/order.ts';
import type { PagePlace } from '../extract/page.ts';
import type { ExtractRequest } from '../extract/request.ts';
import { type OrderKey, orderBy, orderByWithin, partsAfter } from './keyset.ts';
import { type Bind, parameterList, toSql } from './to-sql.ts';

/** The order of an export, as keys. */
const keysOf = ({ shape }: Pick<ExtractRequest, 'shape'>): OrderKey[] =>
  orderOf(shape.personal).map((column) => ({ ...column, descending: false, nullsFirst: false }));

/** What decides which rows are read, and in what order. */
type Asked = Pick<ExtractRequest, 'where' | 'after' | 'limit' | 'shape'>;

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
