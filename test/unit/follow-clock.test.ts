/** What is asked when the clock has moved: the same measures of days that have moved along. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followDays } from '../../src/domain/calendar/follow.ts';
import { METRIC_COMPARISONS } from '../../src/domain/calendar/shift.ts';
import { startOfUnit, WEEKDAYS } from '../../src/domain/calendar/units.ts';
import { ALWAYS } from '../../src/domain/condition.ts';
import { followClock } from '../../src/domain/metrics/follow-clock.ts';
import { ALL_TIME, resolveMetrics } from '../../src/domain/metrics/request.ts';
import { OPERATOR } from '../../src/domain/viewer.ts';
import { anyMoment, anyZone } from '../kit/calendar.ts';

const WORDS = { argument: String, constant: String, measure: () => 'appointments' };
const DAY_MS = 86_400_000;

describe('the days of a period', () => {
  // From Thursday, 26 November 2026, to Monday, 30 November.
  const followed = (from: string | null, to: string | null) => {
    const found = followDays({ ...ALL_TIME, from, to }, '2026-11-26', '2026-11-30');
    return [found?.from ?? null, found?.to ?? null];
  };

  test.each([
    ['the last week', '2026-11-16', '2026-11-23', '2026-11-23', '2026-11-30'],
    ['twelve weeks to the present one', '2026-09-07', '2026-11-30', '2026-09-14', '2026-12-07'],
    ['all from a week on', '2026-11-09', null, '2026-11-16', null],
    ['today', '2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01'],
    ['the next seven days', '2026-11-26', '2026-12-03', '2026-11-30', '2026-12-07'],
    ['all from today on', '2026-11-26', null, '2026-11-30', null],
    ['the last thirty days', '2026-10-27', '2026-11-26', '2026-10-31', '2026-11-30'],
    ['the last thirty days, with today', '2026-10-28', '2026-11-27', '2026-11-01', '2026-12-01'],
    ['all before today', null, '2026-11-26', null, '2026-11-30'],
  ])('of %s move along', (_what, from, to, nextFrom, nextTo) => {
    expect(followed(from, to)).toEqual([nextFrom, nextTo]);
  });

  test.each([
    ['all time', null, null],
    ['a month', '2026-10-01', '2026-11-01'],
    ['any others', '2026-11-03', '2026-11-19'],
  ])('of %s stay', (_what, from, to) => {
    expect(followed(from, to)).toEqual([from, to]);
  });

  test('that would leave the calendar are none', () => {
    expect(followDays({ ...ALL_TIME, from: '2026-11-26', to: '9999-12-31' }, '2026-11-26', '2026-11-30')).toBeNull();
  });
});

test('what is counted from the clock by days or weeks is asked as it would be at the next clock', () => {
  const unit = fc.constantFrom('DAY', 'WEEK');
  const period = fc.record({
    last: fc.record({ count: fc.integer({ min: 1, max: 60 }), unit, andCurrent: fc.boolean() }),
    timeZone: fc.option(anyZone),
    weekStart: fc.constantFrom(...WEEKDAYS),
  });
  const groupBy = fc.constantFrom([], ['WEEK'], ['DAY', 'JOB'], ['INTERVIEWER'], ['MONTH']);
  const compareTo = fc.option(fc.constantFrom(...METRIC_COMPARISONS));
  const later = fc.integer({ min: 1, max: 40 * DAY_MS });
  fc.assert(
    fc.property(period, groupBy, compareTo, fc.boolean(), anyMoment, later, (given, by, compared, fill, at, more) => {
      const resolvedAt = (knownAt: number) => {
        const request = { ...ALL_TIME, ...given } as typeof ALL_TIME;
        return resolveMetrics(
          {
            ...{ where: ALWAYS, period: request, groupBy: by as never, having: [], orderBy: [], first: null, at: null },
            ...{ compareTo: compared, fill },
          },
          { viewer: OPERATOR, knownAt, now: 0, words: WORDS },
        );
      };
      const [before, after] = [resolvedAt(at), resolvedAt(at + more)];
      const { from, to, weekStart } = before.period;
      const isWeek = (day: string | null) => day === startOfUnit(day ?? '', 'WEEK', weekStart);
      // Days that happen to be whole weeks are taken for weeks.
      fc.pre(given.last.unit === 'WEEK' || !isWeek(from) || !isWeek(to));
      const values = [{ measure: 'appointments', part: 'value' }] as const;
      for (const which of ['groups', 'total'] as const)
        expect(JSON.stringify(followClock(before[which](values), at, at + more))).toBe(
          JSON.stringify(after[which](values)),
        );
    }),
  );
});
