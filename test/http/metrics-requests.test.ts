/** Requests of measures over REST: what is refused, what is kept, who may see what, and how much there may be. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { METRICS } from '../../src/domain/metrics/metric-names.ts';
import { METRICS_DEFINITIONS_PATH, METRICS_PATH } from '../../src/domain/paths.ts';
import { DIMENSION_WORDS } from '../../src/extract/metrics/words.ts';
import { data } from '../kit/graphql.ts';
import { importNames } from '../kit/import-names.ts';
import { whileLocked } from '../kit/locked.ts';
import type { PlainValues } from '../kit/metrics/measures.ts';
import { plainMetrics } from '../kit/metrics/plain-metrics.ts';
import { plainOf, SELECTIONS, type Selection, textOf } from '../kit/metrics/selections.ts';
import { csvOf, rowOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';
import { recordStatements } from '../kit/statements.ts';
import { viewersByToken } from '../kit/viewers.ts';
import { sheetsOf } from '../kit/workbook.ts';

const KNOWN_AT = Date.parse('2026-11-28T12:00:00Z');
const JOBS = ['7d444840-9dc0-11d1-b245-5ffdce74fad2', '7d444840-9dc0-11d1-b245-5ffdce74fad3'] as const;

const row = (at: number, jobId: string | null = JOBS[at % 2] ?? null) =>
  rowOf({
    interviewId: `i-${at}`,
    jobId,
    interviewerEmployeeId: `e-${at % 3}`,
    interviewLocation: 'Room 1',
    interviewTimeZone: 'UTC',
    startTime: '2026-11-10T10:00:00',
    endTime: '2026-11-10T11:00:00',
  });

let service: Service;
beforeAll(async () => {
  const viewers = viewersByToken({
    all: {},
    reader: { scopes: ['read'] },
    writer: { scopes: ['write'] },
    first: { restriction: { jobIds: [JOBS[0]], departments: [] } },
    second: { restriction: { jobIds: [JOBS[1]], departments: [] } },
    nothing: { restriction: { jobIds: [], departments: [] } },
  });
  service = await startService({}, undefined, {}, viewers);
  await service.import(csvOf([...Array(9).keys()].map((at) => row(at))), { asOf: KNOWN_AT });
});
afterAll(() => service?.stop());

const get = (query: string, token = 'all', init: RequestInit = {}): Promise<Response> =>
  service.get(`${METRICS_PATH}?${query}`, { ...init, headers: { ...init.headers, 'x-smarttoken': token } });
const csv = async (query: string, token?: string): Promise<string[][]> => parse(await (await get(query, token)).text());

describe('refused, with what would be right, is', () => {
  test.each([
    [
      '',
      /^metrics is missing; it lists what is measured, such as metrics=heldSlots,feedbackRate; all are listed at \/analytics\/interviews\/metrics\/definitions\.$/,
    ],
    [
      'metrics=',
      /^metrics is empty; it lists what is measured, such as metrics=heldSlots,feedbackRate; all are listed/,
    ],
    ['metrics=slots,', /^metrics: "" is not a metric; all are listed at/],
    ['metrics=heldslots', /^metrics: "heldslots" is not a metric; did you mean heldSlots\? All are listed at/],
    ['metrics=feedback', /^metrics: "feedback" is not a metric; did you mean .*feedbackDue/],
    ['metrics=HELD_SLOTS', /^metrics: "HELD_SLOTS" is not a metric; did you mean heldSlots\?/],
    ['metrics=slots,slots', /^metrics: slots occurs twice\.$/],
    ['metrics=slots&metrics=slots', /^metrics occurs 2 times; it may occur only once\.$/],
    [`metrics=${'x'.repeat(3000)}`, /^metrics has 3000 characters; at most 2000 are allowed\.$/],
    [`metrics=${'a,'.repeat(50)}`, /^metrics lists 51 names; at most 37 are allowed\.$/],
    ['metrics=slots&groupBy=wek', /^groupBy: "wek" is not a dimension; did you mean week.*\? There are day, week, /],
    ['metrics=slots&groupBy=week,hour,job,room', /^groupBy lists 4 names; at most 3 are allowed\.$/],
    ['metrics=slots&groupBy=week,week', /^groupBy: week occurs twice\.$/],
    ['metrics=slots&groupBy=week,month', /week and month exclude each other; give one of day, week/],
    ['metrics=panelSizeMean&groupBy=interviewer', /^panelSizeMean makes no sense by interviewer: it looks at all/],
    ['metrics=feedbackRate&on=review', /^feedbackRate makes no sense on the date review/],
    ['metrics=heldSlotsPerHire&groupBy=week', /^heldSlotsPerHire makes no sense by week/],
    ['metrics=slots&orderBy=week', /^orderBy: week is not one of groupBy; add it there, or order by a metric\.$/],
    ['metrics=slots&orderBy=-slot', /^orderBy: "slot" is not a metric or one of groupBy; did you mean slots\?/],
    ['metrics=slots&orderBy=a,b,c,d', /^orderBy lists 4 names; at most 3 are allowed\.$/],
    ['metrics=slots&having=slots%3E1', /^having requires groupBy; without groups the only row is the total, /],
    [
      'metrics=slots&groupBy=job&having=slots',
      /^having: "slots" is not a condition; it is a metric, one of >, >=, <, <=, and a number, such as heldSlots>=10\.$/,
    ],
    ['metrics=slots&groupBy=job&having=slots%3E1e3', /^having: "slots>1e3" is not a condition/],
    ['metrics=slots&groupBy=job&having=slot%3E1', /^having: "slot" is not a metric; did you mean slots\?/],
    [
      `metrics=slots&groupBy=job&having=${'slots%3E1,'.repeat(10)}`,
      /^having lists 11 names; at most 10 are allowed\.$/,
    ],
    ['metrics=slots&groupBy=week&having=heldSlotsPerHire%3E1', /^heldSlotsPerHire makes no sense by week/],
    ['metrics=slots&first=0', /^first: "0" is not accepted; it is a whole number from 1 to 1000000\.$/],
    [
      'metrics=slots&last=12',
      /^last: "12" is not accepted; it is a number of days, weeks, months, quarters, years, written like 12-weeks\.$/,
    ],
    [
      'metrics=slots&last=0-weeks',
      /^last: 0 is not accepted; it must be a whole number from 1 to 400, or 0 with andCurrent\.$/,
    ],
    ['metrics=slots&last=2-weeks&from=2026-01-01', /^from: "2026-01-01" and last exclude each other/],
    [
      'metrics=slots&period=last-week&last=2-weeks',
      /^period: "last-week" and last exclude each other; give one of them\.$/,
    ],
    ['metrics=slots&period=last-wek', /^period: "last-wek" is not a period; accepted are last-day, /],
    ['metrics=slots&andCurrent=true', /^andCurrent: true requires last/],
    ['metrics=slots&from=2026-02-30', /^from: "2026-02-30" is not a day; accepted are days from/],
    ['metrics=slots&from=2026-02-02&to=2026-02-02', /^from: "2026-02-02" is not before to/],
    ['metrics=slots&timeZone=Berlin', /^timeZone: "Berlin" is not a time zone/],
    // Of those that Node has.
    [
      'metrics=slots&groupBy=day&timeZone=US/Pacific-New',
      /^timeZone: the database does not know "US\/Pacific-New"; give another place with the same clocks\.$/,
    ],
    [
      'metrics=slots&at=2026-11-18T10:00',
      /^at: "2026-11-18T10:00" is not a point in time of the years 0001 to 9999; accepted are a day/,
    ],
    ['metrics=slots&at=9999-12-31&period=next-year', /^period: next-year of 9999-12-31 is not within the years/],
    ['metrics=slots&on=START', /^on: "START" is not accepted; accepted are start, create, update, review\.$/],
    ['metrics=slots&weekStart=mo', /^weekStart: "mo" is not accepted; accepted are monday, /],
    [
      'metrics=slots&compareTo=lastYear',
      /^compareTo: "lastYear" is not accepted; accepted are previousPeriod, previousYear\.$/,
    ],
    [
      'metrics=slots&compareTo=previousYear',
      /^compareTo: previousYear needs a period with a beginning and an end.*give from and to, or last\.$/,
    ],
    ['metrics=slots&total=true', /^total: true requires groupBy/],
    ['metrics=slots&counts=yes', /^counts: "yes" is not accepted; accepted are true, false\.$/],
    [
      'metrics=slots&groupBy=day&from=1900-01-01&to=2000-01-01',
      /^fill: from 1900-01-01 to 2000-01-01 there are more than 10000 groups by day/,
    ],
    ['metrics=slots&format=xml', /^format: "xml" is not a format/],
    ['metrics=slots&delimiter=tab&format=json', /^delimiter is only for CSV, not for json\.$/],
    ['metrics=slots&interviewType=LETTER', /"LETTER"/],
    ['metrics=slots&limit=3', /^"limit" is not a parameter; accepted: metrics, groupBy, period, /],
  ])('%s', async (query, message) => {
    const response = await get(query);
    expect([response.status, (await response.json()).message]).toEqual([400, expect.stringMatching(message)]);
  });
});

test.each([
  'from=0001-01-01',
  'from=0001-01-01&to=0001-01-20&groupBy=week&weekStart=sunday',
  'from=0001-01-01&timeZone=Asia/Tokyo&groupBy=day&on=review',
  'from=0002-01-01&to=0002-02-01&compareTo=previousYear',
  'to=9999-12-31&timeZone=America/New_York',
  'from=9990-01-01&to=9999-12-31&groupBy=year',
  'at=9999-12-31T23:59:59Z',
  'last=400-years&groupBy=year',
])('the ends of the calendar are within it: %s', async (query) => {
  const { status } = await get(`metrics=slots,heldSlots,interviewerAcceptanceRate,overlapping&${query}`);
  expect([query, status]).toEqual([query, 200]);
});

describe('an answer', () => {
  test('has an ETag of the data, the clock and the parameters', async () => {
    const tagOf = async (query: string, token?: string) =>
      (await get(query, token, { method: 'HEAD' })).headers.get('etag') ?? '';
    const tags = [
      'metrics=slots',
      'metrics=slots,interviews',
      'metrics=slots&groupBy=week',
      'metrics=slots&groupBy=month',
      'metrics=slots&at=2026-11-01',
      'metrics=slots&interviewType=VIDEO',
      'metrics=slots&period=last-week',
      'metrics=slots&format=json',
      'metrics=slots&delimiter=tab',
      'metrics=cancellationRate',
      'metrics=cancellationRate&counts=true',
    ];
    const all = await Promise.all([...tags.map((query) => tagOf(query)), tagOf('metrics=slots', 'first')]);
    expect(new Set(all).size).toBe(all.length);
    expect(await tagOf('metrics=slots')).toBe(all[0]);
    // The same days and clock, said in another way.
    expect(await tagOf('metrics=slots&from=2026-11-16&to=2026-11-23&at=2026-11-28T12:00:00Z')).toBe(all[6]);
  });

  test('is not sent again while it is the same, and is after an import', async () => {
    const first = await get('metrics=slots&groupBy=week', 'all', { headers: { 'accept-encoding': 'gzip' } });
    const tag = first.headers.get('etag') ?? '';
    expect([first.status, tag]).toEqual([200, expect.stringMatching(/^W\//)]);
    const again = (method = 'GET') =>
      get('metrics=slots&groupBy=week', 'all', {
        method,
        headers: { 'if-none-match': tag, 'accept-encoding': 'gzip' },
      });
    expect([(await again()).status, (await again('HEAD')).status]).toEqual([304, 304]);
    // Rows that were there are known to be true of a later time.
    await service.import(csvOf([row(0)]), { asOf: KNOWN_AT + 1000 });
    const later = await again();
    expect([later.status, later.headers.get('x-metrics-at')]).toEqual([200, '2026-11-28T12:00:01Z']);
    const fixed = await get('metrics=slots&at=2026-11-28');
    await service.import(csvOf([row(100)]), { asOf: KNOWN_AT + 1000 });
    const changed = await get('metrics=slots&at=2026-11-28', 'all', {
      headers: { 'if-none-match': fixed.headers.get('etag') ?? '' },
    });
    expect([changed.status, await changed.text()]).toEqual([200, 'slots\n10\n']);
  });

  test('to HEAD has the headers of GET and reads nothing', async () => {
    const [head, full] = await Promise.all([
      get('metrics=slots&groupBy=job', 'all', { method: 'HEAD' }),
      get('metrics=slots&groupBy=job'),
    ]);
    const named = ['etag', 'content-type', 'content-disposition', 'x-metrics-at', 'cache-control', 'vary'];
    for (const name of named) expect([name, head.headers.get(name)]).toEqual([name, full.headers.get(name)]);
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

describe('an answer that was read once', () => {
  const QUERY = 'metrics=slots,cancellationRate&groupBy=job&total=true&include=names';
  /** How many statements of metrics a request sends, and its body. */
  const asked = async (query: string, token?: string): Promise<[number, string]> => {
    const { result, statements } = await recordStatements(async () => (await get(query, token)).text());
    return [statements.filter(({ text }) => text.includes('/* metrics.groups */')).length, result];
  };

  test('is sent again without a statement, in any format, to all who see the same', async () => {
    const [, first] = await asked(QUERY);
    expect(await asked(QUERY)).toEqual([0, first]);
    expect(await asked(`${QUERY}&counts=false`, 'reader')).toEqual([0, first]);
    const [statements, json] = await asked(`${QUERY}&format=json&evidence=true`);
    expect([statements, JSON.parse(json).content]).toEqual([0, expect.arrayContaining([expect.anything()])]);
    const [ofOne, seen] = await asked(QUERY, 'first');
    expect([ofOne, seen === first]).toEqual([2, false]);
    expect((await asked(`${QUERY}&first=1`))[0]).toBe(2);
  });

  test('is not that of former rows', async () => {
    const [, before] = await asked(QUERY);
    await service.import(csvOf([row(200)]), { asOf: KNOWN_AT + 1000 });
    const [statements, after] = await asked(QUERY);
    expect([statements, after === before]).toEqual([2, false]);
    expect(await asked(QUERY)).toEqual([0, after]);
  });

  test('is not that of former names', async () => {
    const titles = async (title: string) => {
      await importNames(service, { jobs: csvOf([[JOBS[0], title]], ['jobId', 'title']) });
      return asked(QUERY);
    };
    const departments = async (department: string) => {
      await importNames(service, { jobs: csvOf([[JOBS[0], department]], ['jobId', 'department']) });
      return asked('metrics=slots&groupBy=department');
    };
    expect(await departments('Kitchen')).toEqual([1, expect.stringContaining('Kitchen,')]);
    expect(await departments('Service')).toEqual([1, expect.stringContaining('Service,')]);
    expect(await titles('Cook')).toEqual([2, expect.stringContaining('Cook')]);
    expect(await titles('Waiter')).toEqual([2, expect.stringContaining('Waiter')]);
    await importNames(service, { jobs: csvOf([[JOBS[0], null]], ['jobId', 'title']) });
  });

  test('needs no turn', async () => {
    const [, first] = await asked(QUERY);
    await whileLocked(service, 'appointment', async () => {
      expect(await asked(QUERY)).toEqual([0, first]);
    });
  });
});

describe('a token', () => {
  const status = async (query: string, token: string) => (await get(query, token)).status;

  test('needs the scope read, and personal for what says something of a person', async () => {
    expect(await status('metrics=slots', 'nobody')).toBe(401);
    expect(await status('metrics=slots', 'writer')).toBe(403);
    expect(await status('metrics=slots,feedbackRate&groupBy=interviewer', 'reader')).toBe(200);
    for (const query of [
      'metrics=ratingMean',
      'metrics=slots&groupBy=room',
      'metrics=slots&groupBy=location',
      'metrics=slots&orderBy=ratingMean',
      'metrics=slots&groupBy=job&having=ratingMean%3C3',
    ]) {
      const response = await get(query, 'reader');
      expect([query, response.status, (await response.json()).message]).toEqual([
        query,
        403,
        'This requires the scope personal; the token has read.',
      ]);
      expect(await status(query, 'all')).toBe(200);
    }
  });

  test('that sees some rows measures these, in groups and in total', async () => {
    const query = 'metrics=slots,interviewers&groupBy=job&total=true';
    const before = await csv(query, 'first');
    expect(before.map(([isTotal, jobId]) => [isTotal, jobId])).toEqual([
      ['isTotal', 'jobId'],
      ['false', JOBS[0]],
      ['true', ''],
    ]);
    expect((await csv(query, 'second')).slice(1).map(([, jobId]) => jobId)).toEqual([JOBS[1], '']);
    expect(await csv(`metrics=slots&jobId=${JOBS[1]}`, 'first')).toEqual([['slots'], ['0']]);
    expect(await csv(query, 'nothing')).toEqual([
      ['isTotal', 'jobId', 'slots', 'interviewers'],
      ['true', '', '0', '0'],
    ]);
    const [, about] = sheetsOf(Buffer.from(await (await get('metrics=slots&format=xlsx', 'first')).arrayBuffer()));
    expect(about?.rows.map(([label, value]) => [label?.value, value?.value])).toContainEqual([
      'Rows left out',
      'those that the token may not see',
    ]);
  });
});

describe('the definitions', () => {
  const definitions = (query = '', method = 'GET') =>
    service.get(`${METRICS_DEFINITIONS_PATH}${query}`, { method, headers: { 'x-smarttoken': 'reader' } });

  test('say of each metric what it is', async () => {
    const { content } = await (await definitions()).json();
    expect(content).toHaveLength(METRICS.length);
    expect(content.find(({ name }: { name: string }) => name === 'PANEL_SIZE_MEAN')).toEqual({
      name: 'PANEL_SIZE_MEAN',
      column: 'panelSizeMean',
      title: 'Mean panel size',
      description: expect.stringMatching(/^Interviewers per time slot/),
      unit: 'people',
      additive: false,
      dimensions: expect.not.arrayContaining(['interviewer', 'interviewerStatus']),
      scope: 'read',
      better: null,
    });
    const rows = parse(await (await definitions('?format=csv')).text(), { columns: true }) as Record<string, string>[];
    expect(rows.map((row) => row.column)).toEqual(METRICS.map(({ column }) => column));
    expect(rows.find(({ column }) => column === 'ratingMean')?.scope).toBe('personal');
    expect((await definitions('?format=xlsx')).status).toBe(400);
    const head = await definitions('?format=csv', 'HEAD');
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
      200,
      'text/csv; charset=utf-8',
      '',
    ]);
    expect((await service.get(METRICS_DEFINITIONS_PATH, { headers: { 'x-smarttoken': 'nobody' } })).status).toBe(401);
  });

  test('name dimensions by which the metrics can be asked for', async () => {
    const { content } = await (await definitions()).json();
    const definitionsOf = content as { column: string; dimensions: string[] }[];
    for (const dimension of new Set(definitionsOf.flatMap(({ dimensions }) => dimensions))) {
      const metrics = definitionsOf.filter(({ dimensions }) => dimensions.includes(dimension));
      const query = `metrics=${metrics.map(({ column }) => column)}&groupBy=${dimension}`;
      expect([query, (await get(query, 'all', { method: 'HEAD' })).status]).toEqual([query, 200]);
    }
  });
});

test('rows with the longest identifiers and numbers are imported and measured', async () => {
  // 255 characters of four bytes each, in no order that could be compressed.
  const longest = (seed: number) =>
    Array.from({ length: 255 }, (_, at) => String.fromCodePoint(0x20000 + ((seed + at * 7_919) % 40_000))).join('');
  const number = `${'123456789'.repeat(2).slice(0, 15)}.${'987654321'.repeat(5).slice(0, 40)}`;
  const long = await startService();
  await long.import([
    csvOf([
      rowWith({
        interviewId: longest(1),
        interviewerEmployeeId: longest(2),
        creatorEmployeeId: longest(3),
        interviewerRating: number,
        duration: number,
        interviewDuration: number,
        timeToProvideFeedback: number,
      }),
    ]),
  ]);
  const response = await long.get(`${METRICS_PATH}?metrics=slots&groupBy=interviewer`);
  expect(parse(await response.text(), { from_line: 2 })).toEqual([[longest(2), '1']]);
  await long.stop();
});

test('twenty thousand groups are streamed, whole and in order', async () => {
  const many = await startService();
  try {
    await many.rows(`WITH stored AS (
        INSERT INTO appointment (interview_id, row_id, slot_id, content_hash, has_interviewer, has_feedback, interviewer_employee_id)
        SELECT 'i' || n, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), true, false, to_char(n, 'FM00000') FROM generate_series(1, 20000) n
        RETURNING interview_id, slot_id
      ) INSERT INTO time_slot (interview_id, slot_id, covering_rows, all_declined, rows_agree) SELECT *, 1, false, true FROM stored`);
    const response = await many.get(`${METRICS_PATH}?metrics=slots&groupBy=interviewer&total=true`);
    const rows = parse(await response.text(), { from_line: 2 }) as string[][];
    expect(rows).toHaveLength(20_001);
    expect(rows[0]).toEqual(['false', '00001', '1']);
    expect(rows.slice(0, -1).map(([, id]) => id)).toEqual(
      rows
        .slice(0, -1)
        .map(([, id]) => id)
        .sort(),
    );
    expect(rows.at(-1)).toEqual(['true', '', '20000']);
    // A client that leaves in the middle leaves nothing behind.
    const left = await many.get(`${METRICS_PATH}?metrics=slots&groupBy=interviewer`);
    await left.body?.cancel();
    expect((await many.get(`${METRICS_PATH}?metrics=slots`)).status).toBe(200);
    // So many are not kept in memory; the first of them are, by the clock.
    const again = async (query: string) =>
      (await recordStatements(async () => (await many.get(`${METRICS_PATH}?${query}`)).text())).statements.length;
    expect(await again('metrics=slots&groupBy=interviewer&total=true')).toBeGreaterThan(2);
    await again('metrics=slots&groupBy=interviewer&first=100&at=2026-11-28');
    expect(await again('metrics=slots&groupBy=interviewer&first=100&at=2026-11-28')).toBe(1);
  } finally {
    await many.stop();
  }
});

test('nothing imported: the clock is the present time, and every metric is 0 or null', async () => {
  const now = Date.parse('2026-12-24T18:00:00.700Z');
  const empty = await startService({}, undefined, {}, undefined, () => now);
  try {
    const token = await createToken(empty.db.prisma, 'reader', ['read']);
    const all = METRICS.map(({ column }) => column);
    const read = async (query: string): Promise<string[][]> =>
      parse(await (await empty.get(`${METRICS_PATH}?${query}`)).text());
    const [header, total] = await read(`metrics=${all}`);
    expect([header, new Set(total)]).toEqual([all, new Set(['0', ''])]);
    for (const dimension of Object.keys(DIMENSION_WORDS))
      expect(await read(`metrics=slots,overlapping&groupBy=${dimension}`)).toHaveLength(1);
    const of = (fields: readonly Selection[], values: PlainValues | null) =>
      JSON.parse(JSON.stringify(plainOf(fields, values)));
    const plain = plainMetrics([], { stages: new Map(), departments: new Map() }, { at: '2026-12-24T18:00:00Z' });
    for (let from = 0; from < SELECTIONS.length; from += 5) {
      const fields = SELECTIONS.slice(from, from + 5);
      const { metrics } = await data(
        empty,
        `{ metrics { groupCount total ${textOf(fields)} previousTotal ${textOf(fields)} } }`,
      );
      expect(metrics).toEqual({ groupCount: 0, total: of(fields, plain.total), previousTotal: null });
    }
    const response = await empty.get(`${METRICS_PATH}?metrics=slots,feedbackRate&groupBy=week&last=1-week`, {
      headers: { 'x-smarttoken': token },
    });
    expect(response.headers.get('x-metrics-at')).toBe('2026-12-24T18:00:00Z');
    expect(await response.text()).toBe('week,from,complete,slots,feedbackRate\n2026-W51,2026-12-14,true,0,\n');
  } finally {
    await empty.stop();
  }
});
