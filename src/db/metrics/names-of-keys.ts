import type { DimensionName } from '../../domain/metrics/dimensions.ts';
import { wholeName } from '../query/where/name-search.ts';
import { type Sql, sql } from '../sql.ts';

const NAME = wholeName([sql`e.first_name`, sql`e.last_name`]);

const employee = (key: Sql): Sql => sql`(SELECT ${NAME} FROM employee e WHERE e.employee_id = ${key})`;

/** The names of people and jobs by their keys, as subqueries: a group reads one row of them. */
const NAMES: Partial<Record<DimensionName, (key: Sql) => Sql>> = {
  INTERVIEWER: employee,
  CREATOR: employee,
  CANDIDATE: (key) => sql`(SELECT ${NAME} FROM candidate e WHERE e.candidate_profile_id = ${key})`,
  JOB: (key) => sql`(SELECT e.title FROM job e WHERE e.job_id = ${key})`,
};

/** Returns the name of what a key stands for; null for keys that speak for themselves. */
export const nameOfKey = (dimension: DimensionName, key: Sql): Sql => NAMES[dimension]?.(key) ?? sql`NULL::text`;
