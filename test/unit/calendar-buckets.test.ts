/** The days, weeks, months, quarters and years of a period, and what they are called. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketsOf } from '../../src/domain/calendar/buckets.ts';
import { addDays, addMonths, daysBetween, LAST_DAY } from '../../src/domain/calendar/days.ts';
import { bucketName, periodName } from '../../src/domain/calendar/names.ts';
import { CALENDAR_UNITS, nextStart, startOfUnit, WEEKDAYS } from '../../src/domain/calendar/units.ts';
import { anyDay } from '../kit/calendar.ts';

const unit = fc.constantFrom(...CALENDAR_UNITS);
const weekStart = fc.constantFrom(...WEEKDAYS);
const range = fc
  .tuple(anyDay, fc.integer({ min: 1, max: 800 }))
  .filter(([from]) => from < LAST_DAY)
  .map(([from, days]) => ({ from, to: addDays(from, days) ?? LAST_DAY }));

describe('the buckets of a period', () => {
  test.each([
    ['DAY', '2026-12-30', '2027-01-02', ['2026-12-30', '2026-12-31', '2027-01-01']],
    ['WEEK', '2026-12-30', '2027-01-05', ['2026-12-28', '2027-01-04']],
    ['WEEK', '2026-12-28', '2027-01-04', ['2026-12-28']],
    ['MONTH', '2026-01-15', '2026-03-20', ['2026-01-01', '2026-02-01', '2026-03-01']],
    ['QUARTER', '2026-03-31', '2026-04-02', ['2026-01-01', '2026-04-01']],
    ['YEAR', '2026-12-31', '2027-01-01', ['2026-01-01']],
    ['DAY', '2028-02-28', '2028-03-01', ['2028-02-28', '2028-02-29']],
    ['YEAR', '9998-07-01', LAST_DAY, ['9998-01-01', '9999-01-01']],
  ] as const)('by %s from %s to %s begin on %j', (by, from, to, firstDays) => {
    expect(bucketsOf({ from, to }, by, 'MONDAY', 100)).toEqual(firstDays);
  });

  test('over New Year follow the first day of the week', () => {
    const weeks = (start: (typeof WEEKDAYS)[number]) =>
      bucketsOf({ from: '2026-12-31', to: '2027-01-03' }, 'WEEK', start, 3);
    expect(WEEKDAYS.map(weeks)).toEqual([
      ['2026-12-28'],
      ['2026-12-29'],
      ['2026-12-30'],
      ['2026-12-31'],
      ['2026-12-25', '2027-01-01'],
      ['2026-12-26', '2027-01-02'],
      ['2026-12-27'],
    ]);
  });

  test('tile it without gap or overlap, and no more of them are made than allowed', () => {
    fc.assert(
      fc.property(range, unit, weekStart, ({ from, to }, by, start) => {
        const firstDays = bucketsOf({ from, to }, by, start, 800) ?? [];
        const ends = firstDays.map((first) => nextStart(first, by, start));
        expect(firstDays.slice(1)).toEqual(ends.slice(0, -1));
        expect(firstDays[0]).toBe(startOfUnit(from, by, start));
        expect((ends[0] ?? LAST_DAY) > from).toBe(true);
        expect((firstDays.at(-1) ?? to) < to).toBe(true);
        expect((ends.at(-1) ?? LAST_DAY) >= to).toBe(true);
        expect(bucketsOf({ from, to }, by, start, firstDays.length)).toEqual(firstDays);
        expect(bucketsOf({ from, to }, by, start, firstDays.length - 1)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test('are refused at once where they are many', () => {
    expect(bucketsOf({ from: '0001-01-01', to: LAST_DAY }, 'DAY', 'MONDAY', 10)).toBeNull();
  });
});

describe('the name of a bucket', () => {
  test.each([
    ['2026-11-24', 'DAY', '2026-11-24'],
    ['2026-11-23', 'WEEK', '2026-W48'],
    ['2026-11-01', 'MONTH', '2026-11'],
    ['2026-10-01', 'QUARTER', '2026-Q4'],
    ['2026-01-01', 'QUARTER', '2026-Q1'],
    ['2026-01-01', 'YEAR', '2026'],
    ['0009-04-01', 'QUARTER', '0009-Q2'],
    // The week of 1 January belongs to the year of its Thursday.
    ['2026-12-28', 'WEEK', '2026-W53'],
    ['2027-01-04', 'WEEK', '2027-W01'],
    ['2024-12-30', 'WEEK', '2025-W01'],
    ['2021-12-27', 'WEEK', '2021-W52'],
    ['2020-12-28', 'WEEK', '2020-W53'],
    ['0001-01-01', 'WEEK', '0001-W01'],
    ['9999-12-27', 'WEEK', '9999-W52'],
  ] as const)('from %s, a %s, is %s', (first, by, name) => {
    expect(bucketName(first, by, 'MONDAY')).toBe(name);
  });

  test('is the first day of weeks that do not begin on Monday', () => {
    expect(bucketName('2026-12-27', 'WEEK', 'SUNDAY')).toBe('2026-12-27');
  });

  /** By the rule that 4 January is in the first week, and by counting from there. */
  function weekNumber(monday: string): string {
    const firstMonday = (year: number) => startOfUnit(`${String(year).padStart(4, '0')}-01-04`, 'WEEK', 'MONDAY');
    let year = Number(monday.slice(0, 4));
    if (year < 9999 && firstMonday(year + 1) <= monday) year++;
    if (firstMonday(year) > monday) year--;
    const week = daysBetween(firstMonday(year), monday) / 7 + 1;
    return `${String(year).padStart(4, '0')}-W${String(week).padStart(2, '0')}`;
  }

  test('is the number of the week by ISO 8601', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const monday = startOfUnit(day, 'WEEK', 'MONDAY');
        expect(bucketName(monday, 'WEEK', 'MONDAY')).toBe(weekNumber(monday));
      }),
      { numRuns: 3000 },
    );
  });

  test('is that of no other bucket, and names sort like the buckets', () => {
    fc.assert(
      fc.property(range, unit, weekStart, (days, by, start) => {
        const names = (bucketsOf(days, by, start, 800) ?? []).map((first) => bucketName(first, by, start));
        expect([...new Set(names)].sort()).toEqual(names);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the name of a period', () => {
  test.each([
    ['2026-11-24', '2026-11-25', '2026-11-24'],
    ['2026-11-23', '2026-11-30', '2026-W48'],
    ['2026-11-01', '2026-12-01', '2026-11'],
    ['2026-10-01', '2027-01-01', '2026-Q4'],
    ['2026-01-01', '2027-01-01', '2026'],
    ['2026-01-15', '2026-03-20', '2026-01-15/2026-03-20'],
    ['2026-11-22', '2026-11-29', '2026-11-22/2026-11-29'],
    ['2026-11-01', '2027-02-01', '2026-11-01/2027-02-01'],
    ['2026-01-15', null, '2026-01-15/..'],
    [null, '2026-03-20', '../2026-03-20'],
    [null, null, '../..'],
  ])('from %s to %s is %s', (from, to, name) => {
    expect(periodName({ from, to })).toBe(name);
  });

  test('of one bucket is that of the bucket', () => {
    fc.assert(
      fc.property(anyDay, unit, (day, by) => {
        const from = startOfUnit(day, by, 'MONDAY');
        const to = nextStart(day, by, 'MONDAY');
        if (to !== null) expect(periodName({ from, to })).toBe(bucketName(from, by, 'MONDAY'));
      }),
    );
  });

  test('of two months is none of a bucket', () => {
    expect(periodName({ from: '2026-11-01', to: addMonths('2026-11-01', 2) })).toBe('2026-11-01/2027-01-01');
  });
});
