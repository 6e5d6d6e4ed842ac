/** Measures of any rows, by any request, are those of a plain computation. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocksOf, codesIn, readDocument, sectionOf, tableRows } from '../kit/documents.ts';
import { rowsIn } from '../kit/generated.ts';
import { type Answer, ask, data, type Json } from '../kit/graphql.ts';
import { ALL, type AnyRequest, anyRequest } from '../kit/metrics/any-request.ts';
import { anyClock, anyRows, rowNamed } from '../kit/metrics/any-rows.ts';
import { startOfDay } from '../kit/metrics/calendar.ts';
import { plainMetrics } from '../kit/metrics/plain-metrics.ts';
import type { PlainRow } from '../kit/metrics/request.ts';
import { plainOf, SELECTIONS, type Selection, sensible, textOf } from '../kit/metrics/selections.ts';
import { RESTRICTED_TOKEN, seenBy, startMetricsService, storeRows } from '../kit/metrics/stored.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { ADMIN_TOKEN, type Service } from '../kit/service.ts';

const MAX_GROUPS = 1000;
/** With more fields an operation could cost too much. */
const MAX_FIELDS = 5;

let service: Service;
beforeAll(async () => {
  service = await startMetricsService();
});
afterAll(() => service?.stop());

/** Binary fractions may differ in their last digits. */
const rounded = (json: unknown): Json =>
  JSON.parse(JSON.stringify(json), (_, value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value));

const PERIOD = '{ name from to complete }';

const queryOf = (fields: string): string => `query (
    $where: AppointmentWhere $period: MetricPeriod $groupBy: [MetricDimension!] $having: [MetricCondition!]
    $orderBy: [MetricOrder!] $first: Int $compareTo: MetricComparison $fill: Boolean! $at: DateTime
  ) {
    metrics(
      where: $where period: $period groupBy: $groupBy having: $having orderBy: $orderBy first: $first
      compareTo: $compareTo fill: $fill at: $at
    ) { ${fields} }
  }`;

/** Asks for some fields of all groups, of the total, and of what they are compared with. */
async function expectSame(
  all: readonly PlainRow[],
  { filter, ...request }: AnyRequest,
  at: string,
  token: string,
  selections: readonly Selection[],
): Promise<void> {
  const { groupBy, period } = request;
  const { visible, surroundings } = seenBy(token, all);
  const plain = plainMetrics(visible, surroundings, { ...request, where: filter.holds, at });
  const answer = async (fields: string): Promise<Answer> => {
    const variables = { where: filter.where, ...request, at };
    const { data, errors } = await ask(service, queryOf(fields), variables, { 'x-smarttoken': token });
    return { ...(data && { data }), ...(errors && { errors }) };
  };

  const ofTotal = sensible(selections, [], period.on);
  const fields = `at period ${PERIOD} previousPeriod ${PERIOD} previousAt total ${textOf(ofTotal)} previousTotal ${textOf(ofTotal)}`;
  expect(rounded(await answer(fields))).toEqual({
    data: {
      metrics: rounded({
        at,
        period: plain.period,
        previousPeriod: plain.previousPeriod,
        previousAt: plain.previousAt,
        total: plainOf(ofTotal, plain.total),
        previousTotal: plainOf(ofTotal, plain.previousTotal),
      }),
    },
  });

  const ofGroups = sensible(selections, groupBy, period.on);
  const set = textOf(ofGroups);
  const { data, errors } = await answer(
    `groupCount truncated groups { key { text period ${PERIOD} } values ${set} previous ${set} }`,
  );
  if (request.first === undefined && plain.groupCount > MAX_GROUPS) {
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    return;
  }
  expect(errors).toBeUndefined();
  const { groups, groupCount, truncated } = rounded(data.metrics);
  expect({ groupCount, truncated, keys: groups.map(({ key }: Json) => key) }).toEqual({
    groupCount: plain.groupCount,
    truncated: plain.groups.length < plain.groupCount,
    keys: plain.groups.map(({ key }) => key),
  });
  // One group after the other, so that only the first difference is shown.
  for (const [index, { key, values, previous }] of plain.groups.entries())
    expect(groups[index]).toEqual(
      rounded({ key, values: plainOf(ofGroups, values), previous: plainOf(ofGroups, previous) }),
    );
}

/** Asks for some fields of each interviewer and of each job. */
async function expectSameOfItems(
  all: readonly PlainRow[],
  { filter, period }: AnyRequest,
  at: string,
  selections: readonly Selection[],
): Promise<void> {
  const { visible, surroundings } = seenBy(ADMIN_TOKEN, all);
  const [ofInterviewer, ofJob] = [
    sensible(selections, ['INTERVIEWER'], period.on),
    sensible(selections, [], period.on),
  ];
  const answer = await data(
    service,
    `query ($where: AppointmentWhere, $period: MetricPeriod, $at: DateTime) {
      interviewers(first: 100) { nodes { employeeId metrics(where: $where, period: $period, at: $at) ${textOf(ofInterviewer)} } }
      jobs(first: 100) { nodes { jobId metrics(where: $where, period: $period, at: $at) ${textOf(ofJob)} } }
    }`,
    { where: filter.where, period, at },
  );
  const plainlyOf = (field: 'interviewerEmployeeId' | 'jobId', id: string, fields: readonly Selection[]) => {
    const where = (row: PlainRow) => row[field] === id && filter.holds(row);
    return rounded(plainOf(fields, plainMetrics(visible, surroundings, { where, period, at }).total));
  };
  for (const { employeeId, metrics } of answer.interviewers.nodes)
    expect(rounded(metrics)).toEqual(plainlyOf('interviewerEmployeeId', employeeId, ofInterviewer));
  for (const { jobId, metrics } of answer.jobs.nodes)
    expect(rounded(metrics)).toEqual(plainlyOf('jobId', jobId, ofJob));
}

/** All rows, as they are. */
const everything = { filter: ALL, period: {}, groupBy: [], fill: true } satisfies AnyRequest;

describe('by day and hour, at the moment that a day is over', () => {
  test.each([
    ['Europe/Berlin', 'has 23 hours', '2026-03-29'],
    ['America/New_York', 'has 25 hours', '2026-11-01'],
    ['Australia/Lord_Howe', 'has 24 and a half hours', '2026-04-05'],
    ['America/Sao_Paulo', 'begins at one', '2017-10-15'],
    ['America/Havana', 'begins twice', '2026-11-01'],
    ['Pacific/Apia', 'does not exist', '2011-12-30'],
  ])('in %s, which %s on %s', async (timeZone, _what, day) => {
    const hour = 3_600_000;
    const noon = Date.parse(`${day}T12:00:00Z`);
    const clock = (ms: number) => new Date(ms).toISOString().slice(0, 19);
    const rows = Array.from({ length: 96 }, (_, at) => noon + (at - 48) * hour).map((start, at) =>
      rowNamed({
        interviewId: `i-${at}`,
        interviewerEmployeeId: 'e-1',
        interviewTimeZone: 'UTC',
        startTime: clock(start),
        endTime: clock(start + hour),
      }),
    );
    const stored = await storeRows(service, rows);
    const [before, after] = [-1, 2].map((days) => clock(noon + days * 24 * hour).slice(0, 10)) as [string, string];
    const period = { from: before, to: after, timeZone };
    const over = startOfDay(clock(noon + 24 * hour).slice(0, 10), timeZone);
    for (const at of [over - 1000, over])
      for (const groupBy of [['DAY'], ['DAY', 'HOUR'], ['WEEKDAY']] as const)
        await expectSame(
          stored,
          { ...everything, period, groupBy, compareTo: 'PREVIOUS_PERIOD' },
          `${clock(at)}Z`,
          ADMIN_TOKEN,
          SELECTIONS.filter(({ metric }) => metric === 'APPOINTMENTS' || metric === 'HELD_SLOTS'),
        );
  });
});

describe('the worked example of docs/metrics.md', () => {
  const CLOCK = '2025-12-01T12:00:00Z';
  const weeks = {
    ...everything,
    period: { from: '2025-11-17', to: '2025-12-08' },
    groupBy: ['WEEK'],
    compareTo: 'PREVIOUS_PERIOD',
  } satisfies AnyRequest;

  let rows: PlainRow[];
  beforeAll(async () => {
    const csv = readDocument('examples/metrics/interviews.csv');
    const path = '/analytics/interviews?replaceAll=true&allowRemovals=true';
    expect((await service.get(path, { method: 'POST', body: csv })).status).toBe(200);
    rows = rowsIn(csv);
  });

  test.each([
    ['all rows', everything, CLOCK],
    ['weeks', weeks, CLOCK],
    ['all rows, seen earlier', everything, '2025-11-27T12:00:00Z'],
  ] as const)('has the same values of %s', async (_what, request, at) => {
    for (let from = 0; from < SELECTIONS.length; from += MAX_FIELDS)
      await expectSame(rows, request, at, ADMIN_TOKEN, SELECTIONS.slice(from, from + MAX_FIELDS));
  });

  describe('answers the questions of "Asking for them"', () => {
    const section = sectionOf(readDocument('docs/metrics.md'), 'Asking for them');
    const [ways, fields] = [3, 2].map((width) => tableRows(section).filter((cells) => cells.length === width));

    test('as a table', async () => {
      const [address = ''] = /\/analytics\/[^']*/.exec(section) ?? [];
      const [table = ''] = blocksOf(section, 'csv');
      expect((await (await service.get(address)).text()).trim()).toBe(table);
    });

    test('in GraphQL', async () => {
      const [query = ''] = blocksOf(section, 'graphql');
      const { metrics } = await data(service, query);
      expect(metrics.total).toEqual({ heldSlots: 5 });
      expect(metrics.groups[1].values.feedbackWithin.value).toBe(1 / 3);
    });

    test.each(
      ways?.map(([what = '', csv = '', graphql = '']) => ({ what, csv, graphql })) ?? [],
    )('$what', async (way) => {
      for (const parameters of codesIn(way.csv)) {
        const address = `/analytics/interviews/metrics?metrics=heldSlots,feedbackRate,feedbackBacklog&${parameters}`;
        const response = await service.get(address);
        expect({ status: response.status, body: await response.text() }).toMatchObject({ status: 200 });
      }
      const [written = ''] = codesIn(way.graphql);
      const isField = written.includes('numerator');
      const metrics = isField ? `metrics { total { ${written} } }` : `metrics(${written}) { groupCount }`;
      await data(service, `{ ${metrics} }`);
    });

    test.each(fields?.flatMap(([, cell = '']) => codesIn(cell)) ?? [])('with the field %s', async (field) => {
      await data(service, `{ metrics { total { ${field} } } }`);
    });
  });
});

const someFields = fc.subarray([...SELECTIONS], { minLength: 1, maxLength: MAX_FIELDS });

test(
  'measures are those of the plain computation',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRows.filter((rows) => rows.length > 0),
        fc.array(fc.tuple(anyRequest, anyClock, someFields), { minLength: 8, maxLength: 8 }),
        fc.constantFrom(ADMIN_TOKEN, ADMIN_TOKEN, RESTRICTED_TOKEN),
        async (rows, requests, token) => {
          const stored = await storeRows(service, rows);
          for (const [request, at, selections] of requests) await expectSame(stored, request, at, token, selections);
          const [[request, at, selections]] = requests as [(typeof requests)[number]];
          await expectSameOfItems(stored, request, at, selections);
        },
      ),
      // Each case takes an import: fewer rows would take a long time to find.
      { numRuns: propertyRuns(10), endOnFailure: true },
    );
  },
  propertyRuns(120_000),
);
