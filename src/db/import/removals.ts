/** What an import removes, computed between its difference and its application. */
import type pg from 'pg';
import { FIELDS } from '../../domain/fields.ts';
import type { IncompleteInterview, Removals } from '../../domain/import/removals.ts';
import { DURATION_TOLERANCE } from './staged-columns.ts';

/** Maximum number of incomplete interviews that are listed. */
const LISTED_INTERVIEWS = 20;

const LOST_NAMES = FIELDS.filter(({ key }) => key === 'interviewerFirstName' || key === 'interviewerLastName').map(
  ({ column }) => column,
);

/** Whose appointment a row is (docs/contract.md, "Row id"): by employee id, or else by name. */
const who = (row: string): string =>
  `${row}.interviewer_employee_id AS employee, ${LOST_NAMES.map((name) => `CASE WHEN ${row}.interviewer_employee_id IS NULL THEN ${row}.${name} END AS ${name}`).join(', ')}`;

/**
 * The interviews that lose stored rows, with the number of rows, and how many of these are moved to another time. Rows of one interviewer
 * are interchangeable: it does not matter which of three is removed and which is inserted.
 */
const LOST = `/* load.lost */ CREATE TEMP TABLE lost ON COMMIT DROP AS
  SELECT interview_id, sum(gone)::bigint AS gone, sum(least(gone, come))::bigint AS moved FROM (
    SELECT interview_id, count(*) FILTER (WHERE goes) AS gone, count(*) FILTER (WHERE NOT goes) AS come FROM (
      SELECT a.interview_id, true AS goes, ${who('a')} FROM difference d JOIN appointment a USING (interview_id, row_id) WHERE d.n IS NULL
      UNION ALL
      SELECT s.interview_id, false, ${who('s')} FROM difference d JOIN staged s USING (n)
        WHERE NOT d.stored AND d.interview_id IN (SELECT interview_id FROM difference WHERE n IS NULL)
    ) changing GROUP BY interview_id, employee, ${LOST_NAMES.join(', ')}
  ) each GROUP BY interview_id HAVING sum(gone) > 0`;

const REMOVAL_COUNTS = `/* load.removals */ SELECT (SELECT count(*) FROM appointment) AS stored, coalesce(sum(moved), 0) AS moved FROM lost`;

/** Reads the tables of the warnings: the time slots and the interviews of the rows to store. */
const INCOMPLETE = `/* load.incomplete */ SELECT interview_id AS "interviewId", gone - moved AS removed, min(reason) AS reason,
    count(*) OVER () AS incomplete_count
  FROM lost JOIN (
    SELECT interview_id, 'its rows say that a time slot has ' || stated || ' interviewers, but there are only ' || rows AS reason
    FROM slot WHERE stated > rows
    UNION ALL
    SELECT interview_id, 'its rows say that it takes ' || trim_scale(stated_hours) || ' h, but its time slots add up to ' || trim_scale(round(hours, 4)) || ' h'
    FROM interview_stated WHERE stated_hours > hours + ${DURATION_TOLERANCE} * slots
  ) incomplete USING (interview_id)
  WHERE gone > moved GROUP BY interview_id, gone, moved ORDER BY interview_id LIMIT ${LISTED_INTERVIEWS}`;

/**
 * Returns what an import removes. `gone`: the number of stored rows that are removed or moved. Call it after the difference and the
 * warnings.
 */
export async function removalsOf(client: pg.ClientBase, gone: number): Promise<Removals> {
  if (gone === 0) return { stored: 0, removed: 0, moved: 0, incomplete: [], incompleteCount: 0 };
  await client.query(LOST);
  await client.query('/* load.analyze */ ANALYZE lost');
  const { rows: counts } = await client.query<{ stored: string; moved: string }>(REMOVAL_COUNTS);
  const moved = Number(counts[0]?.moved);
  const { rows } = await client.query<IncompleteInterview & { removed: string; incomplete_count: string }>(INCOMPLETE);
  return {
    stored: Number(counts[0]?.stored),
    removed: gone - moved,
    moved,
    incomplete: rows.map(({ interviewId, removed, reason }) => ({ interviewId, removed: Number(removed), reason })),
    incompleteCount: Number(rows[0]?.incomplete_count ?? 0),
  };
}
