import type { Condition } from '../../domain/condition.ts';
import { toSql } from '../query/where/to-sql.ts';
import { type Bind, type Sql, sql } from '../sql.ts';

/**
 * Returns the condition that a row of `appointment a` overlaps a row of the same interviewer in another slot, among all rows that the
 * viewer sees, whichever are measured. Each interviewer’s rows are sorted once: the few that reach into the next row, or are reached by one
 * before, are the only ones that can overlap, and are compared with each other. `measured`: the clauses from FROM on of the measured rows, whose
 * interviewers are looked at; `earliest`: an instant before which none of them starts, null if there may be no such instant.
 */
export function overlappingSql(visible: Condition, measured: Sql, earliest: Sql | null, bind: Bind): Sql {
  const order = sql`PARTITION BY o.interviewer_employee_id ORDER BY o.starts_at, o.ends_at, o.interview_id, o.row_id`;
  const near = sql`SELECT * FROM (
    SELECT o.interview_id, o.slot_id, o.row_id, o.interviewer_employee_id, o.starts_at, o.ends_at,
      max(o.ends_at) OVER (${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ends_before,
      lead(o.starts_at) OVER (${order}) AS starts_after
    FROM appointment o
    WHERE ${toSql(visible, bind, 'appointment', 'o')}${earliest === null ? sql`` : sql` AND o.ends_at > ${earliest}`} AND o.interview_canceled IS NOT TRUE
      AND o.interviewer_status IS DISTINCT FROM 'DECLINED' AND o.starts_at < o.ends_at
      AND o.interviewer_employee_id IN (SELECT DISTINCT a.interviewer_employee_id ${measured} OFFSET 0)
  ) w WHERE w.ends_before > w.starts_at OR w.starts_after < w.ends_at`;
  return sql`((a.interview_id, a.row_id) IN (WITH near AS (${near})
    SELECT x.interview_id, x.row_id FROM near x WHERE EXISTS (
      SELECT 1 FROM near y WHERE y.interviewer_employee_id = x.interviewer_employee_id
        AND y.slot_id <> x.slot_id
        AND x.starts_at < y.ends_at AND y.starts_at < x.ends_at)))`;
}
