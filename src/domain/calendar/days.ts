/**
 * Days of the Gregorian calendar, also for the years before its introduction. They are counted as squares of a calendar, not as hours: a day
 * has no zone here, and no length. As texts they sort in the order in which they follow each other.
 */
import { isWallClock, monthLength } from '../values/wall-clock.ts';

/** A day: `yyyy-MM-dd`, from 0001-01-01 to 9999-12-31. */
export type Day = string;

/** Days that follow each other: `from` is the first, `to` the day after the last. Null: there is no beginning, or no end. */
export interface DayRange {
  readonly from: Day | null;
  readonly to: Day | null;
}

/** One that has both ends. */
export interface BoundedDayRange extends DayRange {
  readonly from: Day;
  readonly to: Day;
}

export const FIRST_DAY: Day = '0001-01-01';
export const LAST_DAY: Day = '9999-12-31';

const DAY_MS = 86_400_000;
/** 1970-01-01, from which days are numbered, was a Thursday. */
const THURSDAY = 3;

/** Whether a text is a day, in the form `yyyy-MM-dd`. */
export const isDayText = (text: string): boolean => text.length === 10 && isWallClock(`${text}T00:00:00`);

/** Returns the days from 1970-01-01 to a day, negative before. Not by Date.UTC, which takes the years 1 to 99 for those of the 20th century. */
const numberOf = (day: Day): number => Date.parse(day) / DAY_MS;

const FIRST_NUMBER = numberOf(FIRST_DAY);
const LAST_NUMBER = numberOf(LAST_DAY);

/** Returns the day so many days after another one, before it if negative; null outside of the years 0001 to 9999. */
export function addDays(day: Day, days: number): Day | null {
  const sum = numberOf(day) + days;
  return sum < FIRST_NUMBER || sum > LAST_NUMBER ? null : new Date(sum * DAY_MS).toISOString().slice(0, 10);
}

/** Returns how many days after the day `from` the day `to` is. */
export const daysBetween = (from: Day, to: Day): number => numberOf(to) - numberOf(from);

/** Returns the day of the week: 0 is Monday, 6 is Sunday. */
export const weekdayOf = (day: Day): number => (((numberOf(day) + THURSDAY) % 7) + 7) % 7;

/** Returns the day of the month, from 1. */
export const dayOfMonth = (day: Day): number => Number(day.slice(8, 10));

/** Returns the months from January of the year 0 to the month of a day, so that months, quarters and years begin at multiples of 1, 3 and 12. */
export const monthNumber = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** Returns how many months after the month of `from` that of `to` is, whichever their days. */
export const monthsBetween = (from: Day, to: Day): number => monthNumber(to) - monthNumber(from);

/**
 * Returns the same day so many months later, earlier if negative; the last day of a month that lacks it. Null outside of the years 0001 to
 * 9999.
 */
export function addMonths(day: Day, months: number): Day | null {
  const sum = monthNumber(day) + months;
  const year = Math.floor(sum / 12);
  if (year < 1 || year > 9999) return null;
  const month = sum - 12 * year + 1;
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(Math.min(dayOfMonth(day), monthLength(year, month)))}`;
}
