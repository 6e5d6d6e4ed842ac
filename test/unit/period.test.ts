/** The days that names such as last-week mean, at any moment and in any zone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PERIOD_NAMES, periodAt } from '../../src/domain/period.ts';

const daysAt = (now: string, name: string, timeZone: string | null = null): string => {
  const { firstDay, lastDay } = periodAt(Date.parse(now), name, timeZone);
  return `${firstDay} ${lastDay}`;
};

describe('the days', () => {
  test.each([
    ['2026-11-28T12:00:00Z', 'last-day', '2026-11-27 2026-11-27'],
    ['2026-11-28T12:00:00Z', 'this-day', '2026-11-28 2026-11-28'],
    ['2026-11-30T12:00:00Z', 'next-day', '2026-12-01 2026-12-01'],
    // Weeks begin on Monday; 2026-11-29 is a Sunday.
    ['2026-11-29T23:59:59Z', 'this-week', '2026-11-23 2026-11-29'],
    ['2026-11-30T00:00:00Z', 'this-week', '2026-11-30 2026-12-06'],
    ['2026-11-30T00:00:00Z', 'last-week', '2026-11-23 2026-11-29'],
    ['2027-01-01T00:00:00Z', 'this-week', '2026-12-28 2027-01-03'],
    ['2026-03-31T12:00:00Z', 'last-month', '2026-02-01 2026-02-28'],
    ['2028-01-31T12:00:00Z', 'next-month', '2028-02-01 2028-02-29'],
    ['2026-12-31T23:59:59Z', 'next-month', '2027-01-01 2027-01-31'],
    ['2026-01-15T12:00:00Z', 'last-quarter', '2025-10-01 2025-12-31'],
    ['2026-11-28T12:00:00Z', 'this-quarter', '2026-10-01 2026-12-31'],
    ['2026-11-28T12:00:00Z', 'next-quarter', '2027-01-01 2027-03-31'],
    ['2026-11-28T12:00:00Z', 'last-year', '2025-01-01 2025-12-31'],
    ['2026-11-28T12:00:00Z', 'next-year', '2027-01-01 2027-12-31'],
  ])('at %s of %s are %s', (now, name, days) => {
    expect(daysAt(now, name)).toBe(days);
    expect(daysAt(now, name, 'UTC')).toBe(days);
  });

  test('are counted from the day that it is in the zone', () => {
    expect(daysAt('2026-11-28T12:00:00Z', 'this-day', 'Pacific/Kiritimati')).toBe('2026-11-29 2026-11-29');
    expect(daysAt('2026-11-28T04:00:00Z', 'this-day', 'America/Los_Angeles')).toBe('2026-11-27 2026-11-27');
    expect(daysAt('2026-12-31T23:30:00Z', 'this-year', 'Europe/Berlin')).toBe('2027-01-01 2027-12-31');
  });
});

describe('the bounds', () => {
  test('are wall clocks without a zone', () => {
    expect(periodAt(Date.parse('2026-11-28T12:00:00Z'), 'this-quarter', null)).toEqual({
      name: 'this-quarter',
      timeZone: null,
      firstDay: '2026-10-01',
      lastDay: '2026-12-31',
      startsFrom: '2026-10-01T00:00:00',
      startsBefore: '2027-01-01T00:00:00',
    });
  });

  test.each([
    // Clocks are put back in between.
    ['2026-11-28T12:00:00Z', 'this-quarter', 'Europe/Berlin', '2026-09-30T22:00:00Z', '2026-12-31T23:00:00Z'],
    ['2026-11-28T12:00:00Z', 'this-day', 'Asia/Kolkata', '2026-11-27T18:30:00Z', '2026-11-28T18:30:00Z'],
    // Clocks are put forward at midnight: the day begins at one.
    ['2026-04-24T12:00:00Z', 'this-day', 'Africa/Cairo', '2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z'],
    ['2017-10-15T12:00:00Z', 'this-day', 'America/Sao_Paulo', '2017-10-15T03:00:00Z', '2017-10-16T02:00:00Z'],
    // Clocks are put back at midnight, so that the day before has 25 hours.
    ['2018-02-17T12:00:00Z', 'this-day', 'America/Sao_Paulo', '2018-02-17T02:00:00Z', '2018-02-18T03:00:00Z'],
    // Clocks are put back at one, to midnight: the day begins with the first of the two.
    ['2026-11-01T12:00:00Z', 'this-day', 'America/Havana', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
    // A day that there wasn't has no time.
    ['2011-12-31T00:00:00Z', 'last-day', 'Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-30T10:00:00Z'],
  ])('at %s of %s in %s are instants', (now, name, timeZone, startsFrom, startsBefore) => {
    expect(periodAt(Date.parse(now), name, timeZone)).toMatchObject({ startsFrom, startsBefore });
  });
});

/** Moments from the last time that clocks were put back across midnight, which shows a day again that had ended, for a century. */
const moment = fc.integer({ min: Date.parse('2012-01-01T00:00:00Z'), max: Date.parse('2112-01-01T00:00:00Z') });
const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC');

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day in a zone, as the runtime writes it, so without any arithmetic. */
function dayIn(timeZone: string, instant: number): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(instant);
}

const DAY_MS = 86_400_000;
const nextDay = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

/** What is the same for all days of a period: found by looking at one day, without any arithmetic of months or weeks. */
const SAME: Record<string, (day: string) => string> = {
  day: (day) => day,
  // The days since a Monday.
  week: (day) => String(Math.floor((Date.parse(day) - Date.parse('2000-01-03')) / (7 * DAY_MS))),
  month: (day) => day.slice(0, 7),
  quarter: (day) => `${day.slice(0, 4)} ${[1, 2, 3, 4].find((quarter) => Number(day.slice(5, 7)) <= 3 * quarter)}`,
  year: (day) => day.slice(0, 4),
};

test('the instants of a period in a zone are those on whose days the clocks there show one of its days', () => {
  const cases = fc.record({
    now: moment,
    name: fc.constantFrom(...PERIOD_NAMES),
    timeZone: zone,
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(cases, ({ now, name, timeZone, part }) => {
      const { firstDay, lastDay, startsFrom, startsBefore } = periodAt(now, name, timeZone);
      const [from, before] = [Date.parse(startsFrom), Date.parse(startsBefore)];
      const day = (instant: number) => dayIn(timeZone, instant);
      const within = Math.floor(from + part * (before - 1 - from));
      expect([day(from), day(before - 1)]).toEqual([firstDay, lastDay]);
      expect(day(from - 1) < firstDay && day(before) > lastDay).toBe(true);
      expect(day(within) >= firstDay && day(within) <= lastDay).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('a period is all days of one day, week, month, quarter or year: that of today, the one before or the one after', () => {
  fc.assert(
    fc.property(moment, fc.constantFrom(...Object.keys(SAME)), zone, (now, length, timeZone) => {
      const same = SAME[length] as (day: string) => string;
      const [last, present, next] = ['last', 'this', 'next'].map((which) =>
        periodAt(now, `${which}-${length}`, timeZone),
      );
      if (!last || !present || !next) throw new Error('there are three');
      const today = dayIn(timeZone, now);
      expect(present.firstDay <= today && today <= present.lastDay).toBe(true);
      for (const { firstDay, lastDay } of [last, present, next]) {
        expect(same(firstDay)).toBe(same(lastDay));
        expect(same(nextDay(lastDay))).not.toBe(same(lastDay));
      }
      // They follow each other without a gap, in days and in instants.
      expect([nextDay(last.lastDay), nextDay(present.lastDay)]).toEqual([present.firstDay, next.firstDay]);
      expect([last.startsBefore, present.startsBefore]).toEqual([present.startsFrom, next.startsFrom]);
      const wall = periodAt(Date.parse(`${today}T00:00:00Z`), `this-${length}`, null);
      expect([wall.firstDay, wall.lastDay]).toEqual([present.firstDay, present.lastDay]);
    }),
    { numRuns: 1000 },
  );
});
