import type { Facts } from '../../domain/metrics/formulas.ts';
import { type Sql, sql } from '../sql.ts';

/** The facts of a row of `appointment a` at a clock (docs/metrics.md, "Words"). Conditions are never null. */
export type RowFacts = Readonly<
  Record<Facts['row'] | 'canceled' | 'held' | 'upcoming' | 'hasDeclined' | 'covers' | 'hours', Sql>
>;

/** Returns the facts at the clock `at`, a timestamptz. `overlapping`: the condition that a row overlaps another (overlapping.ts). */
export function rowFacts(at: Sql, overlapping: Sql): RowFacts {
  const isNotCanceled = sql`a.interview_canceled IS NOT TRUE`;
  const isKnown = sql`(a.reviewed_at IS NULL OR a.reviewed_at <= ${at})`;
  const hasDeclined = sql`(a.interviewer_status IS NOT DISTINCT FROM 'DECLINED')`;
  const covers = sql`a.has_interviewer AND NOT ${hasDeclined}`;
  const held = sql`(${isNotCanceled} AND a.ends_at <= ${at}) IS TRUE`;
  const given = sql`(a.has_feedback AND ${isKnown})`;
  const hours = sql`a.time_to_provide_feedback`;
  return {
    canceled: sql`(a.interview_canceled IS TRUE)`,
    held: sql`(${held})`,
    upcoming: sql`((${isNotCanceled} AND a.ends_at > ${at}) IS TRUE)`,
    unknownTime: sql`(${isNotCanceled} AND a.ends_at IS NULL)`,
    hasDeclined,
    covers: sql`(${covers})`,
    due: sql`(${held} AND ${covers})`,
    given,
    answered: sql`(${isNotCanceled} AND a.interviewer_status IS NOT NULL)`,
    accepted: sql`(${isNotCanceled} AND a.interviewer_status IS NOT DISTINCT FROM 'ACCEPTED')`,
    declined: sql`(${isNotCanceled} AND ${hasDeclined})`,
    open: sql`((${isNotCanceled} AND a.interviewer_status IN ('PENDING', 'TENTATIVE')) IS TRUE)`,
    overlapping,
    secondsSinceEnd: sql`date_part('epoch', ${at} - a.ends_at)`,
    feedbackHours: hours,
    feedbackHoursOrInfinity: sql`CASE WHEN ${given} AND ${hours} IS NOT NULL THEN ${hours}::float8 ELSE 'infinity'::float8 END`,
    endsAt: sql`a.ends_at`,
    knownRating: sql`CASE WHEN ${isKnown} THEN a.interviewer_rating END`,
    hours: sql`coalesce(a.duration, CASE WHEN a.ends_at >= a.starts_at THEN extract(epoch FROM a.ends_at - a.starts_at) / 3600 END)`,
  };
}
