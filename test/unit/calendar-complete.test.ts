/** Whether the days of a bucket or a period are over. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completenessAt } from '../../src/domain/calendar/complete.ts';
import { addDays, LAST_DAY } from '../../src/domain/calendar/days.ts';
import { METRIC_DATES, type ResolvedPeriod } from '../../src/domain/calendar/resolve.ts';
import { anyMoment, anyZone, dayIn } from '../kit/calendar.ts';

const ALL: ResolvedPeriod = { on: 'START', from: null, to: null, timeZone: null, weekStart: 'MONDAY' };

describe('a bucket is complete', () => {
  const wide: ResolvedPeriod = { ...ALL, from: '2000-01-01', to: '2100-01-01' };

  // From which second on: not one second before.
  test.each([
    ['2026-W48', '2026-11-30', 'Europe/Berlin', '2026-11-29T23:00:00Z'],
    ['before clocks are put forward', '2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
    ['of 23 hours', '2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
    ['of 25 hours', '2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00Z'],
    ['of the first zone', '2026-11-24', 'Pacific/Kiritimati', '2026-11-23T10:00:00Z'],
    ['half an hour off', '2026-11-24', 'Asia/Kolkata', '2026-11-23T18:30:00Z'],
    // Clocks were put forward at midnight, to one.
    ['before a skipped midnight', '2017-10-15', 'America/Sao_Paulo', '2017-10-15T03:00:00Z'],
    ['after a skipped midnight', '2017-10-16', 'America/Sao_Paulo', '2017-10-16T02:00:00Z'],
    // They were put back at midnight, to eleven: the day isn't over before its 25th hour is.
    ['of 25 hours, the last twice', '2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00Z'],
    // 2011-12-30 there was not: it is over with the day before.
    ['before the day that there was not', '2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['that there was not', '2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['after the day that there was not', '2012-01-01', 'Pacific/Apia', '2011-12-31T10:00:00Z'],
    ['of UTC', '2026-11-24', 'UTC', '2026-11-24T00:00:00Z'],
    // Each interview's own zone: the last where it ends are twelve hours behind UTC.
    ['of own zones', '2026-11-24', null, '2026-11-24T12:00:00Z'],
  ])('%s, to %s in %s, from %s on', (_, to, timeZone, end) => {
    const from = addDays(to, -1);
    const at = (instant: number) => completenessAt({ ...wide, timeZone }, instant)({ from, to });
    expect(at(Date.parse(end))).toBe(true);
    expect(at(Date.parse(end) - 1000)).toBe(false);
  });

  test.each(['CREATE', 'UPDATE', 'REVIEW'] as const)('by the date %s without a zone when it is over in UTC', (on) => {
    const at = (instant: string) =>
      completenessAt({ ...wide, on }, Date.parse(instant))({ from: '2026-11-23', to: '2026-11-24' });
    expect([at('2026-11-23T23:59:59Z'), at('2026-11-24T00:00:00Z')]).toEqual([false, true]);
  });

  test('only if the period has all of it', () => {
    const bucket = { from: '2026-11-23', to: '2026-11-30' };
    const within = (from: string | null, to: string | null) =>
      completenessAt({ ...ALL, from, to }, Date.parse('2027-01-01T00:00:00Z'))(bucket);
    expect([within('2026-11-23', '2026-11-30'), within('2026-11-24', '2026-11-30')]).toEqual([true, false]);
    expect([within('2026-11-23', '2026-11-29'), within(null, null)]).toEqual([false, true]);
    expect([within('2026-11-24', null), within(null, '2026-11-29')]).toEqual([false, false]);
  });

  test('like a whole period, if it has an end', () => {
    const complete = (from: string | null, to: string | null) => {
      const period = { ...ALL, from, to };
      return completenessAt(period, Date.parse('2027-01-01T00:00:00Z'))(period);
    };
    expect([complete('2026-01-01', '2026-12-01'), complete(null, '2026-12-01')]).toEqual([true, true]);
    expect([complete('2026-01-01', '2027-01-02'), complete('2026-01-01', null), complete(null, null)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('when no clock shows one of its days any more, in a zone or in all of them', () => {
    const cases = fc.record({
      at: anyMoment,
      timeZone: fc.option(anyZone),
      on: fc.constantFrom(...METRIC_DATES),
      days: fc.integer({ min: -2, max: 2 }),
      later: fc.integer({ min: 0, max: 50 * 3600 }),
    });
    fc.assert(
      fc.property(cases, ({ at, timeZone, on, days, later }) => {
        const shown = timeZone ?? (on === 'START' ? 'Etc/GMT+12' : 'UTC');
        const to = addDays(dayIn(shown, at), days) ?? LAST_DAY;
        const complete = completenessAt({ ...wide, on, timeZone }, at)({ from: addDays(to, -1), to });
        if (complete) expect(dayIn(shown, at + later * 1000) >= to).toBe(true);
        else expect(dayIn(shown, at) < to).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
