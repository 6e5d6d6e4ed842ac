/** Empties names and reviews of past interviews in the rows that an import has staged, before they are compared with the stored ones. */
import type pg from 'pg';
import { FIELDS } from '../../domain/fields.ts';
import { column, EMPTIED, FORGOTTEN_TEXTS, NAMES, otherWarnings } from '../erasure/forgotten-texts.ts';
import { hashParameters, hmacSql, readErasureKey } from '../erasure/pseudonyms.ts';
import { contentHashSql } from '../import/content-hash.ts';
import { appointmentHashSql } from '../import/row-id.ts';
import { readRetainedFrom } from './retained-day.ts';

/**
 * When a row's appointment was, as SQL for a row of that name: by the clock of its own time zone, which no rules of time zones can move. Without
 * any time of it, when it was last changed.
 */
const moment = (row: string): string =>
  `coalesce(greatest(${row}.start_time, ${row}.end_time, ${row}.interview_start_date), greatest(${row}.interview_create_date, ${row}.interview_update_date))`;

/** The rows that will be stored, for a FROM clause. */
const STAGED = '(SELECT * FROM staged WHERE refusal IS NULL)';

const FIRST = column('interviewerFirstName');
const LAST = column('interviewerLastName');

/** The last name that an interviewer without an ID has instead: the same for the same name, so that appointments are still told apart. */
const PSEUDONYM = `'expired-' || ${hmacSql(`'expired name ' || to_json(ARRAY[r.${FIRST}, r.${LAST}])::text`)}`;

const isPseudonym = (row: string): string => `(${row}.${FIRST} IS NULL AND ${row}.${LAST} ~ '^expired-[0-9a-f]{32}$')`;

/** Whether the interviewer is known only by a name, as SQL. */
const isNamedOnly = (row: string): string =>
  `(${row}.interviewer_employee_id IS NULL AND (${row}.${FIRST} <> '' OR ${row}.${LAST} <> '') AND NOT ${isPseudonym(row)})`;

const EMPTIED_COLUMNS = [...EMPTIED.ofPerson, ...EMPTIED.ofInterview].map(column);
const CREATOR_COLUMNS = NAMES.creator.map(column);

/** Whether a row has anything that can expire, as SQL. */
const hasTexts = (row: string): string =>
  [
    ...EMPTIED_COLUMNS.map((name) => `${row}.${name} <> ''`),
    ...CREATOR_COLUMNS.map((name) => `${row}.${name} IS NOT NULL`),
    `(${row}.interviewer_employee_id IS NOT NULL AND (${row}.${FIRST} IS NOT NULL OR ${row}.${LAST} IS NOT NULL))`,
    isNamedOnly(row),
  ].join(' OR ');

/** Returns a SELECT of the interviews among some rows whose last appointment was before a day. Those without any time stay. */
const pastInterviews = (rows: string, day: string): string =>
  `SELECT r.interview_id FROM ${rows} r GROUP BY r.interview_id HAVING max(${moment('r')}) < ${day}`;

/** A SELECT of the stored interviews that are before the day $1 and have anything that can still expire. */
export const EXPIRING_INTERVIEWS = `${pastInterviews('appointment', '$1::date')} AND bool_or(${hasTexts('r')})`;

/** Returns a SELECT of the candidates of some rows, and whether the interview of each row has expired. They repeat. */
const candidatesOf = (rows: string, day: string): string =>
  `SELECT r.candidate_profile_id, past.interview_id IS NOT NULL AS has_expired
   FROM ${rows} r LEFT JOIN (${pastInterviews(rows, day)}) past USING (interview_id) WHERE r.candidate_profile_id IS NOT NULL`;

const whereAllExpired = (candidates: string): string =>
  `SELECT candidate_profile_id FROM (${candidates}) candidates GROUP BY candidate_profile_id HAVING bool_and(has_expired)`;

/** Returns a SELECT of the candidates all of whose interviews in the stored rows have expired, of which there is one. */
export const expiredCandidates = (day: string): string => whereAllExpired(candidatesOf('appointment', day));

/** The same, also counting the rows that an import has staged. */
const expiredWithStaged = (day: string): string =>
  whereAllExpired(`${candidatesOf('appointment', day)} UNION ALL ${candidatesOf(STAGED, day)}`);

/** The staged rows that expire. `name`: that of an interviewer who is known only by name. */
const CREATE_EXPIRED =
  '/* retention.rows */ CREATE TEMP TABLE expired_row (n bigint, interview_id text, name text) ON COMMIT DROP';
const FIND_EXPIRED = `/* retention.rows */ INSERT INTO expired_row
  SELECT r.n, r.interview_id, CASE WHEN ${isNamedOnly('r')} THEN ${PSEUDONYM} END
  FROM ${STAGED} r WHERE r.interview_id IN (${pastInterviews(STAGED, '$3::date')}) AND (${hasTexts('r')})`;

/** What becomes of the columns that change, in a row `s` with its `expired_row` e. */
const EXPIRED_VALUES: ReadonlyMap<string, string> = new Map([
  ...EMPTIED_COLUMNS.map((name): [string, string] => [name, `CASE WHEN s.${name} IS NOT NULL THEN '' END`]),
  ...CREATOR_COLUMNS.map((name): [string, string] => [name, 'NULL::text']),
  [FIRST, `CASE WHEN s.interviewer_employee_id IS NULL AND e.name IS NULL THEN s.${FIRST} END`],
  [LAST, `CASE WHEN s.interviewer_employee_id IS NULL THEN coalesce(e.name, s.${LAST}) END`],
]);
const EXPIRED_ROW = FIELDS.map(
  (field) => `${EXPIRED_VALUES.get(field.column) ?? `s.${field.column}`} AS ${field.column}`,
);

/** In one pass over the rows, which may be most of a file: the hashes are of the new values. */
const EXPIRE = `/* retention.expire */ UPDATE staged s SET
    ${[...EXPIRED_VALUES.keys()].map((name) => `${name} = x.${name}`).join(', ')},
    content_hash = ${contentHashSql('x')}, key_hash = ${appointmentHashSql('x')}, warnings = ${otherWarnings(FORGOTTEN_TEXTS)}
  FROM (SELECT s.n, ${EXPIRED_ROW.join(', ')} FROM staged s JOIN expired_row e USING (n)) x WHERE x.n = s.n`;

/**
 * Empties names and reviews in the staged rows of interviews before the stored day. Returns the number of rows that had any. Errors: those of the
 * database.
 */
export async function expireStaged(client: pg.ClientBase): Promise<number> {
  const day = await readRetainedFrom(client);
  if (day === null) return 0;
  await client.query(CREATE_EXPIRED);
  const key = await readErasureKey(client);
  const { rowCount } = await client.query(FIND_EXPIRED, [...hashParameters(key), day]);
  if (!rowCount) return 0;
  await client.query('/* retention.analyze */ ANALYZE expired_row');
  await client.query(EXPIRE);
  return rowCount;
}

/**
 * Leaves out the names of candidates whose interviews have all expired. `table`: that of the staged names, with their `id`. Returns how many rows
 * it left out. Errors: those of the database.
 */
export async function dropExpired(client: pg.ClientBase, table: string): Promise<number> {
  const day = await readRetainedFrom(client);
  if (day === null) return 0;
  const { rowCount } = await client.query(
    `/* retention.names */ DELETE FROM ${table} s WHERE s.id IN (${expiredWithStaged('$1::date')})`,
    [day],
  );
  return rowCount ?? 0;
}
