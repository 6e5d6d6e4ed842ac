/** The number of the day 1970-01-01 in both date systems (ECMA-376-1, 18.17.4.1). */
const DAYS_TO_1970 = { 1900: 25_569, 1904: 24_107 } as const;
/**
 * The first day that is the same for every program: before 1 March 1900, Excel counts a day that did not exist. Numbers below 1 are a time
 * without a date.
 */
const FIRST_DAY = { 1900: 61, 1904: 1 } as const;
const END_OF_9999 = { 1900: 2_958_466, 1904: 2_957_004 } as const;
const DAY_MS = 86_400_000;
const SECOND_MS = 1000;

/** From here on a number has more than the 15 digits that a spreadsheet keeps. */
const MAX_EXACT = 1e15;

/** Whether a number has lost digits, as an id that a spreadsheet takes for a number. */
export const isTooLong = (value: string): boolean => Math.abs(Number(value)) >= MAX_EXACT;

/**
 * Returns the number of a cell as a decimal. Spreadsheets write up to 17 digits (`4.5999999999999996`); the shortest decimal with the same
 * number is what was meant. What is no number stays as it is.
 */
export function numberText(value: string): string {
  const number = Number(value);
  return value.trim() === '' || !Number.isFinite(number) ? value : String(number).replace('e', 'E');
}

/**
 * Returns the wall clock of a cell that shows its number as a date, as `yyyy-MM-ddTHH:mm:ss`, with a fraction if its seconds are not whole.
 * A time without a date becomes `HH:mm:ss`, and a number that is no date everywhere stays one: no column of dates takes them.
 */
export function dateText(value: string, is1904: boolean): string {
  const serial = Number(value);
  const system = is1904 ? 1904 : 1900;
  if (value.trim() === '' || !Number.isFinite(serial)) return value;
  if (serial >= 0 && serial < 1) return clockText(Math.round(serial * DAY_MS)).slice(11);
  if (serial < FIRST_DAY[system] || serial >= END_OF_9999[system]) return numberText(value);
  return clockText(Math.round((serial - DAYS_TO_1970[system]) * DAY_MS));
}

/** A double holds a date to about a millisecond. */
function clockText(milliseconds: number): string {
  const second = Math.round(milliseconds / SECOND_MS) * SECOND_MS;
  const isWhole = Math.abs(milliseconds - second) <= 1;
  return new Date(isWhole ? second : milliseconds).toISOString().slice(0, isWhole ? 19 : 23);
}
