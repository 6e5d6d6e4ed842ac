import { WEEKDAYS, type Weekday } from '../../domain/calendar/units.ts';
import { DIMENSIONS, type DimensionName, isBucket, SLOT_STATES } from '../../domain/metrics/dimensions.ts';
import { keysOf } from '../../domain/types/records.ts';
import { type Bind, type Sql, sql } from '../sql.ts';
import type { RowFacts } from './row-facts.ts';

/** What a key is made of: the facts of a row, its local time, the day on which weeks begin, and the department of the row’s job. */
interface KeySource {
  readonly facts: Pick<RowFacts, 'held' | 'upcoming' | 'canceled'>;
  readonly local: Sql;
  readonly weekStart: Weekday;
  readonly department: Sql;
}

/** The columns of `appointment a` that are keys as they are. */
const COLUMNS: Partial<Record<DimensionName, Sql>> = {
  INTERVIEWER: sql`a.interviewer_employee_id`,
  CREATOR: sql`a.creator_employee_id`,
  CANDIDATE: sql`a.candidate_profile_id`,
  JOB: sql`a.job_id`,
  APPLICATION_STAGE: sql`a.application_stage`,
  APPLICATION_STEP: sql`a.application_step`,
  INTERVIEW_TYPE: sql`a.interview_type`,
  CANDIDATE_STATUS: sql`a.candidate_status`,
  INTERVIEWER_STATUS: sql`a.interviewer_status`,
  CANCELED: sql`a.interview_canceled`,
  LOCATION: sql`a.interview_location`,
  ROOM: sql`a.room`,
};

const UNITS = {
  MONTH: sql`'month'`,
  QUARTER: sql`'quarter'`,
  YEAR: sql`'year'`,
} as const;

/**
 * Returns the first day of the week of a local time; the first day of all, if the week begins before it. By division, which is several times
 * as fast as date_trunc: the first day of all is a Monday, and no local time lies before it.
 */
export function weekOf(local: Sql, weekStart: Weekday): Sql {
  const late = WEEKDAYS.indexOf(weekStart);
  if (late === 0) return sql`date_bin('7 days', ${local}, '0001-01-01')::date`;
  const week = sql`date_bin('7 days', ${local}, timestamp '0001-01-01' - interval '${7 - late} days')::date`;
  return sql`CASE WHEN ${local} < '0001-01-08' THEN greatest(${week}, '0001-01-01') ELSE ${week} END`;
}

/** Returns the key of a row in a dimension. */
export function keySql(dimension: DimensionName, { facts, local, weekStart, department }: KeySource): Sql {
  const column = COLUMNS[dimension];
  if (column !== undefined) return column;
  if (dimension === 'DAY') return sql`(${local})::date`;
  if (dimension === 'WEEK') return weekOf(local, weekStart);
  if (isBucket(dimension)) return sql`date_trunc(${UNITS[dimension]}, ${local})::date`;
  switch (dimension) {
    case 'WEEKDAY':
      return sql`(((${local})::date - date '0001-01-01') % 7 + 1)`;
    case 'HOUR':
      return sql`date_part('hour', ${local})::int`;
    case 'DEPARTMENT':
      return department;
    case 'SLOT_STATE':
      // The position in SLOT_STATES.
      return sql`CASE WHEN ${facts.canceled} THEN 2 WHEN ${facts.held} THEN 0 WHEN ${facts.upcoming} THEN 1 ELSE 3 END`;
    default:
      throw new Error(`the dimension ${dimension} has no key`);
  }
}

/** Returns a key as text: the first day of a bucket, the name of an enumeration value, otherwise the value. */
export function keyText(dimension: DimensionName, key: Sql, bind: Bind): Sql {
  switch (DIMENSIONS[dimension].kind) {
    case 'weekday':
      return sql`(${bind(WEEKDAYS, 'text[]')})[${key}]`;
    case 'slotState':
      return sql`(${bind(keysOf(SLOT_STATES), 'text[]')})[${key} + 1]`;
    case 'bucket':
      return sql`to_char(${key}, 'YYYY-MM-DD')`;
    default:
      return sql`${key}::text`;
  }
}

/** Returns what groups are sorted by in a dimension. */
export function keyOrder(dimension: DimensionName, key: Sql): Sql {
  const { kind } = DIMENSIONS[dimension];
  return kind === 'text' || kind === 'identifier' ? sql`${key} COLLATE "C"` : key;
}
