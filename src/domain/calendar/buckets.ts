import type { BoundedDayRange, Day } from './days.ts';
import { type CalendarUnit, nextStart, startOfUnit, type Weekday } from './units.ts';

/**
 * Returns the first days of all buckets (days, weeks, months, quarters or years) in which a bounded range has days, in order. The first
 * bucket may begin before the range, and the last may end after it. Returns null if there are more than `max`.
 */
export function bucketsOf(
  { from, to }: BoundedDayRange,
  unit: CalendarUnit,
  weekStart: Weekday,
  max: number,
): Day[] | null {
  const firstDays: Day[] = [];
  let first: Day | null = startOfUnit(from, unit, weekStart);
  while (first !== null && first < to) {
    if (firstDays.length === max) return null;
    firstDays.push(first);
    first = nextStart(first, unit, weekStart);
  }
  return firstDays;
}
