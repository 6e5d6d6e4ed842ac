/** Compares the row ids of the stored rows with what they follow from (../import/row-id.ts), and corrects them. */
import type pg from 'pg';
import { appointmentHashSql, rowId } from '../import/row-id.ts';

/**
 * The rows of one appointment hash have the ordinals from 1 to their number. Which of them has which is not checked: an import that keeps
 * stored rows, because it cannot tell whose row was refused, may insert a row before another.
 * `candidate`: the few rows that do not have the first id of their hash. `first`: the hashes of which another row has it. `numbered`: all ids
 * that the rows of these hashes may have.
 */
const CANDIDATES = `candidate AS MATERIALIZED (
    SELECT interview_id, row_id, interviewer_employee_id, end_time, room, content_hash, appointment_hash
    FROM (SELECT a.*, ${appointmentHashSql('a')} AS appointment_hash FROM appointment a) hashed
    WHERE row_id <> ${rowId('hashed', 'appointment_hash')}
  ), hashes AS MATERIALIZED (
    SELECT interview_id, interviewer_employee_id, appointment_hash, count(*) AS rows, ${rowId('candidate', 'appointment_hash')} AS first_id
    FROM candidate GROUP BY interview_id, interviewer_employee_id, appointment_hash
  ), first AS MATERIALIZED (
    SELECT h.appointment_hash FROM hashes h JOIN appointment a ON a.interview_id = h.interview_id AND a.row_id = h.first_id
    WHERE ${appointmentHashSql('a')} = h.appointment_hash
  ), counted AS (
    SELECT h.*, rows + CASE WHEN first.appointment_hash IS NULL THEN 0 ELSE 1 END AS all_rows
    FROM hashes h LEFT JOIN first USING (appointment_hash)
  ), numbered AS MATERIALIZED (
    SELECT interview_id, appointment_hash, ordinal, ${rowId('counted', 'appointment_hash', 'ordinal')} AS row_id
    FROM counted CROSS JOIN LATERAL generate_series(1, all_rows) AS ordinal
  )`;

const WRONG =
  'NOT EXISTS (SELECT 1 FROM numbered n WHERE n.appointment_hash = candidate.appointment_hash AND n.row_id = candidate.row_id)';

/** A SELECT of the stored rows with a wrong row id: their primary keys, and what the ids follow from. */
export const WRONG_ROW_IDS = `WITH ${CANDIDATES} SELECT interview_id, row_id, appointment_hash FROM candidate WHERE ${WRONG}`;

/** Counts the stored rows with a wrong row id. Errors: those of the database. */
export async function countWrongRowIds(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `/* verify.row-ids */ SELECT count(*) AS count FROM (${WRONG_ROW_IDS}) wrong`,
  );
  return Number(rows[0]?.count);
}

/** Wrong rows get the ids that no right row of their appointment hash has, in the order in which an import numbers them. */
const RENUMBER = [
  `/* rebuild.row-ids */ CREATE TEMP TABLE renumbered ON COMMIT DROP AS WITH ${CANDIDATES}, wrong AS (
    SELECT *, row_number() OVER (PARTITION BY appointment_hash ORDER BY end_time, room, content_hash, row_id) AS turn
    FROM candidate WHERE ${WRONG}
  ), taken AS MATERIALIZED (
    SELECT n.interview_id, n.row_id FROM numbered n JOIN appointment a USING (interview_id, row_id)
    WHERE ${appointmentHashSql('a')} = n.appointment_hash
  ), free AS (
    SELECT *, row_number() OVER (PARTITION BY appointment_hash ORDER BY ordinal) AS turn
    FROM numbered n WHERE NOT EXISTS (SELECT 1 FROM taken t WHERE t.interview_id = n.interview_id AND t.row_id = n.row_id)
  )
  SELECT wrong.interview_id, wrong.row_id, gen_random_uuid() AS interim_id, free.row_id AS right_id
  FROM wrong JOIN free USING (appointment_hash, turn)`,
  // In two steps, because a right id may still belong to another wrong row.
  `/* rebuild.row-ids */ UPDATE appointment a SET row_id = interim_id FROM renumbered r
   WHERE a.interview_id = r.interview_id AND a.row_id = r.row_id`,
  `/* rebuild.row-ids */ UPDATE appointment a SET row_id = right_id FROM renumbered r
   WHERE a.interview_id = r.interview_id AND a.row_id = r.interim_id`,
];

/** Corrects the wrong row ids and returns their number. Call it once the content hashes are right. Errors: those of the database. */
export async function repairRowIds(client: pg.ClientBase): Promise<number> {
  let repaired = 0;
  for (const statement of RENUMBER) repaired = (await client.query(statement)).rowCount ?? 0;
  return repaired;
}
