import { allRows, comparedRows, DECIDE_NEWEST, NEWEST } from './rows-of-item.ts';
import type { Derived } from './table.ts';

/** What the rows of a time slot share, as far as metrics read it: start, end and room are part of its id. */
const SHARED_BY_SLOT = ['interview_canceled', 'duration', 'job_id', 'interview_time_zone'] as const;

/**
 * What metrics need to know of a slot's rows to do without them (src/db/metrics/whole-items.ts): how many have an interviewer who hasn't
 * declined, whether all have declined, and whether they agree on what they share.
 */
const SUMMARY_OF_SLOT = ['job_id', 'canceled', 'covering_rows', 'all_declined', 'rows_agree'] as const;

export const timeSlot: Derived = {
  table: 'time_slot',
  key: ['interview_id', 'slot_id'],
  namedBy: [['interview_id', 'slot_id']],
  columns: [
    'start_time',
    'end_time',
    'starts_at',
    'ends_at',
    'duration',
    'room',
    'application_stage',
    'application_step',
    'interviewer_count',
    ...SUMMARY_OF_SLOT,
  ],
  reads: [
    'interview_id',
    'job_id',
    'interview_canceled',
    'interviewer_employee_id',
    'interviewer_first_name',
    'interviewer_last_name',
    'interviewer_status',
    'end_time',
    'interview_time_zone',
    'duration',
    'room',
    'application_stage',
    'application_step',
    'interviewers',
    ...DECIDE_NEWEST,
  ],
  select: (
    scope,
  ) => `SELECT DISTINCT ON (interview_id, slot_id) interview_id, slot_id, start_time, end_time, starts_at, ends_at,
    duration, room, application_stage, application_step, interviewers AS interviewer_count, job_id, interview_canceled AS canceled,
    count(*) FILTER (WHERE has_interviewer AND interviewer_status IS DISTINCT FROM 'DECLINED') OVER all_rows AS covering_rows,
    bool_and(interviewer_status IS NOT DISTINCT FROM 'DECLINED') OVER all_rows AS all_declined, bool_and(agrees) OVER all_rows AS rows_agree
    ${comparedRows('interview_id, slot_id', SHARED_BY_SLOT, scope('interview_id'))}
    WINDOW all_rows AS ${allRows('interview_id, slot_id')} ORDER BY interview_id, slot_id, ${NEWEST}`,
};
