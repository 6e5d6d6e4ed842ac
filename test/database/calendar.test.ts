/** The calendar of the program is that of the database, which puts the rows into buckets. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIRST_DAY } from '../../src/domain/calendar/days.ts';
import { bucketName } from '../../src/domain/calendar/names.ts';
import { CALENDAR_UNITS, startOfUnit, WEEKDAYS } from '../../src/domain/calendar/units.ts';
import { instantOf, readZone } from '../../src/domain/calendar/zones.ts';
import { anyDay } from '../kit/calendar.ts';
import { freshDatabase, type TestDatabase } from '../kit/database.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { withClient } from '../kit/server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** The values of the column `value`, in order. */
const values = (statement: string, parameters: unknown[]): Promise<unknown[]> =>
  withClient(database.connection, async (client) => {
    const { rows } = await client.query(statement, parameters);
    return rows.map(({ value }) => value);
  });

const days = [
  ...new Set(fc.sample(anyDay, propertyRuns(3000)).filter((day) => startOfUnit(day, 'WEEK', 'SUNDAY') > FIRST_DAY)),
];

test.each(CALENDAR_UNITS)('each %s begins on the same day', async (unit) => {
  const starts = await values(
    `SELECT date_trunc($1, day::timestamp)::date::text AS value FROM unnest($2::text[]) WITH ORDINALITY AS of (day, n) ORDER BY n`,
    [unit, days],
  );
  expect(days.map((day) => startOfUnit(day, unit, 'MONDAY'))).toEqual(starts);
});

test.each(WEEKDAYS)('weeks from %s begin on the same day', async (weekStart) => {
  // Days are moved so that the week begins on Monday, and back.
  const starts = await values(
    `SELECT (date_trunc('week', day::timestamp - make_interval(days => $1)) + make_interval(days => $1))::date::text AS value
       FROM unnest($2::text[]) WITH ORDINALITY AS of (day, n) ORDER BY n`,
    [WEEKDAYS.indexOf(weekStart), days],
  );
  expect(days.map((day) => startOfUnit(day, 'WEEK', weekStart))).toEqual(starts);
});

test('weeks from Monday have the same numbers', async () => {
  const names = await values(
    `SELECT to_char(day::date, 'IYYY"-W"IW') AS value FROM unnest($1::text[]) WITH ORDINALITY AS of (day, n) ORDER BY n`,
    [days],
  );
  expect(days.map((day) => bucketName(startOfUnit(day, 'WEEK', 'MONDAY'), 'WEEK', 'MONDAY'))).toEqual(names);
});

/** The days around which the clocks of a zone change. */
const CHANGES = {
  'Europe/Berlin': ['2026-03-29', '2026-10-25'],
  'America/New_York': ['2026-03-08', '2026-11-01'],
  'America/Sao_Paulo': ['2017-10-15', '2018-02-18'],
  'America/Havana': ['2026-03-08', '2026-11-01'],
  'Africa/Cairo': ['2025-04-25', '2025-10-31'],
  'Australia/Lord_Howe': ['2026-04-05', '2026-10-04'],
  'Pacific/Apia': ['2011-12-30'],
  'Asia/Kolkata': ['2026-03-29'],
};

test.each(
  Object.entries(CHANGES).flatMap(([zone, changes]) => changes.map((day) => [zone, day])),
)('clocks of %s on and around %s are read as the same instants, skipped and repeated ones too', async (zone = '', day = '') => {
  const clockAt = readZone(zone, 'timeZone');
  const quarters = Array.from({ length: 4 * 24 * 4 }, (_, index) => (index - 4 * 24) * 900_000);
  const clocks = quarters.map((offset) => new Date(Date.parse(day) + offset).toISOString().slice(0, 19));
  const instants = await values(
    `SELECT extract(epoch FROM clock::timestamp AT TIME ZONE $1)::float8 * 1000 AS value
       FROM unnest($2::text[]) WITH ORDINALITY AS of (clock, n) ORDER BY n`,
    [zone, clocks],
  );
  expect(clocks.map((clock) => instantOf(clockAt, clock))).toEqual(instants);
});
