import type { AuditFilter } from '../../domain/audit/filter.ts';
import { NEEDS_FORMULA_GUARD } from '../../domain/values/formula-guard.ts';
import { AUDIT_COLUMNS, type AuditColumn } from '../../extract/audit/columns.ts';
import type { AuditDownload } from '../../extract/audit/request.ts';
import { sqlLiteral } from '../../extract/sql-literal.ts';
import type { Query } from '../connection/snapshot.ts';
import { type CopiedRows, type CopySource, copyRows } from '../query/rows/copy-rows.ts';
import { allOf, type Bind, parameterList, type Sql, sql } from '../sql.ts';

/** An entry as GraphQL reads it. */
export interface StoredEntry
  extends Readonly<
    Record<Exclude<AuditColumn, 'personal' | 'rows' | 'status' | 'durationMs' | 'requests'>, string | null>
  > {
  readonly personal: boolean;
  readonly rows: number | null;
  readonly status: number | null;
  readonly durationMs: number;
  readonly requests: number;
}

/** The columns as texts and numbers; a time has its milliseconds, which other times of the service don't have. */
const SELECTED: Readonly<Record<AuditColumn, Sql>> = {
  at: sql`to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  actor: sql`actor`,
  actorKind: sql`actor_kind`,
  issuer: sql`issuer`,
  address: sql`address`,
  action: sql`action`,
  outcome: sql`outcome`,
  target: sql`target`,
  subjects: sql`array_to_string(subjects, ' ')`,
  attributes: sql`attributes::text`,
  rows: sql`rows::float8`,
  personal: sql`personal`,
  status: sql`status`,
  code: sql`code`,
  dataVersion: sql`data_version::text`,
  durationMs: sql`duration_ms`,
  requests: sql`requests`,
  operation: sql`operation`,
  requestId: sql`request_id`,
  id: sql`id::text`,
};

/** The same by their names. */
const NAMED = sql`${SELECTED.at} AS at, actor, actor_kind AS "actorKind", issuer, address, action, outcome, target,
  ${SELECTED.subjects} AS subjects, ${SELECTED.attributes} AS attributes, ${SELECTED.rows} AS rows, personal, status, code,
  ${SELECTED.dataVersion} AS "dataVersion", duration_ms AS "durationMs", requests, operation, request_id AS "requestId", ${SELECTED.id} AS id`;

/** Of the table: the page has texts of these names. */
const NEWEST_FIRST = sql`ORDER BY audit_entry.at DESC, audit_entry.id DESC`;

/** What clients choose, and a spreadsheet could take for a formula. */
const GUARDED: ReadonlySet<AuditColumn> = new Set(['actor', 'issuer', 'address', 'target', 'subjects', 'requestId']);

/** Returns the condition of a filter. */
function conditionOf({ since, until, actor, action, outcome, personal, subjects }: AuditFilter, bind: Bind): Sql {
  const conditions: Sql[] = [];
  if (since !== null) conditions.push(sql`at >= ${bind(since, 'timestamptz')}`);
  if (until !== null) conditions.push(sql`at < ${bind(until, 'timestamptz')}`);
  if (actor !== null) conditions.push(sql`actor = ${bind(actor, 'text')}`);
  if (action !== null) conditions.push(sql`action = ${bind(action, 'text')}`);
  if (outcome !== null) conditions.push(sql`outcome = ${bind(outcome, 'text')}`);
  if (personal !== null) conditions.push(sql`personal = ${bind(String(personal), 'boolean')}`);
  if (subjects !== null) conditions.push(sql`subjects && ${bind(subjects, 'text[]')}`);
  return allOf(conditions);
}

/** A page of entries, the newest first. */
interface EntriesPage {
  readonly filter: AuditFilter;
  /** Only entries after this one in that order: its time and id; null: from the newest on. */
  readonly after: readonly [at: string, id: string] | null;
  readonly first: number;
}

/** Reads a page of entries. Errors: those of the query. */
export function readEntries(query: Query, { filter, after, first }: EntriesPage): Promise<StoredEntry[]> {
  const { parameters, bind } = parameterList(query);
  const conditions = [conditionOf(filter, bind)];
  if (after)
    conditions.push(
      sql`(audit_entry.at, audit_entry.id) < (${bind(after[0], 'timestamptz')}, ${bind(after[1], 'uuid')})`,
    );
  return query<StoredEntry>(
    sql`/* audit.read */ SELECT ${NAMED} FROM audit_entry WHERE ${allOf(conditions)} ${NEWEST_FIRST} LIMIT ${first}`,
    parameters,
  );
}

/** Counts entries. Errors: those of the query. */
export async function countEntries(query: Query, filter: AuditFilter): Promise<number> {
  const { parameters, bind } = parameterList(query);
  const where = conditionOf(filter, bind);
  const [row] = await query<{ count: number }>(
    sql`/* audit.count */ SELECT count(*)::int AS count FROM audit_entry WHERE ${where}`,
    parameters,
  );
  return row?.count ?? 0;
}

/** Begins to read entries, the newest first, as `copyRows` does. Errors: those of `copyRows`. */
export const openEntries = (
  db: CopySource,
  { form, filter, limit }: AuditDownload,
  signal: AbortSignal,
  stallTimeoutMs: number,
): Promise<CopiedRows<object>> =>
  copyRows(db, signal, stallTimeoutMs, async ({ bind }) => {
    const guard = sqlLiteral(NEEDS_FORMULA_GUARD.source);
    const list = AUDIT_COLUMNS.map(({ key, kind }) => {
      const value = SELECTED[key];
      if (kind === 'boolean') return `${value}::text`;
      return form.excel && GUARDED.has(key)
        ? `CASE WHEN ${value} ~ ${guard} THEN '''' || ${value} ELSE ${value} END`
        : value;
    });
    const rows = `/* audit.rows */ SELECT ${list.join(', ')} FROM audit_entry WHERE ${conditionOf(filter, bind)}
      ${NEWEST_FIRST}${limit === null ? '' : ` LIMIT ${limit}`}`;
    return { facts: {}, rows };
  });
