/** The names that days, weeks, months, quarters, years and other ranges of days have in answers. */
import { unreachable } from '../types/unreachable.ts';
import { addDays, type Day, type DayRange, daysBetween, LAST_DAY, monthNumber } from './days.ts';
import { CALENDAR_UNITS, type CalendarUnit, nextStart, startOfUnit, type Weekday } from './units.ts';

/**
 * Returns the name of the bucket that begins on a day: `2026-11-24`, `2026-W48` (ISO 8601), `2026-11`, `2026-Q4` or `2026`. Only weeks from
 * Monday have a number that everybody counts alike; others have the name of their first day.
 */
export function bucketName(firstDay: Day, unit: CalendarUnit, weekStart: Weekday): string {
  switch (unit) {
    case 'DAY':
      return firstDay;
    case 'WEEK':
      return weekStart === 'MONDAY' ? isoWeek(firstDay) : firstDay;
    case 'MONTH':
      return firstDay.slice(0, 7);
    case 'QUARTER':
      return `${firstDay.slice(0, 4)}-Q${Math.floor((monthNumber(firstDay) % 12) / 3) + 1}`;
    case 'YEAR':
      return firstDay.slice(0, 4);
    default:
      return unreachable(unit);
  }
}

/**
 * Returns the name of a range of days. If it is exactly one day, week from Monday, month, quarter or year, that is its name; no range is two
 * of these. Others are written as their first day and the day after their last, `2026-01-15/2026-03-20`, with `..` where an end is open.
 */
export function periodName({ from, to }: DayRange): string {
  if (from !== null && to !== null) {
    const whole = CALENDAR_UNITS.find(
      (unit) => startOfUnit(from, unit, 'MONDAY') === from && nextStart(from, unit, 'MONDAY') === to,
    );
    if (whole !== undefined) return bucketName(from, whole, 'MONDAY');
  }
  return `${from ?? '..'}/${to ?? '..'}`;
}

/** Returns the week of a Monday: that of its Thursday, which is in the year to which ISO 8601 counts the week. */
function isoWeek(monday: Day): string {
  const thursday = addDays(monday, 3) ?? LAST_DAY;
  const year = thursday.slice(0, 4);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
