import { unreachable } from '../types/unreachable.ts';
import { addDays, addMonths, type Day, FIRST_DAY, monthNumber, weekdayOf } from './days.ts';

/** What a calendar is divided into. Quarters and years are those of the calendar, not of a company. */
export const CALENDAR_UNITS = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;
export type CalendarUnit = (typeof CALENDAR_UNITS)[number];

/** In the order of ISO 8601. */
export const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const MONTHS = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const;

/**
 * Returns the first day of the day, week, month, quarter or year in which a day is; weeks begin on `weekStart`. That of a week that begins
 * before 0001-01-01 is this day.
 */
export function startOfUnit(day: Day, unit: CalendarUnit, weekStart: Weekday): Day {
  switch (unit) {
    case 'DAY':
      return day;
    case 'WEEK':
      return addDays(day, -daysIntoWeek(day, weekStart)) ?? FIRST_DAY;
    case 'MONTH':
    case 'QUARTER':
    case 'YEAR':
      // The years begin in January of a year from 1, so that there is always one.
      return addMonths(`${day.slice(0, 7)}-01`, -(monthNumber(day) % MONTHS[unit])) ?? FIRST_DAY;
    default:
      return unreachable(unit);
  }
}

/** Returns the first day after the day, week, month, quarter or year in which a day is; null after the year 9999. */
export function nextStart(day: Day, unit: CalendarUnit, weekStart: Weekday): Day | null {
  // Counted from the day itself and not from the start of its week, since the first week of all may have less than seven days.
  if (unit === 'WEEK') return addDays(day, 7 - daysIntoWeek(day, weekStart));
  return addUnits(startOfUnit(day, unit, weekStart), unit, 1);
}

/**
 * Returns the day so many days, weeks, months, quarters or years later, earlier if negative; the last day of a month that lacks it. Null
 * outside of the years 0001 to 9999.
 */
export function addUnits(day: Day, unit: CalendarUnit, count: number): Day | null {
  switch (unit) {
    case 'DAY':
      return addDays(day, count);
    case 'WEEK':
      return addDays(day, 7 * count);
    case 'MONTH':
    case 'QUARTER':
    case 'YEAR':
      return addMonths(day, MONTHS[unit] * count);
    default:
      return unreachable(unit);
  }
}

/** Returns how many days of its week come before a day: 0 to 6. */
const daysIntoWeek = (day: Day, weekStart: Weekday): number => (weekdayOf(day) - WEEKDAYS.indexOf(weekStart) + 7) % 7;
