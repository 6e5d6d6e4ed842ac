import { DECIDE_NEWEST, NEWEST } from './rows-of-item.ts';
import type { Derived } from './table.ts';

/** The rows that name an employee in a role. */
const role = (name: 'interviewer' | 'creator', scope: (key: string) => string): string =>
  `SELECT ${name}_employee_id AS employee_id, '${name}' AS role, ${name}_first_name AS first_name, ${name}_last_name AS last_name,
   interview_update_date, start_time, row_id FROM appointment
   WHERE ${name}_employee_id IS NOT NULL AND ${scope(`${name}_employee_id`)}`;

const roles = (scope: (key: string) => string): string =>
  `${role('interviewer', scope)} UNION ALL ${role('creator', scope)}`;

/**
 * Rows that have a name come before those without; if one row names an employee twice, the names of the interviewer come before those of
 * the creator.
 */
const HAS_NAME = '(first_name IS NOT NULL OR last_name IS NOT NULL)';

export const employee: Derived = {
  table: 'employee',
  key: ['employee_id'],
  namedBy: [['interviewer_employee_id'], ['creator_employee_id']],
  columns: ['first_name', 'last_name'],
  reads: [
    'interviewer_employee_id',
    'interviewer_first_name',
    'interviewer_last_name',
    'creator_employee_id',
    'creator_first_name',
    'creator_last_name',
    ...DECIDE_NEWEST,
  ],
  // Nearly all employees have one name in all of their rows. Only the rows of the others are sorted.
  select: (scope) => `WITH named AS (
      SELECT employee_id, first_name, last_name FROM (${roles(scope)}) named GROUP BY employee_id, first_name, last_name
    ), renamed AS (
      SELECT employee_id FROM named WHERE ${HAS_NAME} GROUP BY employee_id HAVING count(*) > 1
    )
    (SELECT DISTINCT ON (employee_id) employee_id, first_name, last_name FROM named
      WHERE NOT EXISTS (SELECT 1 FROM renamed WHERE renamed.employee_id = named.employee_id) ORDER BY employee_id, ${HAS_NAME} DESC)
    UNION ALL
    (SELECT DISTINCT ON (employee_id) employee_id, first_name, last_name
      FROM (${roles((key) => `${scope(key)} AND ${key} IN (SELECT employee_id FROM renamed)`)}) named
      ORDER BY employee_id, ${HAS_NAME} DESC, ${NEWEST}, role DESC)`,
};
