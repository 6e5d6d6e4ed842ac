/** Days, moments and zones for tests of the calendar. */
import fc from 'fast-check';
import { addDays, FIRST_DAY, LAST_DAY } from '../../src/domain/calendar/days.ts';

/** Any day of the calendar, every second one near the end of a year in which something is special. */
export const anyDay: fc.Arbitrary<string> = fc.oneof(
  fc
    .date({ min: new Date(FIRST_DAY), max: new Date(LAST_DAY), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  fc
    .tuple(
      fc.constantFrom('0001', '0099', '1600', '1900', '2000', '2020', '2026', '2027', '2028', '9998'),
      fc.integer({ min: -310, max: 10 }),
    )
    .map(([year, days]) => addDays(`${year}-12-31`, days) ?? LAST_DAY),
);

/** A day between two others: the first, the last, or any in between. */
export const dayBetween = (from: string, to: string): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

/** Zones whose clocks have been put forward or back, at night, at midnight and over a whole day, and others that are far off. */
export const anyZone = fc.constantFrom(
  'Europe/Berlin',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Africa/Cairo',
  'Etc/GMT+12',
  'UTC',
);
/** From the last time that clocks were put back across midnight, which shows a day again that had ended. */
export const anyMoment = fc
  .integer({ min: Date.parse('2011-11-07T00:00:00Z') / 1000, max: Date.parse('2040-01-01T00:00:00Z') / 1000 })
  .map((seconds) => seconds * 1000);

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock in a zone, as the runtime writes it: `2026-11-28 12:00:00`. */
export function clockIn(timeZone: string, instant: number): string {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return format.format(instant);
}
/** The day in a zone, as the runtime writes it. */
export const dayIn = (timeZone: string, instant: number): string => clockIn(timeZone, instant).slice(0, 10);
