/**
 * A wall clock: a day and a time of day without a time zone. Its canonical text is `yyyy-MM-ddTHH:mm:ss`, in the years 0001 to 9999 of the
 * Gregorian calendar (docs/contract.md, "Response" and "Reading an extract").
 */
export interface WallClock {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Returns the number of days of a month, 1 to 12. */
export function monthLength(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return leap ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

/** Whether the day exists, between 0001-01-01 and 9999-12-31. */
export function isDay(year: number, month: number, day: number): boolean {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
}

/** Whether the time of day exists, from 00:00:00 to 23:59:59. 24:00 and leap seconds do not. */
export function isTimeOfDay(hour: number, minute: number, second: number): boolean {
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

/** Whether a text is a wall clock in canonical form. It runs for every date of an import and therefore allocates nothing. */
export function isWallClock(text: string): boolean {
  if (text.length !== 19) return false;
  const punctuated =
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58;
  if (!punctuated) return false;
  const century = twoDigits(text, 0);
  const year = twoDigits(text, 2);
  return (
    century >= 0 &&
    year >= 0 &&
    isDay(century * 100 + year, twoDigits(text, 5), twoDigits(text, 8)) &&
    isTimeOfDay(twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17))
  );
}

/** Returns the number that two digits form; -1 if they are not digits. */
function twoDigits(text: string, index: number): number {
  const tens = text.charCodeAt(index) - 48;
  const ones = text.charCodeAt(index + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** Returns the parts of a canonical text. */
export function readWallClock(canonical: string): WallClock {
  return {
    year: Number(canonical.slice(0, 4)),
    month: Number(canonical.slice(5, 7)),
    day: Number(canonical.slice(8, 10)),
    hour: Number(canonical.slice(11, 13)),
    minute: Number(canonical.slice(14, 16)),
    second: Number(canonical.slice(17, 19)),
  };
}

/** Returns the canonical text; null if the day or the time of day does not exist. */
export function writeWallClock(clock: WallClock): string | null {
  const { year, month, day, hour, minute, second } = clock;
  if (!isDay(year, month, day) || !isTimeOfDay(hour, minute, second)) return null;
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
}
