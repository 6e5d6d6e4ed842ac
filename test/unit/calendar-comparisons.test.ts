/** The time that a period is compared with. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketsOf } from '../../src/domain/calendar/buckets.ts';
import { completenessAt } from '../../src/domain/calendar/complete.ts';
import { addDays, addMonths, daysBetween, LAST_DAY } from '../../src/domain/calendar/days.ts';
import { type ResolvedPeriod, resolvePeriod } from '../../src/domain/calendar/resolve.ts';
import { compareWith, METRIC_COMPARISONS, type MetricComparison } from '../../src/domain/calendar/shift.ts';
import { CALENDAR_UNITS, type CalendarUnit, WEEKDAYS } from '../../src/domain/calendar/units.ts';
import { anyMoment, anyZone, clockIn, dayBetween, dayIn } from '../kit/calendar.ts';

const ALL: ResolvedPeriod = { on: 'START', from: null, to: null, timeZone: null, weekStart: 'MONDAY' };
const nameOf = (argument: string): string => `period.${argument}`;
const WORDS = { argument: nameOf, constant: (name: string): string => name };

const asking = (comparison: MetricComparison, unit: CalendarUnit | null, lastUnit: CalendarUnit | null = null) => ({
  ...{ comparison, unit, lastUnit },
});

const unit = fc.constantFrom(...CALENDAR_UNITS);
const weekStart = fc.constantFrom(...WEEKDAYS);

describe('a period is compared', () => {
  const compared = (
    from: string,
    to: string,
    comparison: MetricComparison,
    by: CalendarUnit | null = null,
    more: Partial<ResolvedPeriod> = {},
    at = '2026-11-28T12:34:56Z',
  ) => {
    const found = compareWith({ ...ALL, from, to, ...more }, Date.parse(at), asking(comparison, by), WORDS);
    const { period, bucketShift } = found;
    return { period: `${period.from} ${period.to}`, at: new Date(found.at).toISOString().slice(0, 19), bucketShift };
  };

  test.each([
    ['2026-11-16', '2026-11-23', 'PREVIOUS_PERIOD', 'DAY', '2026-11-09 2026-11-16', '2026-11-21', { days: 7 }],
    ['2026-11-18', '2026-11-28', 'PREVIOUS_PERIOD', 'WEEK', '2026-11-08 2026-11-18', '2026-11-18', { days: 14 }],
    ['2026-11-01', '2026-12-01', 'PREVIOUS_PERIOD', 'DAY', '2026-10-01 2026-11-01', '2026-10-28', { days: 31 }],
    ['2026-11-01', '2026-12-01', 'PREVIOUS_PERIOD', 'WEEK', '2026-10-01 2026-11-01', '2026-10-28', { days: 28 }],
    ['2026-10-01', '2027-01-01', 'PREVIOUS_PERIOD', 'MONTH', '2026-07-01 2026-10-01', '2026-08-28', { months: 3 }],
    ['2026-01-01', '2027-01-01', 'PREVIOUS_PERIOD', 'YEAR', '2025-01-01 2026-01-01', '2025-11-28', { months: 12 }],
    ['2026-01-01', '2027-01-01', 'PREVIOUS_PERIOD', 'WEEK', '2025-01-01 2026-01-01', '2025-11-28', { days: 364 }],
    ['2026-11-01', '2026-12-01', 'PREVIOUS_PERIOD', 'QUARTER', '2026-10-01 2026-11-01', '2026-10-28', { months: 0 }],
    ['2026-01-15', '2026-03-20', 'PREVIOUS_PERIOD', 'MONTH', '2025-11-12 2026-01-15', '2026-09-25', { months: 2 }],
    ['2026-11-16', '2026-11-23', 'PREVIOUS_YEAR', 'DAY', '2025-11-17 2025-11-24', '2025-11-29', { days: 364 }],
    ['2026-11-16', '2026-11-23', 'PREVIOUS_YEAR', 'WEEK', '2025-11-17 2025-11-24', '2025-11-29', { days: 364 }],
    ['2026-11-16', '2026-11-23', 'PREVIOUS_YEAR', 'MONTH', '2025-11-16 2025-11-23', '2025-11-28', { months: 12 }],
    ['2026-11-16', '2026-11-23', 'PREVIOUS_YEAR', null, '2025-11-16 2025-11-23', '2025-11-28', null],
    // The 29th of February is its end elsewhere, as the last day and as the day after it.
    ['2028-02-01', '2028-03-01', 'PREVIOUS_YEAR', null, '2027-02-01 2027-03-01', '2025-11-28', null],
    ['2029-02-01', '2029-03-01', 'PREVIOUS_YEAR', null, '2028-02-01 2028-03-01', '2025-11-28', null],
    ['2028-02-29', '2028-03-07', 'PREVIOUS_YEAR', null, '2027-02-28 2027-03-07', '2025-11-28', null],
    ['2028-02-28', '2028-02-29', 'PREVIOUS_YEAR', null, '2027-02-28 2027-03-01', '2025-11-28', null],
  ] as const)('from %s to %s with the %s by %s: %s, at %s', (from, to, comparison, by, period, day, bucketShift) => {
    expect(compared(from, to, comparison, by)).toEqual({ period, at: `${day}T12:34:56`, bucketShift });
  });

  test.each([
    ['WEEK', 3, '2027-01-04 2027-02-01'],
    ['DAY', 27, '2027-01-04 2027-02-01'],
    ['MONTH', 0, '2027-01-01 2027-02-01'],
  ] as const)('by %s, %i and the current one, in a February of four weeks: %s', (counted, count, previous) => {
    const at = Date.parse(counted === 'DAY' ? '2027-02-28T12:00:00Z' : '2027-02-22T12:00:00Z');
    const last = { count, unit: counted, andCurrent: true };
    const period = resolvePeriod({ ...ALL, last }, at, nameOf);
    expect(`${period.from} ${period.to}`).toBe('2027-02-01 2027-03-01');
    const { period: found } = compareWith(period, at, asking('PREVIOUS_PERIOD', 'WEEK', counted), WORDS);
    expect(`${found.from} ${found.to}`).toBe(previous);
  });

  test('from 31 March with the last day of the month before', () => {
    expect(compared('2026-03-01', '2026-04-01', 'PREVIOUS_PERIOD', null, {}, '2026-03-31T08:00:00Z')).toEqual({
      period: '2026-02-01 2026-03-01',
      at: '2026-02-28T08:00:00',
      bucketShift: null,
    });
  });

  test.each([
    // Summer and winter: the clock on the wall is the same.
    ['2026-11-28T12:00:00Z', 'Europe/Berlin', '2026-05-28T11:00:00'],
    // 02:30 was skipped on 2026-03-29: it is 03:30.
    ['2026-09-29T00:30:00Z', 'Europe/Berlin', '2026-03-29T01:30:00'],
    // 02:30 is twice on 2026-10-25: the second.
    ['2027-04-25T00:30:00Z', 'Europe/Berlin', '2026-10-25T01:30:00'],
    ['2026-11-27T18:30:00Z', 'Asia/Kolkata', '2026-05-27T18:30:00'],
    // 00:30 was skipped on 2017-10-15.
    ['2018-04-15T03:30:00Z', 'America/Sao_Paulo', '2017-10-15T03:30:00'],
    // 2011-12-30 was skipped: its noon would have been that of the 31st.
    ['2012-06-29T23:00:00Z', 'Pacific/Apia', '2011-12-30T22:00:00'],
    ['2026-11-28T12:00:00Z', null, '2026-05-28T12:00:00'],
  ])('at the same time of day: %s in %s half a year before is %s', (at, timeZone, moved) => {
    expect(compared('2026-01-01', '2026-07-01', 'PREVIOUS_PERIOD', null, { timeZone }, at).at).toBe(moved);
  });

  test('only if it has a beginning and an end, within the calendar', () => {
    expect(() => compared('2026-01-01', null as never, 'PREVIOUS_PERIOD')).toThrow(
      'compareTo: PREVIOUS_PERIOD needs a period with a beginning and an end, and this one has no end; give period.from and period.to, or period.last.',
    );
    expect(() => compared('0001-06-01', '0001-07-10', 'PREVIOUS_YEAR')).toThrow(
      'compareTo: PREVIOUS_YEAR of 0001-06-01/0001-07-10 is not within the years 0001 to 9999; ask for a later period, or leave out compareTo.',
    );
    expect(() => compared('2026-01-01', '2027-01-01', 'PREVIOUS_YEAR', null, {}, '0001-06-01T00:00:00Z')).toThrow(
      'compareTo: PREVIOUS_YEAR of 2026 is not within',
    );
  });

  const range = fc
    .tuple(dayBetween('1990-01-01', '2030-12-31'), fc.integer({ min: 1, max: 800 }))
    .map(([from, days]) => ({ from, to: addDays(from, days) ?? LAST_DAY }));

  test('with as many days, or whole months, directly before it', () => {
    fc.assert(
      fc.property(fc.oneof(range, wholeMonths), fc.option(unit), weekStart, (days, by, start) => {
        const period = { ...ALL, ...days, weekStart: start };
        const { period: previous } = compareWith(period, 0, asking('PREVIOUS_PERIOD', by), WORDS);
        expect(previous).toEqual({ ...period, from: previous.from, to: period.from });
        if (days.from.endsWith('-01') && days.to.endsWith('-01')) expect(previous.from).toMatch(/-01$/);
        else expect(daysBetween(previous.from, previous.to)).toBe(daysBetween(days.from, days.to));
      }),
    );
  });

  const wholeMonths = fc
    .tuple(dayBetween('1990-01-01', '2030-12-31'), fc.integer({ min: 1, max: 36 }))
    .map(([day, months]) => ({
      from: `${day.slice(0, 7)}-01`,
      to: addMonths(`${day.slice(0, 7)}-01`, months) ?? LAST_DAY,
    }));

  test('bucket by bucket, by position', () => {
    const comparison = fc.constantFrom(...METRIC_COMPARISONS);
    fc.assert(
      fc.property(fc.oneof(range, wholeMonths), comparison, unit, weekStart, (days, how, by, start) => {
        const period = { ...ALL, ...days, weekStart: start };
        const { period: previous, bucketShift } = compareWith(period, 0, asking(how, by), WORDS);
        const present = bucketsOf(days, by, start, 2000) ?? [];
        const moved = (bucketsOf(previous, by, start, 2000) ?? []).map((first) =>
          bucketShift === null
            ? null
            : 'days' in bucketShift
              ? addDays(first, bucketShift.days)
              : addMonths(first, bucketShift.months),
        );
        const both = Math.min(present.length, moved.length);
        expect(both).toBeGreaterThan(0);
        expect(moved.slice(0, both)).toEqual(present.slice(0, both));
      }),
      { numRuns: 500 },
    );
  });

  test('with the clock on the wall moved by as many days as the period, in any zone', () => {
    fc.assert(
      fc.property(range, anyMoment, anyZone, (days, at, timeZone) => {
        const period = { ...ALL, ...days, timeZone };
        const found = compareWith(period, at, asking('PREVIOUS_YEAR', 'WEEK'), WORDS);
        const wanted = `${addDays(dayIn(timeZone, at), -364)}${clockIn(timeZone, at).slice(10)}`;
        // Later on the same day, or the next, where the clocks of the zone skip this time.
        const shown = clockIn(timeZone, found.at);
        expect(shown === wanted || (shown > wanted && isSkipped(timeZone, wanted))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  /** Whether no quarter of an hour around it shows the hour of this clock. */
  function isSkipped(timeZone: string, clock: string): boolean {
    const near = Date.parse(`${clock.replace(' ', 'T')}Z`);
    for (let instant = near - 86_400_000; instant <= near + 86_400_000; instant += 900_000)
      if (clockIn(timeZone, instant) === clock) return false;
    return true;
  }
});

test('a bucket of a period is complete exactly if the one at its position was at the clock that was moved alike', () => {
  fc.assert(
    fc.property(anyMoment, anyZone, fc.integer({ min: 1, max: 8 }), (at, timeZone, count) => {
      const last = { count, unit: 'WEEK' as const, andCurrent: true };
      const period = resolvePeriod({ ...ALL, timeZone, last }, at, nameOf);
      const previous = compareWith(period, at, asking('PREVIOUS_PERIOD', 'WEEK', 'WEEK'), WORDS);
      const complete = (of: ResolvedPeriod, clock: number) =>
        (bucketsOf({ from: of.from ?? '', to: of.to ?? '' }, 'WEEK', 'MONDAY', 10) ?? []).map((from) =>
          completenessAt(of, clock)({ from, to: addDays(from, 7) }),
        );
      expect(complete(period, at)).toEqual([...Array.from({ length: count }, () => true), false]);
      // Apia's lacking day is a Friday: what is moved to it is the Saturday of the same week.
      expect(complete(previous.period, previous.at)).toEqual(complete(period, at));
    }),
    { numRuns: 500 },
  );
});
