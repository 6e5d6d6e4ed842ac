/** Seconds per day. Times are whole seconds since 1970, in UTC or in local time read as if it were UTC. */
export const DAY_SECONDS = 86_400;
export const HOUR_SECONDS = 3_600;
export const MINUTE_SECONDS = 60;

export const SUNDAY = 0;
export const THURSDAY = 4;
export const FRIDAY = 5;
export const SATURDAY = 6;

/** Returns the day of a time, counted from 1970-01-01 as 0. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_SECONDS);
}

/** Returns the weekday of a day, 0 for Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (day + THURSDAY) % 7;
}

/** Returns the year of a day. */
export function yearOf(day: number): number {
  return new Date(day * DAY_SECONDS * 1000).getUTCFullYear();
}

/** Returns the first day with that weekday on or after a date; the month counts from 1. */
export function onOrAfter(year: number, month: number, date: number, weekday: number): number {
  const day = Date.UTC(year, month - 1, date) / 1000 / DAY_SECONDS;
  return day + ((weekday - weekdayOf(day) + 7) % 7);
}

/** Returns the day, or the Monday after it if it is on a weekend. */
export function workingDay(day: number): number {
  const weekday = weekdayOf(day);
  return weekday === SATURDAY ? day + 2 : weekday === SUNDAY ? day + 1 : day;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/**
 * Returns a time as `yyyy-MM-ddTHH:mm:ss` (docs/contract.md, "Response": canonical dates), for the years 1000 to 9999.
 */
export function dateTimeText(time: number): string {
  // Three times as fast as slicing the result of toISOString, and a row has five dates.
  const date = new Date(time * 1000);
  const day = `${date.getUTCFullYear()}-${TWO_DIGITS[date.getUTCMonth() + 1]}-${TWO_DIGITS[date.getUTCDate()]}`;
  const second = time % DAY_SECONDS;
  const minute = Math.floor(second / MINUTE_SECONDS) % 60;
  return `${day}T${TWO_DIGITS[Math.floor(second / HOUR_SECONDS)]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second % MINUTE_SECONDS]}`;
}

/** Returns hours as the shortest decimal: `0.5`, `1`, `26.466666666666665`. Whole seconds never need an exponent. */
export function hoursText(seconds: number): string {
  return String(seconds / HOUR_SECONDS);
}
