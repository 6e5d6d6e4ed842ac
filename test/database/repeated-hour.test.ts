/** Instants in the hour that clocks show twice, as local dates (docs/contract.md, "Warned and kept"). */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FieldKey } from '../../src/domain/fields.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { read } from '../kit/reading.ts';
import { csvOf, jsonOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const LOCAL = ['interviewStartDate', 'startTime', 'endTime'] as const satisfies FieldKey[];

/** Clocks of New York go back from 02:00 to 01:00 at 06:00 UTC. */
const row = rowWith({
  interviewId: 'repeated',
  interviewTimeZone: 'America/New_York',
  interviewCreateDate: '2026-11-01T05:00:00Z',
  interviewUpdateDate: null,
  interviewStartDate: '2026-11-01T05:00:00Z',
  startTime: '2026-11-01T01:30:00-04:00',
  endTime: '2026-11-01T06:45:00Z',
});

test.each([
  ['CSV', csvOf([rowWith({ interviewId: 'before' }), row]), 4],
  ['JSON', `{"content":[${jsonOf(rowWith({ interviewId: 'before' }))},${jsonOf(row)}]}`, 2],
  ['NDJSON', `${jsonOf(rowWith({ interviewId: 'before' }))}\n${jsonOf(row)}\n`, 2],
])('are kept as what the clocks show, with a warning of both readings, in %s', async (_format, file, line) => {
  const report = await service.import(file);
  expect(report).toMatchObject({ saved: true, refused: 0 });
  const warnings = report.warnings.filter(({ reason }) => reason.includes('twice'));
  expect(warnings).toEqual([
    {
      line,
      column: 'endTime',
      value: '2026-11-01T06:45:00Z',
      reason:
        '2026-11-01T01:45:00 occurs twice in America/New_York (2026-11-01T05:45:00Z and 2026-11-01T06:45:00Z); it is stored as 2026-11-01T01:45:00 and read as 2026-11-01T06:45:00Z',
    },
    {
      line,
      column: 'interviewStartDate',
      value: '2026-11-01T05:00:00Z',
      reason:
        '2026-11-01T01:00:00 occurs twice in America/New_York (2026-11-01T05:00:00Z and 2026-11-01T06:00:00Z); it is stored as 2026-11-01T01:00:00 and read as 2026-11-01T06:00:00Z, although the file says 2026-11-01T05:00:00Z',
    },
    {
      line,
      column: 'startTime',
      value: '2026-11-01T01:30:00-04:00',
      reason:
        '2026-11-01T01:30:00 occurs twice in America/New_York (2026-11-01T05:30:00Z and 2026-11-01T06:30:00Z); it is stored as 2026-11-01T01:30:00 and read as 2026-11-01T06:30:00Z, although the file says 2026-11-01T05:30:00Z',
    },
  ]);
  const [stored] = await service.rows(
    `SELECT to_json(start_time) #>> '{}' AS start, to_json(starts_at AT TIME ZONE 'UTC') #>> '{}' AS instant
     FROM appointment WHERE interview_id = 'repeated'`,
  );
  expect(stored).toEqual({ start: '2026-11-01T01:30:00', instant: '2026-11-01T06:30:00' });
});

test('are counted as one row with warnings, and not at all where the row is not kept', async () => {
  const { warned } = await service.import(csvOf([rowWith({})]));
  const warnings = await service.import(csvOf([row, rowWith({})]));
  expect(warnings.warned).toBe(warned + 1);
  const refused = await service.import(csvOf([row, row.with(1, 'no UUID'), rowWith({})]), { skipInvalid: true });
  expect(refused).toMatchObject({ saved: true, refused: 2, warned });
  expect(refused.warnings.filter(({ reason }) => reason.includes('twice'))).toEqual([]);
});

test('make at most 1,000 warnings of a file that has more, and the total is whole', async () => {
  const rows = Array.from({ length: 1100 }, (_, at) => row.with(0, `r${at}`));
  const report = await service.import(csvOf(rows), { dryRun: true });
  expect(report.warnings).toHaveLength(1000);
  expect(report.warned).toBe(1100);
});

const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Europe/Moscow',
];
/** When clocks go back in these zones, and once when they go forward. */
const CHANGES = [
  '2026-11-01T06:00:00Z',
  '2026-10-25T01:00:00Z',
  '2026-04-04T15:00:00Z',
  '2014-10-25T22:00:00Z',
  '2026-03-29T01:00:00Z',
].map((text) => Date.parse(text));
const MINUTE = 60_000;

test('are found in every zone, and nowhere else', async () => {
  const clocks = new Map(
    ZONES.map((timeZone) => [
      timeZone,
      new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }),
    ]),
  );
  const zones = new Map(ZONES.map((zone) => [zone.toLowerCase(), zone]));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ZONES),
      fc.constantFrom(...CHANGES),
      fc.integer({ min: -150, max: 150 }),
      fc.constantFrom(...LOCAL),
      async (zone, change, minutes, column) => {
        const clockAt = (instant: number) => clocks.get(zone)?.format(instant);
        const stated = change + minutes * MINUTE;
        const others = Array.from({ length: 25 }, (_, at) => stated + (at - 12) * 15 * MINUTE).filter(
          (instant) => instant !== stated && clockAt(instant) === clockAt(stated),
        );
        const instant = new Date(stated).toISOString();
        const cells = rowWith({ interviewTimeZone: zone, [column]: instant.replace('.000', '') });
        const { rows } = await read(csvOf([cells]), { zones });
        expect(rows[0]?.warnings?.map((warning) => warning.column) ?? []).toEqual(others.length > 0 ? [column] : []);
        for (const other of [stated, ...others])
          if (others.length > 0)
            expect(rows[0]?.warnings?.[0]?.reason).toContain(new Date(other).toISOString().replace('.000', ''));
      },
    ),
    { numRuns: propertyRuns(250) },
  );
});
