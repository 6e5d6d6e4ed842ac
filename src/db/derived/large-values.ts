/** Stored values that exceed the limits of an import, from rows older than these limits. */
import type pg from 'pg';
import { FIELDS } from '../../domain/fields.ts';
import { CANDIDATES, JOBS } from '../../domain/import/name-lists.ts';
import { MAX_RECORD_BYTES, MAX_VALUE_BYTES } from '../../domain/import/record-limits.ts';

/** Such a value, or a row whose values are too large together. */
export interface LargeValue {
  /** The id of the interview, job or candidate that it belongs to. */
  readonly id: string;
  /** The field of that id, such as `interviewId`. */
  readonly key: string;
  /** The field that is too large; null for a whole row. */
  readonly column: string | null;
  readonly bytes: number;
}

/** Maximum number of values that are listed. */
const MAX_LISTED = 10;

const TEXTS = FIELDS.filter(({ kind }) => kind === 'text');
const size = (value: string): string => `coalesce(octet_length(${value}), 0)`;
/** The other columns of a row are far smaller than this. */
const OTHER_COLUMNS = 1 << 16;

const cells = (columns: readonly { readonly key: string; readonly column: string }[]): string =>
  `(VALUES ${columns.map(({ key, column }) => `('${key}', octet_length(${column}))`).join(', ')}) cell ("column", bytes)`;

/** Postgres knows the length of a text that is stored out of line without reading it. */
const LARGE = [
  `SELECT interview_id AS id, 'interviewId' AS key, cell."column", cell.bytes FROM appointment CROSS JOIN LATERAL ${cells(TEXTS)}
   WHERE cell.bytes > ${MAX_VALUE_BYTES}`,
  `SELECT interview_id, 'interviewId', NULL, row_bytes.bytes FROM appointment
   CROSS JOIN LATERAL (SELECT ${FIELDS.map(({ column }) => size(`${column}::text`)).join(' + ')} AS bytes) row_bytes
   WHERE ${TEXTS.map(({ column }) => size(column)).join(' + ')} > ${MAX_RECORD_BYTES - OTHER_COLUMNS} AND row_bytes.bytes > ${MAX_RECORD_BYTES}`,
  ...[JOBS, CANDIDATES].map(
    ({ table, id, names }) => `SELECT ${id.column}::text, '${id.key}', cell."column", cell.bytes FROM ${table}
     CROSS JOIN LATERAL ${cells(names)} WHERE cell.bytes > ${MAX_VALUE_BYTES}`,
  ),
].join('\nUNION ALL ');

const STATEMENT = `/* verify.large */ SELECT id, key, "column", bytes, count(*) OVER () AS count
  FROM (${LARGE}) large ORDER BY key, id, "column" LIMIT ${MAX_LISTED}`;

/** Returns the first of the values that are too large to be imported again, and their number. Errors: those of the database. */
export async function largeValues(client: pg.ClientBase): Promise<{ count: number; listed: readonly LargeValue[] }> {
  const { rows } = await client.query<LargeValue & { bytes: number; count: string }>(STATEMENT);
  return {
    count: Number(rows[0]?.count ?? 0),
    listed: rows.map(({ id, key, column, bytes }) => ({ id, key, column, bytes })),
  };
}
