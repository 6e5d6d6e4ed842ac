/** Each number of metrics leads to its rows: the addresses beside them, at the extract. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { METRICS } from '../../src/domain/metrics/metric-names.ts';
import { EXTRACT_PATH, METRICS_PATH } from '../../src/domain/paths.ts';
import { extract, type Row, rowsIn } from '../kit/generated.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';
import { viewersByToken } from '../kit/viewers.ts';
import { sheetsOf } from '../kit/workbook.ts';

const JOB = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
const KNOWN_AT = Date.parse('2026-11-20T12:00:00Z');

let service: Service;
beforeAll(async () => {
  const viewers = viewersByToken({
    all: {},
    reader: { scopes: ['read'] },
    restricted: { restriction: { jobIds: [JOB], departments: [] } },
  });
  service = await startService({}, undefined, {}, viewers);
  await service.import(
    [
      extract({ rows: 400, seed: 21 }),
      csvOf([
        rowOf({ interviewId: 'bare' }),
        rowOf({ interviewId: 'odd', jobId: JOB, applicationStep: 'A & B: 100 %+', startTime: '2026-11-10T09:00:00' }),
        rowOf({ interviewId: 'empty', applicationStep: '', startTime: '2026-11-10T09:00:00' }),
      ]),
    ],
    { asOf: KNOWN_AT },
  );
});
afterAll(() => service?.stop());

const get = (path: string, token = 'all'): Promise<Response> =>
  service.get(path, { headers: { 'x-smarttoken': token } });
const metrics = async (query: string, token?: string): Promise<Record<string, string>[]> => {
  const response = await get(`${METRICS_PATH}?evidence=true&${query}`, token);
  const text = await response.text();
  expect([query, response.status, text]).toEqual([query, 200, expect.anything()]);
  return parse(text, { columns: true });
};
const rowsAt = async (address: string, token?: string): Promise<(Row & { rowId: string })[]> => {
  const response = await get(`${address}&format=csv&include=rowId`, token);
  const text = await response.text();
  expect([address, response.status, text]).toEqual([address, 200, expect.anything()]);
  return rowsIn(text) as (Row & { rowId: string })[];
};
const messageOf = async (query: string, token?: string): Promise<[number, string]> => {
  const response = await get(`${EXTRACT_PATH}?${query}`, token);
  return [response.status, (await response.json()).message];
};

const distinct = (rows: readonly Row[], ...keys: (keyof Row)[]): number =>
  new Set(rows.map((row) => JSON.stringify(keys.map((key) => row[key])))).size;

/** What the rows behind a metric come to, by its unit. */
const COUNTED: Readonly<Record<string, (rows: readonly Row[]) => number>> = {
  ROWS: (rows) => rows.length,
  SLOTS: (rows) => distinct(rows, 'interviewId', 'startTime', 'endTime', 'room'),
  INTERVIEWS: (rows) => distinct(rows, 'interviewId'),
};
const OF_PEOPLE: Readonly<Record<string, keyof Row>> = {
  candidates: 'candidateProfileId',
  interviewers: 'interviewerEmployeeId',
  applications: 'applicationId',
  hiredApplications: 'applicationId',
};

const counted = METRICS.flatMap(({ column, unit, dimensions }) => {
  const person = OF_PEOPLE[column];
  const count = person ? (rows: readonly Row[]) => distinct(rows, person) : COUNTED[unit];
  return count ? [{ column, dimensions, count }] : [];
});

const DIMENSIONS = {
  WEEK: 'week',
  MONTH: 'month',
  DAY: 'day',
  WEEKDAY: 'weekday',
  HOUR: 'hour',
  INTERVIEWER: 'interviewer',
  JOB: 'job',
  DEPARTMENT: 'department',
  APPLICATION_STAGE: 'applicationStage',
  APPLICATION_STEP: 'applicationStep',
  CANCELED: 'canceled',
  SLOT_STATE: 'slotState',
  LOCATION: 'location',
} as const;
const anyQuery = fc
  .record({
    metric: fc.constantFrom(...counted),
    groupBy: fc.uniqueArray(fc.constantFrom(...(Object.keys(DIMENSIONS) as (keyof typeof DIMENSIONS)[])), {
      maxLength: 2,
    }),
    on: fc.constantFrom('start', 'create', 'update'),
    timeZone: fc.constantFrom('', '&timeZone=America/New_York', '&timeZone=Asia/Kolkata'),
    period: fc.constantFrom('', '&last=8-weeks', '&period=last-quarter', '&from=2026-03-05', '&to=2026-09-01'),
    weekStart: fc.constantFrom('monday', 'sunday'),
    at: fc.constantFrom('', '&at=2026-08-01', '&at=2026-10-25T00:30:00Z'),
    filter: fc.constantFrom('', '&interviewType=VIDEO&interviewType=PHONE', '&startsFrom=2026-05-01T00:00%2B02:00'),
    row: fc.nat(),
  })
  .filter(({ metric, groupBy }) => groupBy.every((dimension) => metric.dimensions.includes(dimension)))
  .filter(({ groupBy }) => groupBy.filter((one) => ['WEEK', 'MONTH', 'DAY'].includes(one)).length < 2);

test('a number of rows, slots, interviews or people is that of the rows at its address', async () => {
  await fc.assert(
    fc.asyncProperty(anyQuery, async ({ metric, groupBy, on, timeZone, period, weekStart, at, filter, row }) => {
      const groups = groupBy.length > 0 ? `&groupBy=${groupBy.map((name) => DIMENSIONS[name])}&total=true` : '';
      const query = `metrics=${metric.column}${groups}&on=${on}&weekStart=${weekStart}${timeZone}${period}${at}${filter}`;
      const found = await metrics(query);
      const chosen = found[row % found.length];
      if (!chosen) return;
      const address = chosen[`${metric.column}Evidence`] ?? '';
      expect([query, address, metric.count(await rowsAt(address))]).toEqual([
        query,
        address,
        Number(chosen[metric.column]),
      ]);
    }),
    { numRuns: propertyRuns(40) },
  );
}, 120_000);

test('the rows behind a rate are those of its denominator, behind a mean those with a value', async () => {
  const [total] = await metrics('metrics=feedbackRate,ratingMean,heldSlotsPerHire&counts=true');
  expect(await rowsAt(total?.feedbackRateEvidence ?? '')).toHaveLength(Number(total?.feedbackRateDenominator));
  const ratings = (await rowsAt(total?.ratingMeanEvidence ?? '')).map((row) => Number(row.interviewerRating));
  expect(ratings.reduce((sum, one) => sum + one, 0) / ratings.length).toBeCloseTo(Number(total?.ratingMean), 9);
  expect(total?.heldSlotsPerHireEvidence).toBe('');
});

test('each metric of each of its dimensions has an address that the extract takes', async () => {
  const columns = METRICS.filter(({ column }) => column !== 'heldSlotsPerHire');
  for (const { column, dimensions } of columns) {
    const [first] = dimensions.filter((name) => name in DIMENSIONS) as (keyof typeof DIMENSIONS)[];
    const [group] = await metrics(`metrics=${column}&groupBy=${first ? DIMENSIONS[first] : 'job'}&first=1`);
    await rowsAt(group?.[`${column}Evidence`] ?? '');
  }
});

describe('an address', () => {
  const evidence = async (query: string): Promise<string[]> =>
    (await metrics(`metrics=appointments&${query}`)).map((row) => row.appointmentsEvidence ?? '');

  test('says days and clock, whatever they were counted from', async () => {
    expect(await evidence('period=last-week&timeZone=Europe/Berlin&on=create&weekStart=sunday')).toEqual([
      `${EXTRACT_PATH}?metric=appointments&from=2026-11-08&to=2026-11-15&at=2026-11-20T12%3A00%3A00Z&on=create&timeZone=Europe%2FBerlin&weekStart=sunday`,
    ]);
  });

  test('tells what is missing from what is empty, and has any text', async () => {
    const groups = await metrics(`metrics=appointments&groupBy=applicationStep&jobId=${JOB}`);
    expect(groups.map((group) => group.applicationStep)).toEqual(['A & B: 100 %+']);
    expect(await rowsAt(groups[0]?.appointmentsEvidence ?? '')).toMatchObject([{ interviewId: 'odd' }]);
    const at = 'metric=appointments&at=2026-11-20';
    const interviews = async (key: string) =>
      (await rowsAt(`${EXTRACT_PATH}?${at}&key=${key}`)).map(({ interviewId }) => interviewId);
    const empty = await interviews('applicationStep:');
    expect([empty.includes('empty'), empty.includes('bare')]).toEqual([true, false]);
    expect(await interviews('week')).toEqual(['bare']);
    expect(await interviews('applicationStep')).toContain('bare');
  });

  test('gives pages, formats and chosen columns, and an ETag of its own', async () => {
    const [address = ''] = await evidence('groupBy=canceled&first=1');
    const all = await rowsAt(address);
    const ids: string[] = [];
    for (let next: string | null = `${address}&format=csv&fields=interviewId&limit=50`; next; ) {
      const page: Response = await get(next);
      ids.push(...(await page.text()).trimEnd().split('\n').slice(1));
      const [, link] = /<(.*)>/.exec(page.headers.get('link') ?? '') ?? [];
      next = link ? `${EXTRACT_PATH}${link}` : null;
    }
    expect(ids).toEqual(all.map(({ interviewId }) => interviewId));
    const workbook = await get(`${address}&format=xlsx`);
    expect(workbook.headers.get('content-disposition')).toBe(
      'attachment; filename="interviews-behind-appointments.xlsx"',
    );
    const [rows, about] = sheetsOf(Buffer.from(await workbook.arrayBuffer()));
    expect(rows?.rows).toHaveLength(all.length + 1);
    expect(about?.rows.map(([label, value]) => [label?.value, value?.value])).toEqual(
      expect.arrayContaining([
        ['Filter: Behind the metric', 'Appointments'],
        ['Filter: Canceled', 'false'],
      ]),
    );
    const tags = await Promise.all(
      [address, address.replace('false', 'true'), EXTRACT_PATH].map(async (path) =>
        (await get(path)).headers.get('etag'),
      ),
    );
    expect(new Set(tags).size).toBe(3);
  });

  test('shows each token its own rows, and takes the scope personal where the metric does', async () => {
    const at = 'metric=appointments&at=2026-11-20';
    expect((await rowsAt(`${EXTRACT_PATH}?${at}`, 'restricted')).map(({ interviewId }) => interviewId)).toEqual([
      'odd',
    ]);
    expect(await metrics('metrics=appointments', 'restricted')).toMatchObject([{ appointments: '1' }]);
    const forbidden = [403, 'This requires the scope personal; the token has read.'];
    expect(await messageOf('metric=ratingMean&at=2026-11-20', 'reader')).toEqual(forbidden);
    expect(await messageOf(`${at}&key=room:1`, 'reader')).toEqual(forbidden);
    const [row] = await rowsAt(`${EXTRACT_PATH}?${at}`, 'reader');
    expect(row?.interviewerFirstName).toBeNull();
  });
});

describe('refused, with what would be right, is', () => {
  test.each([
    ['key=week:2026-11-23', /^key requires metric, whose rows it selects; /],
    ['from=2026-11-23', /^from requires metric, whose rows it selects; startsFrom, startsBefore and period select/],
    ['metric=heldSlots', /^metric requires at, the clock at which it was measured\.$/],
    [
      'metric=heldslots&at=2026-11-20',
      /^metric: "heldslots" is not a metric; did you mean heldSlots\? All are listed at/,
    ],
    ['metric=heldSlotsPerHire&at=2026-11-20', /^metric: heldSlotsPerHire has no rows behind it/],
    ['metric=slots&at=yesterday', /^at: "yesterday" is not a point in time/],
    ['metric=slots&at=2026-11-20&period=last-week', /^period and metric exclude each other/],
    [
      'metric=slots&at=2026-11-20&key=wek:2026-11-23',
      /^key: "wek:2026-11-23" does not begin with a dimension; accepted are day, /,
    ],
    [
      'metric=slots&at=2026-11-20&key=week:2026-11-24',
      /^key: "2026-11-24" is not a group by week; accepted is its first day/,
    ],
    ['metric=slots&at=2026-11-20&key=hour:24', /^key: "24" is not a group by hour; accepted are 0, 1, /],
    [
      'metric=slots&at=2026-11-20&key=canceled:yes',
      /^key: "yes" is not a group by canceled; accepted are true, false\.$/,
    ],
    ['metric=slots&at=2026-11-20&key=day:2026-11-20&key=week:2026-11-16', /day and week exclude each other/],
    ['metric=slots&at=2026-11-20&key=job&key=hour&key=week&key=room', /^key occurs 4 times; at most 3 are allowed\.$/],
    ['metric=slots&at=2026-11-20&key=interviewer:%00', /^key: .* it has a character that can’t be stored\.$/],
    ['metric=panelSizeMean&at=2026-11-20&key=interviewer:e', /^panelSizeMean makes no sense by interviewer/],
    ['metric=slots&at=2026-11-20&from=2026-11-20&to=2026-11-19', /^from: "2026-11-20" is not before to/],
    ['metric=slots&at=2026-11-20&timeZone=Berlin', /^timeZone: "Berlin" is not a time zone/],
    // Of those that Node has.
    [
      'metric=slots&at=2026-11-20&timeZone=US/Pacific-New&key=day:2026-11-10',
      /^timeZone: the database does not know "US\/Pacific-New"; give another place with the same clocks\.$/,
    ],
  ])('%s', async (query, message) => {
    expect(await messageOf(query)).toEqual([400, expect.stringMatching(message)]);
  });
});
