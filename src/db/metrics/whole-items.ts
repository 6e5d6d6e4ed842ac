import type { Condition } from '../../domain/condition.ts';
import { type DimensionName, isBucket } from '../../domain/metrics/dimensions.ts';
import type { Measured } from '../../domain/metrics/query.ts';
import { type Bind, type Sql, sql } from '../sql.ts';
import { mayReach } from './clock.ts';

/**
 * Slots or interviews whose rows agree on what they share (docs/contract.md, "Rows that disagree") and lie in one group. They are read from their own
 * table, where each is one row, which costs a fraction of grouping the rows of `appointment`.
 */
export interface WholeItems {
  /** The table as `a`: what keys and facts read of an item's rows has the name that it has in `appointment a`. */
  readonly table: Sql;
  /** The condition that an item of the table is whole. */
  readonly condition: Sql;
  /** The condition that a row of `appointment a` belongs to another item. */
  readonly isOther: Sql;
}

/** The kinds of items that have a table. */
export type WholeKind = 'slot' | 'interview';

/** What whole items are asked for by. */
interface Asked extends Pick<Measured, 'where' | 'period'> {
  readonly groupBy: readonly DimensionName[];
}

const SLOTS = sql`(SELECT interview_id, slot_id, start_time, starts_at, ends_at, duration, canceled AS interview_canceled, job_id,
  covering_rows, all_declined, rows_agree FROM time_slot) a`;

/** An interview lies in the group of its last start: of a whole one, all of them do. */
const INTERVIEWS = sql`(SELECT interview_id, last_start_time AS start_time, first_starts_at AS starts_at, first_ends_at AS ends_at,
  canceled AS interview_canceled, candidate_status, created_at AT TIME ZONE 'UTC' AS interview_create_date, job_id, spread
  FROM interview) a`;

/** The dimensions, apart from buckets, whose key follows from what rows share that agree. */
const SHARED: Readonly<Record<WholeKind, readonly DimensionName[]>> = {
  slot: ['WEEKDAY', 'HOUR', 'JOB', 'DEPARTMENT', 'CANCELED', 'SLOT_STATE'],
  interview: ['WEEKDAY', 'HOUR', 'JOB', 'DEPARTMENT', 'CANCELED'],
};

/** Whether a condition compares nothing but the job, which rows share that agree. */
function isOfJob(condition: Condition): boolean {
  if ('all' in condition) return condition.all.every(isOfJob);
  if ('any' in condition) return condition.any.every(isOfJob);
  if ('not' in condition) return isOfJob(condition.not);
  return 'some' in condition ? condition.some === 'job' : condition.of === 'jobId';
}

/**
 * Returns the whole items of a kind; null if rows that agree may differ in what is asked for, so that all have to be grouped: by another
 * date than the start, or by dimensions and conditions of single rows.
 */
export function wholeItems(kind: WholeKind, asked: Asked, bind: Bind): WholeItems | null {
  const { groupBy, where, period } = asked;
  const isShared = groupBy.every((dimension) => isBucket(dimension) || SHARED[kind].includes(dimension));
  if (period.on !== 'START' || !isShared || !isOfJob(where)) return null;
  if (kind === 'slot')
    return {
      table: SLOTS,
      condition: sql`a.rows_agree`,
      isOther: sql`(a.interview_id, a.slot_id) IN (SELECT s.interview_id, s.slot_id FROM time_slot s WHERE NOT s.rows_agree)`,
    };
  // Periods and buckets are of whole days. The hours of a day are not, nor are the days of other zones than the interview's own.
  const isOfOneStart = period.timeZone !== null || groupBy.includes('HOUR');
  const [spreads, others] = isOfOneStart ? [sql`0`, sql`1, 2`] : [sql`0, 1`, sql`2`];
  const reaching = mayReach(period, { first: sql`i.first_start_time`, last: sql`i.last_start_time` }, bind);
  return {
    table: INTERVIEWS,
    condition: sql`a.spread IN (${spreads})`,
    isOther: sql`a.interview_id IN (SELECT i.interview_id FROM interview i WHERE i.spread IN (${others}) AND ${reaching})`,
  };
}
