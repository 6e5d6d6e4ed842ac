import { orderOf } from '../../../extract/order.ts';
import type { ExtractKeyset } from '../../../extract/page-cursor.ts';
import type { ExtractRequest } from '../../../extract/request.ts';
import type { Query } from '../../connection/snapshot.ts';
import { evidenceSql } from '../../metrics/evidence.ts';
import { allOf, type Bind, column, joinSql, parameterList, type Sql, sql, withUsedParameters } from '../../sql.ts';
import { exactKeyset, isExact } from '../pages/exact-keyset.ts';
import { type Keyset, orderBy, orderByInRange, rangesAfter, type SortKey } from '../pages/keyset.ts';
import { toSql } from '../where/to-sql.ts';

/** Returns the sort keys of an export. */
export const sortKeys = ({ output }: Pick<ExtractRequest, 'output'>): SortKey[] =>
  orderOf(output.personal).map((key) => ({ ...key, descending: false, nullsFirst: false }));

/** Which rows are read, and in what order. `after` is exact. */
export type RowSelection = Pick<ExtractRequest, 'where' | 'evidence' | 'limit' | 'output'> & {
  readonly after: Keyset | null;
};

/** Returns the request with an exact keyset. Errors: as in `exactKeyset`. */
export async function withExactBound(query: Query, request: ExtractRequest): Promise<ExtractRequest & RowSelection> {
  const { after } = request;
  if (after === null || isExact(after)) return { ...request, after };
  return { ...request, after: await exactKeyset(query, () => sql`appointment`, sortKeys(request), after, 'after') };
}

/**
 * Returns the clauses after SELECT … of an export's rows, named `a`: filtered, after the keyset, sorted and limited. `skip`: how many of
 * these to leave out at the beginning. `within`: a further condition.
 */
export function rowsSql(request: RowSelection, bind: Bind, skip = 0, within = sql`true`): Sql {
  const { after, limit } = request;
  const condition = allOf([within, conditionOf(request, bind)]);
  return orderedRowsSql({ table: sql`appointment`, condition, keys: sortKeys(request), after, limit, skip }, bind);
}

/** Rows of a table, in an order. */
interface OrderedRows {
  readonly table: Sql;
  /** The condition over the table, named `a`. */
  readonly condition: Sql;
  readonly keys: readonly SortKey[];
  readonly after: Keyset | null;
  readonly limit: number | null;
  /** How many of the rows up to the limit to leave out at the beginning. */
  readonly skip: number;
}

/** Returns the clauses after SELECT … of the rows, named `a`: filtered, after the keyset, sorted and limited. */
export function orderedRowsSql({ table, condition, keys, after, limit, skip }: OrderedRows, bind: Bind): Sql {
  const atMost = limit === null ? sql`` : sql` LIMIT ${limit}`;
  // In SQL, LIMIT counts the rows after OFFSET.
  const asked = limit === null || skip === 0 ? atMost : sql` LIMIT ${limit - skip} OFFSET ${skip}`;
  const ranges = rangesAfter(keys, after, bind).map(
    (range) => sql`FROM ${table} a WHERE ${allOf([condition, range])} ORDER BY ${orderByInRange(keys)}`,
  );
  const [only] = ranges;
  if (only && ranges.length === 1) return sql`${only}${asked}`;
  const union = joinSql(
    ranges.map((range) => sql`(SELECT a.* ${range}${atMost})`),
    ' UNION ALL ',
  );
  return sql`FROM (${union}) a ORDER BY ${orderBy(keys)}${asked}`;
}

/** Returns the condition that a row meets the filters and, if they are asked for, is one of those behind a metric. */
const conditionOf = ({ where, evidence }: RowSelection, bind: Bind): Sql =>
  // The rows behind a metric are among those that the filters let pass.
  evidence === null ? toSql(where, bind) : evidenceSql(evidence.cell, bind);

/** Returns the same rows in no order, unless a limit makes the order decide which rows they are. */
export const unsortedRowsSql = (request: RowSelection, bind: Bind): Sql =>
  request.limit === null && request.after === null
    ? sql`FROM appointment a WHERE ${conditionOf(request, bind)}`
    : rowsSql(request, bind);

/** Returns the keyset of the last row of a page; null if no row follows it. Errors: those of the database. */
export async function nextPageKeyset(
  query: Query,
  request: Omit<RowSelection, 'limit'>,
  limit: number,
): Promise<ExtractKeyset | null> {
  const { parameters, bind } = parameterList(query);
  const keyset = joinSql(
    sortKeys(request).map((key) => sql`${column('a', key.column)}::text`),
    ', ',
  );
  const source = rowsSql({ ...request, limit: limit + 1 }, bind, limit - 1);
  const used = withUsedParameters(sql`/* extract.page */ SELECT ARRAY[${keyset}] AS keyset ${source}`, parameters);
  const rows = await query<{ keyset: ExtractKeyset }>(used.statement, used.parameters);
  return rows.length > 1 ? (rows[0]?.keyset ?? null) : null;
}
