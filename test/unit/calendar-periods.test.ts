/** The days of a period: given, or the last so many weeks before a clock. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketsOf } from '../../src/domain/calendar/buckets.ts';
import { LAST_DAY } from '../../src/domain/calendar/days.ts';
import { type PeriodRequest, type ResolvedPeriod, resolvePeriod } from '../../src/domain/calendar/resolve.ts';
import { CALENDAR_UNITS, nextStart, startOfUnit, WEEKDAYS } from '../../src/domain/calendar/units.ts';
import { anyMoment, anyZone, dayIn } from '../kit/calendar.ts';

const ALL: PeriodRequest = { on: 'START', from: null, to: null, last: null, timeZone: null, weekStart: 'MONDAY' };
const nameOf = (argument: string): string => `period.${argument}`;
const resolve = (request: Partial<PeriodRequest>, at = '2026-11-28T12:00:00Z'): ResolvedPeriod =>
  resolvePeriod({ ...ALL, ...request }, Date.parse(at), nameOf);

const unit = fc.constantFrom(...CALENDAR_UNITS);
const weekStart = fc.constantFrom(...WEEKDAYS);

describe('the days of a period', () => {
  test.each([
    'UTC',
    'utc',
    'Europe/Berlin',
    'europe/berlin',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+12',
  ])('are those of any place, and of UTC: %s', (timeZone) => {
    expect(resolve({ timeZone })).toMatchObject({ timeZone });
  });

  test('are those that are given', () => {
    expect(resolve({ from: '2026-01-15', to: '2026-03-20', on: 'REVIEW', weekStart: 'SUNDAY' })).toEqual({
      on: 'REVIEW',
      from: '2026-01-15',
      to: '2026-03-20',
      timeZone: null,
      weekStart: 'SUNDAY',
    });
    expect(resolve({ to: '2026-03-20' })).toMatchObject({ from: null, to: '2026-03-20' });
    expect(resolve({})).toMatchObject({ from: null, to: null });
  });

  // 2026-11-28 is a Saturday.
  test.each([
    [1, 'DAY', false, '2026-11-27', '2026-11-28'],
    [7, 'DAY', true, '2026-11-21', '2026-11-29'],
    [1, 'WEEK', false, '2026-11-16', '2026-11-23'],
    [8, 'WEEK', true, '2026-09-28', '2026-11-30'],
    [12, 'MONTH', false, '2025-11-01', '2026-11-01'],
    [1, 'MONTH', true, '2026-10-01', '2026-12-01'],
    [4, 'QUARTER', false, '2025-10-01', '2026-10-01'],
    [1, 'QUARTER', true, '2026-07-01', '2027-01-01'],
    [400, 'YEAR', false, '1626-01-01', '2026-01-01'],
  ] as const)('of the last %i %s (and the present one: %s) are from %s to %s', (count, by, andCurrent, from, to) => {
    expect(resolve({ last: { count, unit: by, andCurrent } })).toMatchObject({ from, to });
  });

  test.each([
    ['2026-11-29T23:59:59Z', null, '2026-11-16', '2026-11-23'],
    ['2026-11-30T00:00:00Z', null, '2026-11-23', '2026-11-30'],
    ['2026-11-29T23:00:00Z', 'Europe/Berlin', '2026-11-23', '2026-11-30'],
    ['2026-11-29T22:59:59Z', 'Europe/Berlin', '2026-11-16', '2026-11-23'],
    ['2026-11-29T10:00:00Z', 'Pacific/Kiritimati', '2026-11-23', '2026-11-30'],
    ['2026-11-29T18:29:59Z', 'Asia/Kolkata', '2026-11-16', '2026-11-23'],
    ['2026-11-29T18:30:00Z', 'Asia/Kolkata', '2026-11-23', '2026-11-30'],
  ])('of last week at %s in %s are from %s to %s', (at, timeZone, from, to) => {
    expect(resolve({ last: { count: 1, unit: 'WEEK', andCurrent: false }, timeZone }, at)).toMatchObject({ from, to });
  });

  test('of the last units are so many whole ones, before that of the day in the zone', () => {
    fc.assert(
      fc.property(
        anyMoment,
        anyZone,
        unit,
        weekStart,
        fc.integer({ min: 1, max: 60 }),
        (at, timeZone, by, start, count) => {
          const last = { count, unit: by, andCurrent: false };
          const asked = { ...ALL, timeZone, weekStart: start };
          const { from, to } = resolvePeriod({ ...asked, last }, at, nameOf);
          if (from === null || to === null) throw new Error('both ends are known');
          expect(to).toBe(startOfUnit(dayIn(timeZone, at), by, start));
          expect(bucketsOf({ from, to }, by, start, count)).toHaveLength(count);
          expect(startOfUnit(from, by, start)).toBe(from);
          const withPresent = resolvePeriod({ ...asked, last: { ...last, andCurrent: true } }, at, nameOf);
          expect(withPresent).toMatchObject({ from, to: nextStart(to, by, start) });
        },
      ),
      { numRuns: 500 },
    );
  });

  const lastWeeks = (count: number) => ({ count, unit: 'WEEK' as const, andCurrent: false });
  test.each<[Partial<PeriodRequest>, string]>([
    [
      { from: '2026-02-30' },
      'period.from: "2026-02-30" is not a day; accepted are days from 0001-01-01 to 9999-12-31, written like 2026-11-24.',
    ],
    [
      { from: '2026-01-01', to: '2026-1-2' },
      'period.to: "2026-1-2" is not a day; accepted are days from 0001-01-01 to 9999-12-31, written like 2026-11-24.',
    ],
    [
      { from: '2026-03-20', to: '2026-03-20' },
      'period.from: "2026-03-20" is not before period.to, "2026-03-20"; period.to is the day after the last.',
    ],
    [
      { to: '2026-03-20', last: lastWeeks(1) },
      'period.to: "2026-03-20" and period.last exclude each other; give either period.last, or period.from and period.to.',
    ],
    [
      { from: '2026-03-20', last: lastWeeks(1) },
      'period.from: "2026-03-20" and period.last exclude each other; give either period.last, or period.from and period.to.',
    ],
    [
      { last: lastWeeks(0) },
      'period.last.count: 0 is not accepted; it must be a whole number from 1 to 400, or 0 with andCurrent.',
    ],
    [
      { last: lastWeeks(401) },
      'period.last.count: 401 is not accepted; it must be a whole number from 1 to 400, or 0 with andCurrent.',
    ],
    [
      { last: lastWeeks(1.5) },
      'period.last.count: 1.5 is not accepted; it must be a whole number from 1 to 400, or 0 with andCurrent.',
    ],
    [
      { timeZone: '+01:00' },
      'period.timeZone: "+01:00" is not a time zone; accepted are the names of the IANA database, such as Europe/Berlin.',
    ],
    [
      { timeZone: 'Europe/Berlin; DROP' },
      'period.timeZone: "Europe/Berlin; DROP" is not a time zone; accepted are the names of the IANA database, such as Europe/Berlin.',
    ],
    ...['CET', 'BST', 'EST', 'gmt'].map((timeZone): [Partial<PeriodRequest>, string] => [
      { timeZone },
      `period.timeZone: "${timeZone}" doesn’t mean the same everywhere; give a place, such as Europe/Berlin, or UTC.`,
    ]),
  ])('are refused: %j', (request, message) => {
    expect(() => resolve(request)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', message }));
  });

  test('are refused where there is no calendar', () => {
    const last = { count: 20, unit: 'YEAR', andCurrent: false } as const;
    expect(() => resolve({ last }, '0020-06-01T00:00:00Z')).toThrow(
      'period.last: 20 YEAR counted from 0020-06-01 is not within the years 0001 to 9999; choose another count or clock.',
    );
    const present = { count: 1, unit: 'DAY', andCurrent: true } as const;
    expect(() => resolve({ last: present }, '9999-12-31T12:00:00Z')).toThrow('period.last: 1 DAY');
    // The clock in the zone shows the year 10000.
    expect(
      resolve({ last: { ...present, andCurrent: false }, timeZone: 'Pacific/Kiritimati' }, '9999-12-31T23:00:00Z'),
    ).toMatchObject({ from: '9999-12-30', to: LAST_DAY });
  });
});
