import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIsoDate, resolveInstant, utcClock, zoneClock } from '../../src/domain/values/date.ts';
import { parseDatePattern } from '../../src/domain/values/date-pattern.ts';
import { patternTokens } from '../../src/domain/values/date-pattern-tokens.ts';
import { InvalidValue } from '../../src/domain/values/invalid-value.ts';
import { isWallClock, readWallClock, writeWallClock } from '../../src/domain/values/wall-clock.ts';
import { wallClock, ZONES } from '../kit/reading.ts';

describe('a wall clock', () => {
  test.each([
    ['2024-02-29T23:59:59', true],
    ['0001-01-01T00:00:00', true],
    ['9999-12-31T23:59:59', true],
    ['2000-02-29T00:00:00', true],
    ['1900-02-29T00:00:00', false],
    ['2023-02-29T00:00:00', false],
    ['2024-04-31T00:00:00', false],
    ['2024-00-10T00:00:00', false],
    ['2024-13-10T00:00:00', false],
    ['2024-01-00T00:00:00', false],
    ['0000-01-01T00:00:00', false],
    ['2024-01-01T24:00:00', false],
    ['2024-01-01T00:60:00', false],
    ['2024-01-01T00:00:60', false],
    ['2024-01-01 00:00:00', false],
    ['2024-01-01T00:00:0', false],
    ['2024-01-01T00:00:00Z', false],
    ['2024-01-01T0٠:00:00', false],
    ['+024-01-01T00:00:00', false],
  ])('%s: %s', (text, real) => {
    expect(isWallClock(text)).toBe(real);
    if (real) expect(writeWallClock(readWallClock(text))).toBe(text);
  });
});

describe('a Java date pattern', () => {
  // What java.text.SimpleDateFormat(pattern, Locale.ENGLISH) writes.
  test.each([
    ["yyyy-MM-dd'T'HH:mm:ss", '2024-03-05T14:07:09', '2024-03-05T14:07:09'],
    ['dd.MM.yyyy HH:mm', '2024-03-05T14:07:00', '05.03.2024 14:07'],
    ['M/d/yy h:mm a', '2024-03-05T14:07:00', '3/5/24 2:07 PM'],
    ['MM/dd/yyyy hh:mm:ss a', '2024-03-05T00:07:09', '03/05/2024 12:07:09 AM'],
    ['MM/dd/yyyy hh:mm:ss a', '2024-03-05T12:00:00', '03/05/2024 12:00:00 PM'],
    ['EEE, d MMM yyyy HH:mm:ss', '2024-03-05T14:07:09', 'Tue, 5 Mar 2024 14:07:09'],
    ["EEEE, MMMM d, yyyy 'at' H 'o''clock'", '2024-05-05T09:00:00', "Sunday, May 5, 2024 at 9 o'clock"],
    ['yyyyMMddHHmmss', '2024-03-05T14:07:09', '20240305140709'],
    ['yyMMdd', '1971-03-05T00:00:00', '710305'],
    ["dd''MM''yyyy", '2024-03-05T00:00:00', "05'03'2024"],
    ['yyyy-MM-dd HH:mm:ss.SSS', '2024-03-05T14:07:09', '2024-03-05 14:07:09.000'],
    ['y-M-d', '0987-03-05T00:00:00', '987-3-5'],
    ['yyyyy.MMMMM.dd', '2024-03-05T00:00:00', '02024.March.05'],
    ['d. M. yyyy – H.mm', '2024-03-05T04:05:00', '5. 3. 2024 – 4.05'],
  ])('%s writes and reads %s', (pattern, canonical, text) => {
    expect(parseDatePattern(pattern).write(canonical)).toBe(text);
    expect(parseDatePattern(pattern).read(text)).toBe(canonical);
  });

  test.each([
    ['dd.MM.yyyy', '5.3.2024', '2024-03-05T00:00:00'],
    ['d MMM yyyy', '05 MARCH 2024', '2024-03-05T00:00:00'],
    ['d MMMM yyyy', '5 mar 2024', '2024-03-05T00:00:00'],
    ['M/d/yyyy h:mm a', '3/5/2024 2:07\u202fpm', '2024-03-05T14:07:00'],
    ['dd.MM.yy', '31.12.69', '2069-12-31T00:00:00'],
    ['dd.MM.yy', '01.01.70', '1970-01-01T00:00:00'],
    ["yyyy-MM-dd'T'HH:mm:ss.S", '2024-03-05T14:07:09.123456', '2024-03-05T14:07:09'],
    ['dd.MM.yyyy', '30.02.2024', null],
    ['dd.MM.yyyy', '12.13.2024', null],
    ['dd.MM.yyyy', '01.01.24', null],
    ['dd.MM.yyyy', '01.01.2024 ', null],
    ['dd.MM.yyyy', '', null],
    ['yyyy-MM-dd HH:mm', '2024-03-05 24:00', null],
    ['yyyy-MM-dd hh:mm a', '2024-03-05 13:00 PM', null],
    ['yyyy-MM-dd hh:mm a', '2024-03-05 00:30 AM', null],
    ['yyyy-MM-dd HH:mm a', '2024-03-05 13:00 AM', null],
    ['EEE yyyy-MM-dd', 'Mon 2024-03-05', null],
    ['yyyy-MM-dd (yyyy)', '2024-03-05 (2025)', null],
  ])('%s reads %j as %s', (pattern, text, canonical) => {
    expect(parseDatePattern(pattern).read(text)).toBe(canonical);
  });

  const letters = 'accepted are y M d H h m s S a E, text in single quotes, and punctuation.';
  test.each([
    ['yyyy-MM-dd XXX', `The letter X in the date pattern "yyyy-MM-dd XXX" is not known; ${letters}`],
    ['YYYY-MM-dd', `The letter Y in the date pattern "YYYY-MM-dd" is not known; ${letters}`],
    ["yyyy-MM-dd'T", `A single quote in the date pattern "yyyy-MM-dd'T" is not closed.`],
    ['', 'A date pattern has 1 to 100 characters; this one has 0.'],
    ['d'.repeat(101), 'A date pattern has 1 to 100 characters; this one has 101.'],
    ['MM-dd HH:mm', 'The date pattern "MM-dd HH:mm" has no year (y).'],
    ['yyyy-dd', 'The date pattern "yyyy-dd" has no month (M).'],
    ['MMM yyyy', 'The date pattern "MMM yyyy" has no day (d).'],
    ['dd.MM.yyyy hh:mm', 'The date pattern "dd.MM.yyyy hh:mm" has h without a (AM or PM); use HH or add a.'],
    ['yyyyMd', 'In the date pattern "yyyyMd" M runs into the next number; write MM or put something between them.'],
    [
      "dd.MM.y'0'",
      `In the date pattern "dd.MM.y'0'" y runs into the next number; write yyyy or put something between them.`,
    ],
  ])('%j can not be read by', (pattern, message) => {
    expect(() => parseDatePattern(pattern)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', message }));
  });

  test('its parts, also of a pattern that only writes', () => {
    expect(patternTokens("MMM yyyy 'Q'''")).toEqual([
      { letter: 'M', count: 3 },
      { letter: null, literal: ' ' },
      { letter: 'y', count: 4 },
      { letter: null, literal: ' ' },
      { letter: null, literal: "Q'" },
    ]);
    expect(patternTokens("''''")).toEqual([
      { letter: null, literal: "'" },
      { letter: null, literal: "'" },
    ]);
  });

  test('what it writes it reads back', () => {
    const separator = fc.constantFrom(
      '-',
      '.',
      '/',
      ' ',
      ', ',
      "'T'",
      "' of '",
      ' – ',
      "''",
      '(',
      '[',
      '\\',
      '^',
      '$',
      '+',
    );
    const day = fc.tuple(
      fc.constantFrom('yyyy', 'yyyyy'),
      fc.constantFrom('M', 'MM', 'MMM', 'MMMM'),
      fc.constantFrom('d', 'dd'),
    );
    const hour = fc.constantFrom(['H'], ['HH'], ['h', 'a'], ['hh', 'a'], ['H', 'a'], ['HH', 'h']);
    const rest = fc.tuple(
      fc.constantFrom('m', 'mm'),
      fc.constantFrom('s', 'ss'),
      fc.constantFrom('E', 'EEEE', 'S', 'SSS'),
    );
    const parts = fc
      .tuple(day, hour, rest)
      .map((groups) => groups.flat())
      .chain((all) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }));
    const pattern = fc
      .tuple(parts, fc.array(separator, { minLength: 9, maxLength: 9 }))
      .map(([all, separators]) => all.map((one, at) => `${one}${separators[at]}`).join(''));
    fc.assert(
      fc.property(pattern, wallClock, (text, clock) => {
        const { read, write } = parseDatePattern(text);
        expect(read(write(clock))).toBe(clock);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(wallClock, (clock) => {
        const { read, write } = parseDatePattern('yyyyMMddHHmmss');
        expect(read(write(clock))).toBe(clock);
      }),
    );
  });
});

describe('an ISO date', () => {
  test('any wall clock with any offset is the instant that Date knows', () => {
    fc.assert(
      fc.property(wallClock, fc.integer({ min: -18 * 60, max: 18 * 60 }), (clock, offset) => {
        const two = (number: number) => String(Math.trunc(Math.abs(number))).padStart(2, '0');
        const date = readIsoDate(`${clock}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`);
        if (date instanceof InvalidValue) return expect.unreachable(date.reason);
        expect(date).toEqual({ clock, offset, fraction: false });
        const utc = new Date(resolveInstant(date.clock, offset)).toISOString();
        expect(utcClock(resolveInstant(clock, offset))).toBe(/^(?!0000)\d{4}-/.test(utc) ? utc.slice(0, 19) : null);
      }),
    );
  });

  test('an instant in a zone is what the zone shows, years out of reach aside', () => {
    fc.assert(
      fc.property(wallClock, fc.constantFrom(...ZONES), (clock, zone) => {
        const instant = resolveInstant(clock, 0);
        const inZone = zoneClock(zone)?.(instant) ?? null;
        if (/^(0001-01-01|9999-12-31)/.test(clock)) return;
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
        const [day = '', time] = shown.format(instant).split(' ');
        expect(inZone).toBe(`${day.padStart(10, '0')}T${time}`);
      }),
    );
    expect(zoneClock('America/Los_Angeles')?.(resolveInstant('0001-01-01T03:00:00', 0))).toBeNull();
    expect(zoneClock('Asia/Kolkata')?.(resolveInstant('9999-12-31T20:00:00', 0))).toBeNull();
    expect(zoneClock('Nowhere/Land')).toBeNull();
  });
});
