import { utcClock } from '../values/date.ts';
import type { Day, DayRange } from './days.ts';
import type { ResolvedPeriod } from './resolve.ts';
import { dayAt, readZone } from './zones.ts';

/** No zone is further behind UTC, so that a day is over everywhere this long after its end in UTC. */
const FURTHEST_BEHIND_MS = 12 * 3_600_000;

/**
 * Returns whether a bucket of a period is complete, or the period itself: all of it is within the period, and over at the clock `at`, in
 * milliseconds since 1970. Without an end it is not over; without a beginning nothing of it is cut off.
 */
export function completenessAt(period: ResolvedPeriod, at: number): (range: DayRange) => boolean {
  // Days are compared, not the instants at which they end in the zone: they are those by which the rows are put into buckets, and this
  // costs one conversion for all buckets.
  const today = presentDay(period, at);
  return ({ from, to }) =>
    to !== null &&
    to <= today &&
    (period.from === null || (from !== null && from >= period.from)) &&
    (period.to === null || to <= period.to);
}

/** Returns the day that it is at an instant in the calendar of a period; for interviews' own zones the earliest day that it is anywhere. */
function presentDay({ on, timeZone }: ResolvedPeriod, at: number): Day {
  if (timeZone === null && on === 'START') return dayAt(utcClock, at - FURTHEST_BEHIND_MS);
  return dayAt(readZone(timeZone, 'timeZone'), at);
}
