/** The time to which a period is compared. */
import { Failure } from '../errors.ts';
import { unreachable } from '../types/unreachable.ts';
import { addDays, addMonths, type BoundedDayRange, type Day, dayOfMonth, daysBetween, monthsBetween } from './days.ts';
import { periodName } from './names.ts';
import type { PeriodWords, ResolvedPeriod } from './resolve.ts';
import { type CalendarUnit, startOfUnit, type Weekday } from './units.ts';
import { instantOf, readZone } from './zones.ts';

export const METRIC_COMPARISONS = ['PREVIOUS_PERIOD', 'PREVIOUS_YEAR'] as const;
export type MetricComparison = (typeof METRIC_COMPARISONS)[number];

/** A distance in the calendar. Months have no length in days. */
export type Shift = { readonly days: number } | { readonly months: number };

/** What is asked: from this the comparison follows, at any clock. */
export interface ComparisonRequest {
  readonly comparison: MetricComparison;
  /** The unit of the buckets; null without buckets. */
  readonly unit: CalendarUnit | null;
  /** The unit in which the period is counted back from the clock; null for a period that was given by its days. */
  readonly lastUnit: CalendarUnit | null;
}

/** What a period is compared with. */
export interface Comparison extends ComparisonRequest {
  readonly period: ResolvedPeriod & BoundedDayRange;
  /** The clock, moved like the period, so that what is held and given is compared at the same age. In milliseconds since 1970, whole seconds. */
  readonly at: number;
  /**
   * What to add to the first day of a bucket of the previous period to get that of the bucket at the same position of the present one; null
   * without buckets. The buckets that this gives outside of the present period have no counterpart.
   */
  readonly bucketShift: Shift | null;
}

/** Those with the same weekdays a year before: 52 weeks. */
const YEAR_OF_WEEKS = { days: 364 };
const YEAR = { months: 12 };

/**
 * Returns the time to which a comparison compares a period at the clock `at`, in milliseconds since 1970. PREVIOUS_PERIOD is the time of the
 * same length directly before; for whole months, quarters and years so many of those, unless the period was counted in days or weeks: four weeks
 * that happen to be a February stay four weeks. PREVIOUS_YEAR is 364 days before for buckets of days and weeks, otherwise 12 months. Errors:
 * BAD_USER_INPUT for a period with an open end, and where the other time begins before the year 0001.
 */
export function compareWith(
  period: ResolvedPeriod,
  at: number,
  { comparison, unit, lastUnit }: ComparisonRequest,
  { argument, constant }: PeriodWords,
): Comparison {
  const { from, to, timeZone, weekStart } = period;
  if (from === null || to === null)
    throw new Failure(
      'BAD_USER_INPUT',
      `compareTo: ${constant(comparison)} needs a period with a beginning and an end, and this one has ${missingEnds(period)}; give ${argument('from')} and ${argument('to')}, or ${argument('last')}.`,
    );
  const shift = shiftOf({ from, to }, { comparison, unit, lastUnit });
  const previousFrom = moveBack(from, shift);
  const previousTo = moveEndBack(to, shift);
  const previousAt = moveInstantBack(at, shift, timeZone);
  if (previousFrom === null || previousTo === null || previousAt === null)
    throw new Failure(
      'BAD_USER_INPUT',
      `compareTo: ${constant(comparison)} of ${periodName(period)} is not within the years 0001 to 9999; ask for a later period, or leave out compareTo.`,
    );
  return {
    period: { ...period, from: previousFrom, to: previousTo },
    at: previousAt,
    bucketShift: unit && bucketShiftOf(previousFrom, from, unit, weekStart),
    comparison,
    unit,
    lastUnit,
  };
}

function shiftOf({ from, to }: BoundedDayRange, { comparison, unit, lastUnit }: ComparisonRequest): Shift {
  switch (comparison) {
    case 'PREVIOUS_PERIOD':
      return !isOfDays(lastUnit) && dayOfMonth(from) === 1 && dayOfMonth(to) === 1
        ? { months: monthsBetween(from, to) }
        : { days: daysBetween(from, to) };
    case 'PREVIOUS_YEAR':
      return isOfDays(unit) ? YEAR_OF_WEEKS : YEAR;
    default:
      return unreachable(comparison);
  }
}

/** Whether all of a unit have the same number of days. */
const isOfDays = (unit: CalendarUnit | null): boolean => unit === 'DAY' || unit === 'WEEK';

const moveBack = (day: Day, shift: Shift): Day | null =>
  'days' in shift ? addDays(day, -shift.days) : addMonths(day, -shift.months);

/**
 * Moves the day after the last. Where the month lacks it, that is the first of the next month, and not the last of this one, which would be
 * left out: the year before 2028-02-28/2028-02-29, one day, would be none.
 */
function moveEndBack(to: Day, shift: Shift): Day | null {
  const moved = moveBack(to, shift);
  return moved !== null && 'months' in shift && dayOfMonth(moved) < dayOfMonth(to) ? addDays(moved, 1) : moved;
}

/** Moves the day that the clocks of a zone show at an instant, and keeps their time of day. */
function moveInstantBack(at: number, shift: Shift, timeZone: string | null): number | null {
  const clockAt = readZone(timeZone, 'timeZone');
  const clock = clockAt(at);
  if (clock === null) return null;
  const day = moveBack(clock.slice(0, 10), shift);
  return day === null ? null : instantOf(clockAt, `${day}${clock.slice(10)}`);
}

/** By position, counted from the bucket in which a period begins: whole days, weeks or months lie between two buckets of a unit. */
function bucketShiftOf(previousFrom: Day, from: Day, unit: CalendarUnit, weekStart: Weekday): Shift {
  const [previous, present] = [startOfUnit(previousFrom, unit, weekStart), startOfUnit(from, unit, weekStart)];
  return isOfDays(unit) ? { days: daysBetween(previous, present) } : { months: monthsBetween(previous, present) };
}

function missingEnds({ from, to }: ResolvedPeriod): string {
  if (from !== null) return 'no end';
  return to === null ? 'neither' : 'no beginning';
}
