import { instant } from '../instants.ts';
import { allRows, comparedRows, DECIDE_NEWEST, NEWEST } from './rows-of-item.ts';
import type { Derived } from './table.ts';

/** What the rows of an interview share, as far as metrics read it. */
const SHARED_BY_INTERVIEW = [
  'interview_canceled',
  'candidate_status',
  'interview_create_date',
  'job_id',
  'interview_time_zone',
] as const;

/**
 * What metrics need to know of an interview's rows to do without them (src/db/metrics/whole-items.ts): between which starts they lie, the
 * first instants, and the spread: 0 if the rows agree on what they share and have one start, or none; 1 if they agree and start on one day;
 * otherwise 2.
 */
const SUMMARY_OF_INTERVIEW = [
  'first_start_time',
  'last_start_time',
  'first_starts_at',
  'first_ends_at',
  'spread',
] as const;

export const interview: Derived = {
  table: 'interview',
  key: ['interview_id'],
  namedBy: [['interview_id']],
  columns: [
    'application_id',
    'candidate_profile_id',
    'candidate_status',
    'job_id',
    'type',
    'location',
    'time_zone',
    'created_at',
    'updated_at',
    'start_date',
    'starts_at',
    'ends_at',
    'duration',
    'canceled',
    'creator_employee_id',
    ...SUMMARY_OF_INTERVIEW,
  ],
  reads: [
    'interview_id',
    'application_id',
    'candidate_profile_id',
    'candidate_status',
    'job_id',
    'interview_type',
    'interview_location',
    'interview_time_zone',
    'interview_create_date',
    'interview_start_date',
    'end_time',
    'interview_duration',
    'interview_canceled',
    'creator_employee_id',
    ...DECIDE_NEWEST,
  ],
  select: (
    scope,
  ) => `SELECT DISTINCT ON (interview_id) interview_id, application_id, candidate_profile_id, candidate_status,
    job_id, interview_type AS type, interview_location AS location, interview_time_zone AS time_zone,
    interview_create_date AT TIME ZONE 'UTC' AS created_at, interview_update_date AT TIME ZONE 'UTC' AS updated_at,
    interview_start_date AS start_date, ${instant('interview_start_date', 'interview_time_zone')} AS starts_at,
    max(ends_at) OVER all_rows AS ends_at, interview_duration AS duration, interview_canceled AS canceled, creator_employee_id,
    min(start_time) OVER all_rows AS first_start_time, max(start_time) OVER all_rows AS last_start_time,
    min(starts_at) OVER all_rows AS first_starts_at, min(ends_at) OVER all_rows AS first_ends_at,
    CASE WHEN NOT bool_and(agrees) OVER all_rows OR count(start_time) OVER all_rows NOT IN (0, count(*) OVER all_rows) THEN 2
      WHEN min(start_time) OVER all_rows IS NOT DISTINCT FROM max(start_time) OVER all_rows THEN 0
      WHEN min(start_time::date) OVER all_rows = max(start_time::date) OVER all_rows THEN 1 ELSE 2 END AS spread
    ${comparedRows('interview_id', SHARED_BY_INTERVIEW, scope('interview_id'))}
    WINDOW all_rows AS ${allRows('interview_id')} ORDER BY interview_id, ${NEWEST}`,
};
