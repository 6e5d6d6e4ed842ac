import type pg from 'pg';
import { orderOf } from '../../extract/order.ts';
import type { ExtractKeyset } from '../../extract/page-cursor.ts';
import type { ExtractRequest } from '../../extract/request.ts';
import type { Query } from '../connection/snapshot.ts';
import { exactKeyset, isExact } from './exact-keyset.ts';
import { type Keyset, orderBy, orderByInRange, rangesAfter, type SortKey } from './keyset.ts';
import { type Bind, parameterList, toSql } from './to-sql.ts';

/** The order of an export, as keys. */
const sortKeys = ({ output }: Pick<ExtractRequest, 'output'>): SortKey[] =>
  orderOf(output.personal).map((column) => ({ ...column, descending: false, nullsFirst: false }));

/** What decides which rows are read, and in what order; `after` as it stands in a row. */
type RowSelection = Pick<ExtractRequest, 'where' | 'limit' | 'output'> & { readonly after: Keyset | null };

/** The request with its place as it stands in the rows. Errors: as `locate`. */
export async function withExactBound(query: Query, request: ExtractRequest): Promise<ExtractRequest & RowSelection> {
  const { after } = request;
  if (after === null || isExact(after)) return { ...request, after };
  return { ...request, after: await exactKeyset(query, 'appointment', sortKeys(request), after, 'after') };
}

/** The rows of an export, named `a`, as what stands after SELECT …: filtered, after a place, in order, and no more than the limit. */
export function rowsSql(request: RowSelection, bind: Bind): string {
  const { where, after, limit } = request;
  const keys = sortKeys(request);
  const condition = toSql(where, bind);
  const most = limit === null ? '' : ` LIMIT ${limit}`;
  const parts = rangesAfter(keys, after, bind).map(
    (part) => `FROM appointment a WHERE ${condition} AND ${part} ORDER BY ${orderByInRange(keys)}${most}`,
  );
  if (parts.length === 1) return parts[0] ?? '';
  return `FROM (${parts.map((part) => `(SELECT a.* ${part})`).join(' UNION ALL ')}) a ORDER BY ${orderBy(keys)}${most}`;
}

/** The place of the last row of a page, or null where no row follows it. Errors: those of the database. */
export async function nextPageKeyset(
  client: pg.ClientBase,
  request: Omit<RowSelection, 'limit'>,
  limit: number,
): Promise<ExtractKeyset | null> {
  const { parameters, bind } = parameterList();
  const keyset = sortKeys(request)
    .map(({ column }) => `a.${column}::text`)
    .join(', ');
  const source = rowsSql({ ...request, limit: limit + 1 }, bind);
  const { rows } = await client.query<{ keyset: ExtractKeyset }>(
    `/* extract.page */ SELECT ARRAY[${keyset}] AS keyset ${source} OFFSET ${limit - 1}`,
    parameters,
  );
  return rows.length > 1 ? (rows[0]?.keyset ?? null) : null;
}
