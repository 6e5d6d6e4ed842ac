/** Days, and the weeks, months, quarters and years that they belong to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  FIRST_DAY,
  isDayText,
  LAST_DAY,
  monthsBetween,
  weekdayOf,
} from '../../src/domain/calendar/days.ts';
import { addUnits, CALENDAR_UNITS, nextStart, startOfUnit, WEEKDAYS } from '../../src/domain/calendar/units.ts';
import { anyDay } from '../kit/calendar.ts';

const unit = fc.constantFrom(...CALENDAR_UNITS);
const weekStart = fc.constantFrom(...WEEKDAYS);

describe('a text is a day', () => {
  test.each(['2026-11-24', '2028-02-29', '2000-02-29', FIRST_DAY, LAST_DAY])('%s', (text) => {
    expect(isDayText(text)).toBe(true);
  });

  test.each([
    '',
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-01',
    '2026-01-00',
    '0000-12-31',
    '2026-1-1',
    '2026-11-24T00:00:00',
    ' 2026-11-24',
    '+026-11-24',
    '２０２６-11-24',
    '2026-11-24'.repeat(1000),
  ])('only if it is one: %j is none', (text) => {
    expect(isDayText(text)).toBe(false);
  });
});

describe('a day so many months later', () => {
  test.each([
    ['2026-03-31', -1, '2026-02-28'],
    ['2028-03-31', -1, '2028-02-29'],
    ['2026-03-31', 1, '2026-04-30'],
    ['2028-02-29', -12, '2027-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2000-02-29', -1200, '1900-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-12-15', 1, '2027-01-15'],
    ['0099-12-31', 2, '0100-02-28'],
    [FIRST_DAY, -1, null],
    ['9999-12-01', 1, null],
  ])('%s by %i is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  test('is the same day of the month, or the last if that has passed', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -30_000, max: 30_000 }), (from, months) => {
        const to = addMonths(from, months);
        if (to === null) return;
        expect(isDayText(to)).toBe(true);
        expect(monthsBetween(from, to)).toBe(months);
        const [wanted, found] = [Number(from.slice(8)), Number(to.slice(8))];
        if (found !== wanted) expect(found < wanted && (addDays(to, 1) ?? '').slice(8)).toBe('01');
      }),
      { numRuns: 2000 },
    );
  });
});

test('days are added and counted alike, and none is before 0001 or after 9999', () => {
  fc.assert(
    fc.property(anyDay, anyDay, (from, to) => {
      expect(addDays(from, daysBetween(from, to))).toBe(to);
      expect(daysBetween(from, to) > 0).toBe(from < to);
      expect(addDays(from, daysBetween(from, FIRST_DAY) - 1)).toBeNull();
      expect(addDays(from, daysBetween(from, LAST_DAY) + 1)).toBeNull();
    }),
  );
});

test('the days of the week are those that the runtime names', () => {
  const format = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' });
  const named = (of: string) => WEEKDAYS[weekdayOf(of)];
  fc.assert(
    fc.property(
      anyDay.filter((of) => of > '1583'),
      (of) => {
        expect(named(of)).toBe(format.format(new Date(of)).toUpperCase());
      },
    ),
  );
  expect([named('2026-11-24'), named(FIRST_DAY), named(LAST_DAY)]).toEqual(['TUESDAY', 'MONDAY', 'FRIDAY']);
});

describe('a week over New Year', () => {
  // 2027-01-01 is a Friday.
  test.each([
    ['MONDAY', '2026-12-28', '2027-01-04'],
    ['TUESDAY', '2026-12-29', '2027-01-05'],
    ['WEDNESDAY', '2026-12-30', '2027-01-06'],
    ['THURSDAY', '2026-12-31', '2027-01-07'],
    ['FRIDAY', '2027-01-01', '2027-01-08'],
    ['SATURDAY', '2026-12-26', '2027-01-02'],
    ['SUNDAY', '2026-12-27', '2027-01-03'],
  ] as const)('from %s lasts from %s to the day before %s', (start, first, next) => {
    expect([startOfUnit('2027-01-01', 'WEEK', start), nextStart('2027-01-01', 'WEEK', start)]).toEqual([first, next]);
  });
});

test.each([
  ['DAY', '2026-11-24', '2026-11-25'],
  ['WEEK', '2026-11-23', '2026-11-30'],
  ['MONTH', '2026-11-01', '2026-12-01'],
  ['QUARTER', '2026-10-01', '2027-01-01'],
  ['YEAR', '2026-01-01', '2027-01-01'],
] as const)('the %s of 2026-11-24 lasts from %s to the day before %s', (of, first, next) => {
  expect([startOfUnit('2026-11-24', of, 'MONDAY'), nextStart('2026-11-24', of, 'MONDAY')]).toEqual([first, next]);
});

test('every day is in one day, week, month, quarter and year, whose days all say so', () => {
  fc.assert(
    fc.property(anyDay, unit, weekStart, fc.nat(), (of, by, start, some) => {
      const first = startOfUnit(of, by, start);
      const next = nextStart(of, by, start);
      expect(first <= of && (next === null || of < next)).toBe(true);
      const length = daysBetween(first, next ?? LAST_DAY);
      const within = addDays(first, length === 0 ? 0 : some % length) ?? '';
      expect([startOfUnit(within, by, start), nextStart(within, by, start)]).toEqual([first, next]);
      if (next !== null) {
        expect(startOfUnit(next, by, start)).toBe(next);
        if (by !== 'WEEK') expect(addUnits(first, by, 1)).toBe(next);
        else expect(length === 7 || first === FIRST_DAY).toBe(true);
      }
      if (by === 'WEEK' && first > FIRST_DAY) expect(WEEKDAYS[weekdayOf(first)]).toBe(start);
      const before = addDays(first, -1);
      if (before !== null) expect(nextStart(before, by, start)).toBe(first);
    }),
    { numRuns: 3000 },
  );
});
