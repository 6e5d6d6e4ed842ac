import { both, type Condition } from '../../../domain/condition.ts';
import type { CursorValue } from '../../../domain/cursor-values.ts';
import type { ColumnAttribute, EntityName } from '../../../domain/entities.ts';
import { column, comment, joinSql, parameterList, type Sql, sql, withUsedParameters } from '../../sql.ts';
import { exactKeyset, isExact } from '../pages/exact-keyset.ts';
import type { Keyset, SortKey } from '../pages/keyset.ts';
import { countRows } from '../pages/pages.ts';
import { tableOf, toSql } from '../where/to-sql.ts';
import { type CopiedRows, type CopySnapshot, type CopySource, copyRows } from './copy-rows.ts';
import { orderedRowsSql } from './extract-rows.ts';

/** Some rows of an entity’s table, in an order. */
export interface EntityRowsRequest {
  readonly entity: EntityName;
  /** What is read of each row; null: nothing, but it has a place. */
  readonly columns: readonly (ColumnAttribute | null)[];
  /** The rows that the viewer sees, and those of them that are asked for. */
  readonly visible: Condition;
  readonly where: Condition;
  /** All sort keys. Together they are unique. */
  readonly order: readonly SortKey[];
  readonly after: readonly CursorValue[] | null;
  /** How many rows to leave out, and the maximum number of rows after these. */
  readonly skip: number;
  readonly limit: number;
  /** Whether to count all rows that are asked for, on whatever page. */
  readonly counted: boolean;
}

interface EntityRowsFacts {
  /** The keyset of the last row; null if no row follows it. */
  readonly next: Keyset | null;
  /** The number of rows; null unless it was asked for. */
  readonly count: number | null;
}

/**
 * Begins to read rows of an entity, as `copyRows` does: in its text format, with dates as Postgres writes them, `Z` after those in UTC.
 * Errors: those of `copyRows`; BAD_USER_INPUT for a cursor whose keyset no longer exists.
 */
export function openEntityRows(
  db: CopySource,
  request: EntityRowsRequest,
  signal: AbortSignal,
  stallTimeoutMs: number,
): Promise<CopiedRows<EntityRowsFacts>> {
  return copyRows(db, signal, stallTimeoutMs, async ({ query, bind, inTime }) => {
    const { entity, columns, order, skip, limit } = request;
    const where = both(request.visible, request.where);
    const after = await inTime(exactAfter(query, request));
    const source = { table: tableOf(entity), keys: order, after, skip, limit: skip + limit };
    const next = limit === 0 ? null : await inTime(lastKeyset(query, request, after));
    const count = request.counted ? await inTime(countRows(query, entity, where)) : null;
    const rows = orderedRowsSql({ ...source, condition: toSql(where, bind, entity) }, bind);
    const selected = joinSql(columns.map(columnSql), ', ');
    return { facts: { next, count }, rows: sql`${comment(`rows.${entity}`)} SELECT ${selected} ${rows}` };
  });
}

async function exactAfter(query: CopySnapshot['query'], { entity, order, after }: EntityRowsRequest) {
  if (after === null || isExact(after)) return after;
  return await exactKeyset(query, () => tableOf(entity), order, after, '$skiptoken');
}

/** Returns the keyset of the last row of the page; null if no row follows it. */
async function lastKeyset(
  query: CopySnapshot['query'],
  { entity, visible, where, order, skip, limit }: EntityRowsRequest,
  after: Keyset | null,
): Promise<Keyset | null> {
  const { parameters, bind } = parameterList(query);
  const last = skip + limit;
  const condition = toSql(both(visible, where), bind, entity);
  const rows = orderedRowsSql(
    { table: tableOf(entity), condition, keys: order, after, skip: last - 1, limit: last + 1 },
    bind,
  );
  const keyset = joinSql(
    order.map((key) => sql`${column('a', key.column)}::text`),
    ', ',
  );
  const used = withUsedParameters(
    sql`${comment(`rows_end.${entity}`)} SELECT ARRAY[${keyset}] AS keyset ${rows}`,
    parameters,
  );
  const found = await query<{ keyset: Keyset }>(used.statement, used.parameters);
  return found.length > 1 ? (found[0]?.keyset ?? null) : null;
}

/** Returns a value as the text that is copied. */
function columnSql(attribute: ColumnAttribute | null): Sql {
  if (attribute === null) return sql`NULL`;
  const value = column('a', attribute.column);
  switch (attribute.kind) {
    case 'instant':
      return sql`to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
    case 'utc':
      return sql`${value} || 'Z'`;
    case 'boolean':
      return sql`${value}::text`;
    default:
      return value;
  }
}
