/**
 * The row id (docs/contract.md, "Row id"), by which a row is the same appointment in the next extract. It is derived from a hash of the
 * appointment's interview, start time and interviewer. If several rows have the same hash, an ordinal distinguishes the later ones.
 */
import { type CanonicalRow, FIELD_INDEX } from '../../domain/fields.ts';
import { secretId } from '../derived/secret-ids.ts';
import { hash128, hash128Sql } from './content-hash.ts';

/** Returns the hash of a row's interview, start time and interviewer, by id or else by name. */
export function appointmentHash(row: CanonicalRow): string {
  const employeeId = row[FIELD_INDEX.interviewerEmployeeId];
  const who = employeeId ?? [row[FIELD_INDEX.interviewerFirstName], row[FIELD_INDEX.interviewerLastName]];
  return hash128(JSON.stringify([row[FIELD_INDEX.interviewId], row[FIELD_INDEX.startTime], who]));
}

/** Writes a value as JSON.stringify writes its canonical form. */
const json = (value: string): string => `coalesce(to_json(${value})::text, 'null')`;

/** The same as SQL, for a stored row of that name. */
export const appointmentHashSql = (row: string): string =>
  hash128Sql(`'[' || ${json(`${row}.interview_id`)} || ',' || ${json(`${row}.start_time`)} || ',' || CASE
    WHEN ${row}.interviewer_employee_id IS NOT NULL THEN ${json(`${row}.interviewer_employee_id`)}
    ELSE '[' || ${json(`${row}.interviewer_first_name`)} || ',' || ${json(`${row}.interviewer_last_name`)} || ']' END || ']'`);

/**
 * Returns the row id as SQL, for a row of that name whose appointment hash is `hashed`. `ordinal`: the number of the row among those with
 * that hash, from 1. If the interviewer has no employee id, the hash includes names, and the id becomes a secret id that nobody can guess.
 */
export function rowId(row: string, hashed: string, ordinal?: string): string {
  const numbered = ordinal
    ? `CASE ${ordinal} WHEN 1 THEN ${hashed} ELSE ${hash128Sql(`${hashed} || '/' || ${ordinal}`)} END`
    : hashed;
  return `CASE WHEN ${row}.interviewer_employee_id IS NULL THEN ${secretId(`uuid_send(${numbered})`)} ELSE ${numbered} END`;
}
