/** Metrics through GraphQL: every field, argument and refusal, over rows that are few enough to count by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CONDITION_COST,
  DIMENSION_COST,
  MEASURE_COST,
  METRICS_COST,
  PASS_COST,
  PERCENTILE_COST,
} from '../../src/graphql/costs.ts';
import { MAX_COST } from '../../src/graphql/limits.ts';
import { createLog } from '../../src/log.ts';
import { IS_DISTRIBUTED } from '../kit/database.ts';
import { type Answer, ask, data, type Json } from '../kit/graphql.ts';
import { untilBlocked, whileLocked } from '../kit/locked.ts';
import { csvOf, rowWith, type Values } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { recordStatements } from '../kit/statements.ts';
import { viewersByToken } from '../kit/viewers.ts';

const [JOB_1, JOB_2] = [1, 2].map((at) => `7d444840-9dc0-11d1-b245-5ffdce74fad${at}`) as [string, string];
const [ADA, BEN, CLEO] = [1, 2, 3].map((at) => `3f2504e0-4f89-41d3-9a0c-0305e82c330${at}`) as [string, string, string];
const [APPLIED_1, APPLIED_2] = [1, 2].map((at) => `5f2504e0-4f89-41d3-9a0c-0305e82c330${at}`) as [string, string];

const KNOWN_AT = '2024-03-20T00:00:00Z';

const NO_FEEDBACK = { interviewerReview: null, interviewerRating: null, timeToProvideFeedback: null };

/** A slot of an hour in Berlin, in winter. */
const slot = (day: string, hour: string): Values => ({
  startTime: `${day}T${hour}:00:00`,
  endTime: `${day}T${String(Number(hour) + 1).padStart(2, '0')}:00:00`,
  duration: '1',
  interviewCreateDate: '2024-03-01T00:00:00',
  interviewUpdateDate: '2024-03-01T00:00:00',
});

const ROWS: readonly Values[] = [
  // Held on the Monday of week 10, with a panel of two, of whom one declined.
  {
    ...slot('2024-03-04', '09'),
    ...{ interviewId: 'a', jobId: JOB_1, candidateProfileId: ADA, applicationId: APPLIED_1, applicationStage: 'HIRED' },
    ...{
      interviewerEmployeeId: 'e-1',
      interviewerStatus: 'ACCEPTED',
      timeToProvideFeedback: '5',
      interviewerRating: '4',
    },
  },
  {
    ...slot('2024-03-04', '09'),
    ...{ interviewId: 'a', jobId: JOB_1, candidateProfileId: ADA, applicationId: APPLIED_1, applicationStage: 'HIRED' },
    ...{ interviewerEmployeeId: 'e-2', interviewerStatus: 'DECLINED', ...NO_FEEDBACK },
  },
  // Held on the Tuesday of week 11, without feedback.
  {
    ...slot('2024-03-12', '10'),
    ...{ interviewId: 'b', jobId: JOB_2, candidateProfileId: BEN, applicationId: APPLIED_2 },
    ...{ interviewerEmployeeId: 'e-1', interviewerStatus: 'PENDING', ...NO_FEEDBACK, interviewType: 'VIDEO' },
  },
  // Canceled.
  {
    ...slot('2024-03-13', '11'),
    ...{ interviewId: 'c', jobId: JOB_1, candidateProfileId: BEN, applicationId: APPLIED_2, interviewCanceled: 'true' },
    ...{ interviewerEmployeeId: 'e-2', interviewerStatus: 'ACCEPTED', ...NO_FEEDBACK, candidateStatus: 'DECLINED' },
  },
  // To come.
  {
    ...slot('2024-03-25', '09'),
    ...{ interviewId: 'd', jobId: JOB_2, candidateProfileId: CLEO, applicationId: null, room: 'Kant' },
    ...{ interviewerEmployeeId: 'e-3', interviewerStatus: 'TENTATIVE', ...NO_FEEDBACK },
  },
  // At no known time, by nobody with an ID.
  {
    ...{ interviewId: 'e', jobId: null, candidateProfileId: null, applicationId: null, creatorEmployeeId: null },
    ...{ interviewerEmployeeId: null, interviewerStatus: null, ...NO_FEEDBACK, interviewTimeZone: null },
    ...{ startTime: null, endTime: null, duration: null, interviewStartDate: null, interviewCanceled: null },
  },
];

let service: Service;
beforeAll(async () => {
  const viewers = viewersByToken({
    [ADMIN_TOKEN]: {},
    reader: { scopes: ['read'] },
    'job 1': { restriction: { jobIds: [JOB_1], departments: [] } },
    'job 2': { restriction: { jobIds: [JOB_2], departments: [] } },
  });
  service = await startService({}, createLog('silent'), {}, viewers);
  await importRows(ROWS);
});
afterAll(() => service?.stop());

const importRows = (rows: readonly Values[], asOf = KNOWN_AT) =>
  service.import(csvOf(rows.map(rowWith)), { replaceAll: true, asOf: Date.parse(asOf) });

/** The metrics of arguments, with a selection. */
async function metrics(args: string, selection: string): Promise<Json> {
  return (await data(service, `{ metrics${args && `(${args})`} { ${selection} } }`)).metrics;
}
const total = async (selection: string, args = ''): Promise<Json> =>
  (await metrics(args, `total { ${selection} }`)).total;
/** The texts of the keys with a selection of each group. */
const groups = async (args: string, selection = 'values { appointments }'): Promise<Json> =>
  (await metrics(args, `groups { key { text } ${selection} }`)).groups;
const refusal = async (query: string, token?: string): Promise<string> => {
  const answer = await ask(service, query, {}, token === undefined ? {} : { 'x-smarttoken': token });
  expect(answer.data ?? null).toBeNull();
  return answer.errors?.[0]?.message ?? '';
};
const keysOf = (found: Json): Json => found.map(({ key }: Json) => key.text);
const statementNames = async (query: string, headers: Record<string, string> = {}) => {
  const { result, statements } = await recordStatements(() => ask(service, query, {}, headers));
  expect(result.errors).toBeUndefined();
  return statements
    .map(({ text }) => /^\/\* ([\w.]+)/.exec(text)?.[1] ?? text)
    .filter((name) => !name.includes('token'));
};

describe('the measures of all appointments', () => {
  test('count rows, interviews, slots and people', async () => {
    expect(
      await total('appointments interviews slots candidates applications interviewers unknownTime hiredApplications'),
    ).toEqual({
      ...{ appointments: 6, interviews: 5, slots: 5, candidates: 3, applications: 2, interviewers: 3 },
      ...{ unknownTime: 1, hiredApplications: 1 },
    });
  });

  test('tell held slots from those to come', async () => {
    expect(
      await total(
        'heldSlots heldInterviews heldSlotsAllDeclined upcomingSlots upcomingSlotsUncovered heldHours heldInterviewerHours heldSlotsPerHire overlapping',
      ),
    ).toEqual({
      ...{ heldSlots: 2, heldInterviews: 2, heldSlotsAllDeclined: 0, upcomingSlots: 1, upcomingSlotsUncovered: 0 },
      ...{ heldHours: 2, heldInterviewerHours: 2, heldSlotsPerHire: 2, overlapping: 0 },
    });
  });

  test('are rates with numerator and denominator', async () => {
    const rate = '{ value numerator denominator }';
    const names = 'cancellation interviewerAcceptance interviewerDecline interviewerOpen candidateDecline feedback';
    expect(
      await total(`${names.replaceAll(/\w+/g, (name) => `${name} ${rate}`)} late: feedbackWithin(hours: 4) ${rate}
        day: feedbackWithin ${rate}`),
    ).toEqual({
      cancellation: { value: 1 / 5, numerator: 1, denominator: 5 },
      interviewerAcceptance: { value: 1 / 4, numerator: 1, denominator: 4 },
      interviewerDecline: { value: 1 / 4, numerator: 1, denominator: 4 },
      interviewerOpen: { value: 2 / 4, numerator: 2, denominator: 4 },
      candidateDecline: { value: 1 / 5, numerator: 1, denominator: 5 },
      feedback: { value: 1 / 2, numerator: 1, denominator: 2 },
      late: { value: 0, numerator: 0, denominator: 2 },
      day: { value: 1 / 2, numerator: 1, denominator: 2 },
    });
  });

  test('are statistics, also of what has parts', async () => {
    const statistics = '{ count mean median p90 percentile(p: 1) min max }';
    const of = (value: number, count = 1) => ({
      ...{ count, mean: value, median: value, p90: value, percentile: value, min: value, max: value },
    });
    expect(
      await total(`rating ${statistics} panelSize { count mean max } timeToFeedback { given ${statistics} due percentileOfDue all: percentileOfDue(p: 1) }
        feedbackBacklog { total underThirtyDays oldestEndedAt underOneDay oneToThreeDays threeToSevenDays sevenToThirtyDays overThirtyDays }
        interviewerLoad { slotsPerWeek { count max } hoursPerWeek ${statistics} } schedulingLead { count min }`),
    ).toEqual({
      rating: of(4),
      panelSize: { count: 4, mean: 5 / 4, max: 2 },
      timeToFeedback: { given: of(5), due: 2, percentileOfDue: 5, all: null },
      feedbackBacklog: {
        ...{ total: 1, underThirtyDays: 1, oldestEndedAt: '2024-03-12T10:00:00Z', underOneDay: 0, oneToThreeDays: 0 },
        ...{ threeToSevenDays: 0, sevenToThirtyDays: 1, overThirtyDays: 0 },
      },
      interviewerLoad: { slotsPerWeek: { count: 2, max: 1 }, hoursPerWeek: of(1, 2) },
      schedulingLead: { count: 4, min: expect.closeTo(3 + 8 / 24) },
    });
  });

  test('are 0 and null where there are none', async () => {
    expect(
      await total(
        'appointments heldHours cancellation { value numerator denominator } rating { count median } feedbackBacklog { oldestEndedAt }',
        'where: { row: { interviewId: { eq: "none" } } }',
      ),
    ).toEqual({
      ...{ appointments: 0, heldHours: null, cancellation: { value: null, numerator: 0, denominator: 0 } },
      ...{ rating: { count: 0, median: null }, feedbackBacklog: { oldestEndedAt: null } },
    });
  });

  test('are those of matching appointments', async () => {
    expect(await total('appointments', `where: { job: { jobId: { eq: "${JOB_1}" } } }`)).toEqual({ appointments: 3 });
  });

  test('are read through fragments, aliases and directives like any field', async () => {
    const query = `query ($no: Boolean! = false, $p: Float! = 0.5) { metrics { total { ...a ... on MetricValues { slots @include(if: $no) }
        same: interviews rating { percentile(p: $p) } } } } fragment a on MetricValues { interviews __typename ...b } fragment b on MetricValues { slots }`;
    expect((await data(service, query)).metrics.total).toEqual({
      ...{ interviews: 5, __typename: 'MetricValues', slots: 5, same: 5, rating: { percentile: 4 } },
    });
  });
});

describe('groups', () => {
  test('are named by their keys, and what has none comes last', async () => {
    expect(await groups('groupBy: [JOB]')).toEqual([
      { key: { text: [JOB_1] }, values: { appointments: 3 } },
      { key: { text: [JOB_2] }, values: { appointments: 2 } },
      { key: { text: [null] }, values: { appointments: 1 } },
    ]);
  });

  test('have the fields of their dimensions, and null in the others', async () => {
    const fields =
      'weekday hour department applicationStage applicationStep interviewType candidateStatus interviewerStatus canceled slotState location room';
    const none = Object.fromEntries(fields.split(' ').map((name) => [name, null]));
    const keys = async (dimensions: string): Promise<Json> =>
      (await metrics(`groupBy: [${dimensions}]`, `groups { key { ${fields} } }`)).groups.map(({ key }: Json) => key);
    expect((await keys('WEEKDAY, HOUR'))[0]).toEqual({ ...none, weekday: 'MONDAY', hour: 9 });
    expect((await keys('INTERVIEW_TYPE, CANCELED, SLOT_STATE')).map(({ slotState }: Json) => slotState)).toEqual([
      ...['HELD', 'UPCOMING', 'CANCELED', 'UNKNOWN_TIME', 'HELD'],
    ]);
    expect((await keys('INTERVIEW_TYPE, CANCELED, SLOT_STATE'))[2]).toEqual({
      ...{ ...none, interviewType: 'ONSITE', canceled: true, slotState: 'CANCELED' },
    });
    expect((await keys('CANDIDATE_STATUS, INTERVIEWER_STATUS'))[0]).toMatchObject({
      ...{ candidateStatus: expect.any(String), interviewerStatus: expect.any(String) },
    });
    expect((await keys('APPLICATION_STAGE, APPLICATION_STEP, DEPARTMENT'))[0]).toMatchObject({
      ...{ applicationStep: 'On-site', department: null },
    });
    expect((await keys('LOCATION, ROOM'))[0]).toEqual({ ...none, location: 'Büro 1, "Kant"', room: 'Kant' });
  });

  test('have the people and jobs that they are of, all read by one statement each', {
    skip: IS_DISTRIBUTED,
  }, async () => {
    const query = `{ metrics(groupBy: [INTERVIEWER, JOB, CANDIDATE]) { groups { key { text interviewer { employeeId name } job { jobId }
        candidate { candidateProfileId applications(first: 1) { totalCount } } creator { employeeId } } } } }`;
    const { groups: found } = (await data(service, query)).metrics;
    expect(found).toHaveLength(6);
    for (const { key } of found) {
      expect(key.text).toEqual([
        ...[key.interviewer?.employeeId ?? null, key.job?.jobId ?? null, key.candidate?.candidateProfileId ?? null],
      ]);
      expect(key.creator).toBeNull();
    }
    expect(await statementNames(query)).toEqual([
      ...['dataset.clock', 'items.employee', 'items.job', 'items.candidate'],
    ]);
    expect((await metrics('groupBy: [CREATOR]', 'groups { key { creator { employeeId } } }')).groups).toEqual([
      ...[{ key: { creator: { employeeId: 'e-1' } } }, { key: { creator: null } }],
    ]);
  });

  test('by week have the period, and whether it is complete', async () => {
    const found = await metrics(
      'groupBy: [WEEK], period: { from: "2024-03-04", to: "2024-03-27" }',
      'groups { key { text period { name from to complete } } values { heldSlots cancellation { value } } } period { name from to complete }',
    );
    expect(found).toEqual({
      groups: [
        ['2024-W10', '2024-03-04', '2024-03-11', true, 1, 0],
        ['2024-W11', '2024-03-11', '2024-03-18', true, 1, 1 / 2],
        ['2024-W12', '2024-03-18', '2024-03-25', false, 0, null],
        ['2024-W13', '2024-03-25', '2024-04-01', false, 0, 0],
      ].map(([name, from, to, complete, heldSlots, value]) => ({
        key: { text: [name], period: { name, from, to, complete } },
        values: { heldSlots, cancellation: { value } },
      })),
      period: { name: '2024-03-04/2024-03-27', from: '2024-03-04', to: '2024-03-27', complete: false },
    });
  });

  test('without appointments are there, unless they are not to be filled in', async () => {
    const period = 'period: { from: "2024-03-04", to: "2024-03-25" }';
    expect(keysOf(await groups(`groupBy: [WEEK], ${period}`))).toEqual([['2024-W10'], ['2024-W11'], ['2024-W12']]);
    expect(keysOf(await groups(`groupBy: [WEEK], ${period}, fill: false`))).toEqual([['2024-W10'], ['2024-W11']]);
    expect(keysOf(await groups(`groupBy: [INTERVIEWER, WEEK], ${period}`))).toHaveLength(6);
  });

  test('are too many to fill in, also where no group meets the conditions', async () => {
    const args =
      'groupBy: [DAY, JOB], period: { from: "2000-01-01", to: "2027-01-01" }, having: [{ metric: SLOTS, gt: 999 }]';
    expect(await refusal(`{ metrics(${args}) { groupCount } }`)).toBe(
      'fill: 9862 periods for each of more than 1 other keys are more than 10000 groups; set it to false, filter, or ask for fewer periods.',
    );
  });

  test('of an empty list of dimensions are none, and nothing is read for them', async () => {
    const query = '{ metrics { groups { values { appointments } } groupCount truncated } }';
    expect((await data(service, query)).metrics).toEqual({ groups: [], groupCount: 0, truncated: false });
    expect(await statementNames(query)).toEqual(['dataset.clock']);
  });

  test('meet the conditions, which do not change the total', async () => {
    const found = await metrics(
      'groupBy: [JOB], having: [{ metric: APPOINTMENTS, gte: 2, lt: 10 }, { metric: RATING_MEAN, isNull: false }]',
      'groups { key { text } } groupCount total { appointments }',
    );
    expect(found).toEqual({ groups: [{ key: { text: [JOB_1] } }], groupCount: 1, total: { appointments: 6 } });
    expect(await groups('groupBy: [JOB], having: [{ metric: APPOINTMENTS, gt: 1, lte: 2 }]')).toHaveLength(1);
    expect(await groups('groupBy: [JOB], having: []')).toHaveLength(3);
  });

  test('are ordered by metrics and dimensions, nulls first or last', async () => {
    const order = async (orderBy: string) =>
      (await groups(`groupBy: [INTERVIEWER], orderBy: ${orderBy}`)).map(({ key }: Json) => key.text[0]);
    expect(await order('[{ dimension: INTERVIEWER, direction: DESC, nulls: FIRST }]')).toEqual([
      ...[null, 'e-3', 'e-2', 'e-1'],
    ]);
    expect(await order('[{ metric: APPOINTMENTS, direction: DESC }]')).toEqual(['e-1', 'e-2', 'e-3', null]);
    expect(await order('[{ metric: RATING_MEAN, nulls: FIRST }]')).toEqual(['e-2', 'e-3', null, 'e-1']);
    expect(await order('[{ metric: APPOINTMENTS }, { dimension: INTERVIEWER, direction: DESC }]')).toEqual([
      ...['e-3', null, 'e-2', 'e-1'],
    ]);
  });

  test('are the first so many, of a number that is told', async () => {
    const found = (first: string) =>
      metrics(`groupBy: [INTERVIEWER]${first}`, 'groups { key { text } } groupCount truncated');
    expect(await found(', first: 2')).toEqual({
      ...{ groups: [{ key: { text: ['e-1'] } }, { key: { text: ['e-2'] } }], groupCount: 4, truncated: true },
    });
    expect(await found(', first: 4')).toMatchObject({ groupCount: 4, truncated: false });
    expect(await found('')).toMatchObject({ groupCount: 4, truncated: false });
    expect(await metrics('groupBy: [INTERVIEWER], first: 2', 'groupCount truncated')).toEqual({
      ...{ groupCount: 4, truncated: true },
    });
  });

  test('of more than a thousand are an error that says what to do, unless the first are asked for', async () => {
    const days = 'period: { from: "2024-01-01", to: "2026-12-31" }';
    expect(await refusal(`{ metrics(groupBy: [DAY], ${days}) { groups { key { text } } } }`)).toBe(
      'groups: by DAY there are 1095 groups; at most 1000 are returned. Give first (up to 1000), a shorter period or a filter; CSV at /analytics/interviews/metrics has no limit.',
    );
    expect(await metrics(`groupBy: [DAY], ${days}`, 'groupCount')).toEqual({ groupCount: 1095 });
    expect(await groups(`groupBy: [DAY], ${days}, first: 1000`)).toHaveLength(1000);
  });
});

describe('a comparison', () => {
  const WEEK_11 = 'period: { from: "2024-03-11", to: "2024-03-18" }, compareTo: PREVIOUS_PERIOD';

  test('has the same of the period before, by position, at a clock that is moved alike', async () => {
    const found = await metrics(
      `groupBy: [WEEK, INTERVIEWER], ${WEEK_11}`,
      `groups { key { text } values { appointments } previous { appointments heldSlots } } total { appointments } previousTotal { appointments }
        previousPeriod { name complete } previousAt period { name }`,
    );
    expect(found).toEqual({
      groups: [
        {
          key: { text: ['2024-W11', 'e-1'] },
          values: { appointments: 1 },
          previous: { appointments: 1, heldSlots: 1 },
        },
        {
          key: { text: ['2024-W11', 'e-2'] },
          values: { appointments: 1 },
          previous: { appointments: 1, heldSlots: 1 },
        },
      ],
      total: { appointments: 2 },
      previousTotal: { appointments: 2 },
      previousPeriod: { name: '2024-W10', complete: true },
      previousAt: '2024-03-13T00:00:00Z',
      period: { name: '2024-W11' },
    });
  });

  test('has null where a group was not there, and where nothing is compared', async () => {
    const selection = 'groups { previous { appointments } } previousTotal { appointments } previousPeriod { name }';
    expect(await metrics(`groupBy: [JOB], ${WEEK_11}`, selection)).toEqual({
      groups: [{ previous: { appointments: 2 } }, { previous: null }],
      previousTotal: { appointments: 2 },
      previousPeriod: { name: '2024-W10' },
    });
    expect(await metrics('groupBy: [JOB]', selection)).toEqual({
      groups: [{ previous: null }, { previous: null }, { previous: null }],
      previousTotal: null,
      previousPeriod: null,
    });
  });

  test('is not compiled where nothing of it is selected', async () => {
    const texts = async (selection: string) => {
      const query = `{ metrics(groupBy: [JOB], ${WEEK_11}, where: { status: { not: PENDING } }) { ${selection} } }`;
      const { statements } = await recordStatements(() => data(service, query));
      return statements.map(({ text }) => text).filter((text) => text.includes('/* metrics.groups */'));
    };
    expect((await texts('groups { values { slots } }'))[0]).not.toContain('d0');
    expect((await texts('groups { values { slots } previous { slots } }'))[0]).toContain('d0');
    expect((await texts('total { slots }'))[0]).not.toContain('d0');
    expect((await texts('total { slots } previousTotal { slots }'))[0]).toContain('d0');
  });
});

describe('the clock', () => {
  test('is when the rows are known to be of, and tells the answer so', async () => {
    const { version } = (await service.rows('SELECT version::text FROM dataset'))[0] ?? {};
    expect(await metrics('', 'at dataVersion on timeZone period { name } previousPeriod { name }')).toEqual({
      ...{ at: KNOWN_AT, dataVersion: version, on: 'START', timeZone: null, period: null, previousPeriod: null },
    });
  });

  test('may be another one', async () => {
    expect(
      await metrics('at: "2024-03-10T01:00:00+01:00"', 'at total { heldSlots upcomingSlots feedback { denominator } }'),
    ).toEqual({ at: '2024-03-10T00:00:00Z', total: { heldSlots: 1, upcomingSlots: 2, feedback: { denominator: 1 } } });
  });

  test('is where the last weeks are counted from', async () => {
    const of = (period: string) => metrics(`period: ${period}`, 'period { name complete } on timeZone');
    expect(await of('{ last: { count: 2, unit: WEEK } }')).toEqual({
      ...{ period: { name: '2024-03-04/2024-03-18', complete: true }, on: 'START', timeZone: null },
    });
    expect(
      await of('{ last: { count: 1, unit: MONTH, andCurrent: true }, timeZone: "Europe/Berlin", on: CREATE }'),
    ).toEqual({
      ...{ period: { name: '2024-02-01/2024-04-01', complete: false }, on: 'CREATE', timeZone: 'Europe/Berlin' },
    });
    expect(await of('{ from: "2024-03-03", weekStart: SUNDAY }')).toMatchObject({ period: { name: '2024-03-03/..' } });
  });
});

describe('only what is selected', () => {
  test.each([
    ['nothing', '{ metrics(groupBy: [JOB]) { at period { name } } }', []],
    ['the keys', '{ metrics(groupBy: [JOB]) { groups { key { text } } } }', [0]],
    ['the total', '{ metrics(groupBy: [JOB]) { total { appointments } } }', [1]],
    [
      'groups by two names',
      '{ metrics(groupBy: [JOB]) { a: groups { values { slots } } b: groups { values { interviews } } } }',
      [2],
    ],
    [
      'groups and total',
      '{ metrics(groupBy: [JOB]) { groups { values { slots } previous { slots } } total { interviews } previousTotal { slots } groupCount } }',
      [1, 2],
    ],
  ])('is read: %s', async (_what, query, columns) => {
    await importRows([...ROWS, { interviewId: 'another', interviewCreateDate: `2024-03-02T00:00:0${columns.length}` }]);
    try {
      const { statements } = await recordStatements(() => data(service, query));
      const read = statements.filter(({ text }) => text.includes('/* metrics.groups */'));
      expect(read.map(({ text }) => text.match(/ AS v\d+/g)?.length ?? 0).sort()).toEqual(columns);
    } finally {
      await importRows(ROWS);
    }
  });
});

describe('an interviewer and a job', () => {
  test('have the measures of their appointments, of all by one statement', async () => {
    const query = (selection: string) =>
      `{ interviewers(first: 10) { nodes { employeeId metrics { ${selection} } } } }`;
    const { interviewers } = await data(service, query('appointments heldSlots feedback { value }'));
    expect(interviewers.nodes).toEqual([
      { employeeId: 'e-1', metrics: { appointments: 2, heldSlots: 2, feedback: { value: 1 / 2 } } },
      { employeeId: 'e-2', metrics: { appointments: 2, heldSlots: 1, feedback: { value: null } } },
      { employeeId: 'e-3', metrics: { appointments: 1, heldSlots: 0, feedback: { value: null } } },
    ]);
    expect(await statementNames(query('slots rating { median }'))).toEqual([
      ...['page.employee', 'dataset.clock', 'metrics.settings', 'metrics.groups'],
    ]);
    const jobs = `{ jobs(first: 10) { nodes { jobId metrics(where: { status: { eq: PENDING } }, at: "2024-03-13T00:00:00Z") { heldSlots heldSlotsPerHire panelSize { mean } } } } }`;
    expect((await data(service, jobs)).jobs.nodes).toEqual([
      { jobId: JOB_1, metrics: { heldSlots: 0, heldSlotsPerHire: null, panelSize: { mean: null } } },
      { jobId: JOB_2, metrics: { heldSlots: 1, heldSlotsPerHire: null, panelSize: { mean: 1 } } },
    ]);
  });

  test('have the values of nothing where they have no appointments', async () => {
    const of =
      'appointments cancellation { value denominator } rating { count mean } feedbackBacklog { total oldestEndedAt }';
    const { job } = await data(
      service,
      `{ job(jobId: "${JOB_1}") { metrics(period: { from: "2020-01-01", to: "2021-01-01" }) { ${of} } } }`,
    );
    expect(job.metrics).toEqual({
      ...{ appointments: 0, cancellation: { value: null, denominator: 0 }, rating: { count: 0, mean: null } },
      ...{ feedbackBacklog: { total: 0, oldestEndedAt: null } },
    });
  });

  test('refuse what makes no sense of them', async () => {
    expect(await refusal('{ interviewers(first: 2) { nodes { metrics { panelSize { mean } } } } }')).toBe(
      'panelSize makes no sense by INTERVIEWER: it looks at all interviewers of a time slot, and such a group has only some of them.',
    );
  });
});

describe('a refusal names what is wrong, and what would be right', () => {
  test.each([
    [
      'groupBy: [WEEK, MONTH]',
      'groups { key { text } }',
      'groupBy: WEEK and MONTH exclude each other; give one of DAY, WEEK, MONTH, QUARTER, YEAR.',
    ],
    ['groupBy: [JOB, JOB]', 'groups { key { text } }', 'groupBy: JOB occurs twice.'],
    [
      'groupBy: [JOB, ROOM, HOUR, WEEK]',
      'at',
      'groupBy: JOB, ROOM, HOUR, WEEK are 4 dimensions; at most 3 are allowed.',
    ],
    ['groupBy: [JOB], first: 0', 'at', 'first: 0 is not accepted; it is a whole number from 1 to 1000.'],
    ['groupBy: [JOB], first: 1001', 'at', 'first: 1001 is not accepted; it is a whole number from 1 to 1000.'],
    [
      'groupBy: [JOB], orderBy: [{ direction: ASC }]',
      'at',
      'orderBy[0] has neither metric nor dimension; give exactly one of both.',
    ],
    [
      'groupBy: [JOB], orderBy: [{ metric: SLOTS, dimension: JOB }]',
      'at',
      'orderBy[0] has the metric SLOTS and the dimension JOB; give exactly one of both.',
    ],
    ['groupBy: [JOB], orderBy: [{ dimension: ROOM }]', 'at', 'orderBy: ROOM is not one of groupBy (JOB).'],
    [
      `groupBy: [JOB], orderBy: [${'{ metric: SLOTS }, '.repeat(4)}]`,
      'at',
      'orderBy has 4 keys; at most 3 are allowed.',
    ],
    [
      'groupBy: [JOB], having: [{ metric: SLOTS, gt: 1 }, { metric: SLOTS }]',
      'at',
      'having[1]: SLOTS is compared with nothing; give gt, gte, lt, lte or isNull.',
    ],
    [
      'groupBy: [JOB], having: [{ metric: SLOTS, gt: 1 }, { metric: SLOTS, lt: -1e999 }]',
      'groups { key { text } }',
      'having[1].lt: -Infinity is not accepted; it is a finite number.',
    ],
    [
      `groupBy: [JOB], having: [${'{ metric: SLOTS, gt: 1 }, '.repeat(11)}]`,
      'at',
      'having has 11 conditions; at most 10 are allowed.',
    ],
    [
      'period: { from: "2024-03-04", to: "2024-03-04" }',
      'at',
      'period.from: "2024-03-04" is not before period.to, "2024-03-04"; period.to is the day after the last.',
    ],
    [
      'period: { from: "2024-03-04", last: { count: 1, unit: DAY } }',
      'at',
      'period.from: "2024-03-04" and period.last exclude each other; give either period.last, or period.from and period.to.',
    ],
    [
      'period: { last: { count: 401, unit: DAY } }',
      'at',
      'period.last.count: 401 is not accepted; it must be a whole number from 1 to 400, or 0 with andCurrent.',
    ],
    [
      'period: { timeZone: "Mars" }',
      'at',
      'period.timeZone: "Mars" is not a time zone; accepted are the names of the IANA database, such as Europe/Berlin.',
    ],
    [
      'period: { from: "2024-02-30" }',
      'at',
      '"2024-02-30" is not a LocalDate; it must be a day from 0001-01-01 to 9999-12-31, such as 2026-11-24.',
    ],
    [
      'compareTo: PREVIOUS_PERIOD',
      'at',
      'compareTo: PREVIOUS_PERIOD needs a period with a beginning and an end, and this one has neither; give period.from and period.to, or period.last.',
    ],
    [
      '',
      'total { rating { percentile(p: 1.5) } }',
      'rating.percentile.p: 1.5 is not accepted; it is a number from 0 to 1.',
    ],
    [
      '',
      'total { timeToFeedback { percentileOfDue(p: -1) } }',
      'timeToFeedback.percentileOfDue.p: -1 is not accepted; it is a number from 0 to 1.',
    ],
    [
      '',
      'total { feedbackWithin(hours: 0) { value } }',
      'feedbackWithin.hours: 0 is not accepted; it is a number above 0, up to 1000.',
    ],
    [
      '',
      'total { feedbackWithin(hours: 1001) { value } }',
      'feedbackWithin.hours: 1001 is not accepted; it is a number above 0, up to 1000.',
    ],
    [
      '',
      `total { rating { ${Array.from({ length: 21 }, (_, at) => `a${at}: percentile(p: ${at / 100})`).join(' ')} } }`,
      'percentiles: 21 different ones are selected; at most 20 are allowed.',
    ],
    [
      'groupBy: [JOB], period: { on: REVIEW }',
      'groups { values { feedback { value } } }',
      'feedback makes no sense on the date REVIEW: only appointments with a review have it, so nothing would be missing.',
    ],
    [
      'groupBy: [INTERVIEWER], having: [{ metric: PANEL_SIZE_MEAN, gt: 1 }]',
      'groups { key { text } }',
      'panelSize makes no sense by INTERVIEWER: it looks at all interviewers of a time slot, and such a group has only some of them.',
    ],
    [
      'groupBy: [HOUR], orderBy: [{ metric: SLOTS_PER_INTERVIEWER_WEEK_MAX }]',
      'groups { key { text } }',
      'interviewerLoad makes no sense by HOUR: it is counted per week, and such a group has only a part of one.',
    ],
    [
      'groupBy: [WEEK]',
      'groups { previous { heldSlotsPerHire } }',
      'heldSlotsPerHire makes no sense by WEEK: hires lie elsewhere than the slots that led to them; it makes sense in total, by job and by department.',
    ],
  ])('%s { %s }', async (args, selection, message) => {
    const { result, statements } = await recordStatements(() =>
      refusal(`{ metrics${args && `(${args})`} { ${selection} } }`),
    );
    expect(result).toContain(message);
    expect(statements.filter(({ text }) => text.includes('/* metrics.groups */'))).toEqual([]);
  });
});

test('a time zone that only Node knows is refused by its name, and what stands beside it is answered in its own words', async () => {
  const other = 'period: { timeZone: "US/Pacific-New" }';
  const { errors } = await ask(
    service,
    `{ a: metrics(groupBy: [DAY], ${other}) { groups { key { text } } }
       b: metrics(groupBy: [DAY], ${other}) { groupCount total { slots } }
       c: metrics(groupBy: [JOB], period: { timeZone: "Europe/Berlin" }) { groupCount total { slots } }
       interviews(first: 1) { nodes { interviewId job { metrics(${other}) { slots } } } } }`,
  );
  const unknown = 'timeZone: the database does not know "US/Pacific-New"; give another place with the same clocks.';
  expect(new Set(errors?.map(({ message, extensions }) => `${extensions.code} ${message}`))).toEqual(
    new Set([`BAD_USER_INPUT ${unknown}`]),
  );
});

describe('a token', () => {
  const asReader = (query: string): Promise<Answer> => ask(service, query, {}, { 'x-smarttoken': 'reader' });

  test.each([
    ['{ metrics { total { rating { mean } } } }', 'MetricValues.rating'],
    [
      '{ metrics(groupBy: [JOB], having: [{ metric: RATING_MEAN, gt: 1 }]) { groups { key { text } } } }',
      'MetricName.RATING_MEAN',
    ],
    [
      '{ metrics(groupBy: [JOB], orderBy: [{ metric: RATING_MEAN }]) { groups { key { text } } } }',
      'MetricName.RATING_MEAN',
    ],
    ['{ metrics(groupBy: [ROOM]) { groups { key { text } } } }', 'MetricDimension.ROOM'],
    ['{ metrics(groupBy: [LOCATION]) { groups { key { text } } } }', 'MetricDimension.LOCATION'],
    ['{ metrics { groups { key { room } } } }', 'MetricKey.room'],
    ['{ metrics { groups { key { location } } } }', 'MetricKey.location'],
    ['{ metrics(where: { rating: { gt: 3 } }) { total { slots } } }', 'AppointmentWhere.rating'],
    ['{ interviewers(first: 1) { nodes { metrics { rating { mean } } } } }', 'MetricValues.rating'],
    ['{ metrics(groupBy: [INTERVIEWER]) { groups { key { interviewer { name } } } } }', 'Interviewer.name'],
  ])('with the scope read is refused %s', async (query, name) => {
    expect((await asReader(query)).errors).toEqual([
      {
        message: `${name} requires the scope personal; the token has read.`,
        extensions: { code: 'FORBIDDEN', scope: 'personal' },
      },
    ]);
  });

  test('with the scope read may know all else', async () => {
    const { metricDefinitions } = (await asReader('{ metricDefinitions { name scope } }')).data;
    for (const { name, scope } of metricDefinitions) {
      const answer = await asReader(
        `{ metrics(groupBy: [JOB], having: [{ metric: ${name}, isNull: false }]) { groupCount } }`,
      );
      expect(answer.errors?.[0]?.extensions.code ?? 'READ', name).toBe(scope === 'READ' ? 'READ' : 'FORBIDDEN');
    }
  });

  test('that is restricted measures what it sees, and what another one measured is not kept for it', async () => {
    const query = `{ metrics(groupBy: [INTERVIEWER]) { groups { key { text interviewer { employeeId } } values { appointments overlapping } } total { appointments jobs: slots } }
        jobs(first: 5) { nodes { metrics { appointments } } } }`;
    const of = async (token: string) => (await ask(service, query, {}, { 'x-smarttoken': token })).data;
    const seen = async (token: string) => {
      const { metrics: found, jobs } = await of(token);
      return {
        keys: found.groups.map(({ key }: Json) => [key.text[0], key.interviewer?.employeeId]),
        counts: found.groups.map(({ values }: Json) => values.appointments),
        total: found.total.appointments,
        jobs: jobs.nodes.map((job: Json) => job.metrics.appointments),
      };
    };
    for (let turn = 0; turn < 2; turn++) {
      expect(await seen('job 1')).toEqual({
        ...{
          keys: [
            ['e-1', 'e-1'],
            ['e-2', 'e-2'],
          ],
          counts: [1, 2],
          total: 3,
          jobs: [3],
        },
      });
      expect(await seen('job 2')).toEqual({
        ...{
          keys: [
            ['e-1', 'e-1'],
            ['e-3', 'e-3'],
          ],
          counts: [1, 1],
          total: 2,
          jobs: [2],
        },
      });
    }
  });
});

describe('kept answers', () => {
  const QUERY = '{ metrics(groupBy: [JOB]) { groups { values { candidates } } total { candidates } } }';

  test('are read once for all who see the same', async () => {
    await data(service, QUERY);
    expect(await statementNames(QUERY)).toEqual(['dataset.clock']);
    expect(await statementNames(QUERY, { 'x-smarttoken': 'reader' })).toEqual(['dataset.clock']);
    expect(await statementNames(QUERY, { 'x-smarttoken': 'job 1' })).toContain('metrics.groups');
  });

  test('are never those of former rows, or of a former clock', async () => {
    const query = '{ metrics { at total { appointments heldSlots } } }';
    const before = { at: KNOWN_AT, total: { appointments: 6, heldSlots: 2 } };
    try {
      expect((await data(service, query)).metrics).toEqual(before);
      await importRows(ROWS.slice(0, 5));
      expect((await data(service, query)).metrics).toEqual({ ...before, total: { appointments: 5, heldSlots: 2 } });
      await importRows(ROWS.slice(0, 5), '2024-04-01T00:00:00Z');
      expect((await data(service, query)).metrics).toEqual({
        ...{ at: '2024-04-01T00:00:00Z', total: { appointments: 5, heldSlots: 3 } },
      });
    } finally {
      await service.rows(`UPDATE dataset SET known_at = '${KNOWN_AT}'`);
      await importRows(ROWS);
    }
    expect((await data(service, query)).metrics).toEqual(before);
  });

  test('of a client have an ETag, which moves with the rows and with the clock', async () => {
    const get = (headers: Record<string, string> = {}) =>
      service.get(`/graphql?query=${encodeURIComponent(QUERY)}`, { headers });
    const tag = (await get()).headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\//);
    expect((await get({ 'if-none-match': tag })).status).toBe(304);
    try {
      await importRows(ROWS, '2024-03-21T00:00:00Z');
      const moved = await get({ 'if-none-match': tag });
      expect([moved.status, moved.headers.get('etag') === tag]).toEqual([200, false]);
    } finally {
      await service.rows(`UPDATE dataset SET known_at = '${KNOWN_AT}'`);
    }
    expect((await get({ 'if-none-match': tag })).status).toBe(304);
    await service.rows('UPDATE dataset SET known_at = NULL');
    try {
      const unknown = await get();
      expect([unknown.status, unknown.headers.get('etag'), unknown.headers.get('cache-control')]).toEqual([
        ...[200, null, 'no-store'],
      ]);
    } finally {
      await service.rows(`UPDATE dataset SET known_at = '${KNOWN_AT}'`);
    }
  });
});

describe('the cost', () => {
  const costOf = async (query: string, variables: object = {}): Promise<Json> => {
    const { extensions, errors } = (await ask(service, query, variables)) as Answer & { extensions: Json };
    expect(errors).toBeUndefined();
    return extensions.cost;
  };
  const ofTotal = async (selection: string): Promise<number> =>
    (await costOf(`{ metrics { total { ${selection} } } }`)).actual;

  test('is that of statements, and of the measures in them', async () => {
    const one = await ofTotal('slots');
    expect(one).toBe(1 + 1 + METRICS_COST + 1 + MEASURE_COST);
    expect((await ofTotal('slots interviews')) - one).toBe(1 + MEASURE_COST);
    expect((await ofTotal('slots overlapping')) - one).toBe(1 + PASS_COST);
    expect((await ofTotal('slots rating { median max }')) - one).toBe(3 + MEASURE_COST + PERCENTILE_COST);
    expect((await costOf('{ metrics { at } }')).requested).toBe(2);
  });

  test('grows by dimensions, conditions and comparison, and by what is returned of each group', async () => {
    const cost = (args: string, selection = 'groups { values { slots } }', variables = {}) =>
      costOf(`query ($first: Int) { metrics(groupBy: [JOB], first: $first${args}) { ${selection} } }`, variables);
    const plain = (await cost('')).requested;
    const [few, many] = [
      (await cost('', undefined, { first: 1 })).requested,
      (await cost('', undefined, { first: 101 })).requested,
    ];
    expect(few).toBe(1 + DIMENSION_COST + METRICS_COST + MEASURE_COST + 2);
    expect(many - few).toBe(100 * 2);
    expect(plain - few).toBe(999 * 2);
    expect((await cost(', having: [{ metric: SLOTS, gt: 0 }], orderBy: [{ metric: SLOTS }]')).requested - plain).toBe(
      2 * MEASURE_COST,
    );
    expect(
      (await cost(', where: { status: { eq: PENDING }, row: { jobId: { isNull: false } } }')).requested - plain,
    ).toBe(CONDITION_COST);
    const withPrevious = await cost('', 'groups { values { slots } previous { slots } }');
    expect(withPrevious.requested - plain).toBe(METRICS_COST + MEASURE_COST + 1_000 * 2);
    const { actual } = await cost('');
    expect(plain - actual).toBe(997 * 2);
  });

  test('lets a dashboard pass: ten measures by week, with total and comparison', async () => {
    const measures = `heldSlots heldInterviews candidates applications unknownTime heldHours cancellation { value } interviewerAcceptance { value }
      feedbackWithin { value } timeToFeedback { percentileOfDue }`;
    const { requested } =
      await costOf(`{ metrics(groupBy: [WEEK], period: { last: { count: 26, unit: WEEK } }, compareTo: PREVIOUS_YEAR) {
        groups { key { text period { name complete } } values { ...m } previous { ...m } } total { ...m } previousTotal { ...m } period { name } at } }
      fragment m on MetricValues { ${measures} }`);
    expect(requested).toBeGreaterThan(MAX_COST / 4);
    expect(requested).toBeLessThan(0.75 * MAX_COST);
  });

  test('of the metrics of many interviewers is that of one statement', async () => {
    const cost = (first: number) =>
      costOf(`{ interviewers(first: ${first}) { nodes { metrics { heldSlots panelSize: appointments } } } }`);
    const [one, many] = [await cost(1), await cost(51)];
    expect(many.requested - one.requested).toBe(50 * (3 + 3));
    expect(one.requested).toBeGreaterThan(METRICS_COST);
    expect(many.actual).toBeGreaterThan(METRICS_COST);
  });

  test('is refused above the maximum, before anything is read', async () => {
    const groups = 'groups { values { overlapping panelSize { max } interviewerLoad { slotsPerWeek { max } } } }';
    const query = `{ a: metrics(groupBy: [JOB]) { ${groups} } b: metrics(groupBy: [JOB]) { ${groups} } c: metrics(groupBy: [JOB]) { ${groups} }
      d: metrics(groupBy: [JOB]) { ${groups} } }`;
    expect(await refusal(query)).toMatch(/^The operation costs \d+; the maximum is 300000\. /);
  });
});

describe('statements at once', () => {
  /** Metrics that read the table of interviews, too. */
  const measure = (canceled: boolean) =>
    `{ metrics(where: { interview: { canceled: { eq: ${canceled} } } }) { total { candidates } } }`;

  test('are as many as the setting allows; another one waits, and is then told that the service is busy', {
    skip: IS_DISTRIBUTED,
    timeout: 60_000,
  }, async () => {
    const narrow = await service.another({ METRICS_AT_ONCE: '1' });
    try {
      const { both, other } = await whileLocked(service, 'interview', async () => {
        const asked = [measure(true), measure(false)].map((query) => ask(narrow, query));
        const refused = await Promise.race(asked);
        expect(refused.errors).toMatchObject([
          {
            message:
              '1 other statements of metrics are running, and none ended within 10 seconds. Try again shortly, or ask for a shorter period.',
            extensions: { code: 'OPERATIONS_BUSY' },
          },
        ]);
        expect(refused.data ?? null).toBeNull();
        // Nothing else waits for them.
        return { both: Promise.all(asked), other: await ask(narrow, '{ jobs { totalCount } }') };
      });
      expect(other.data).toEqual({ jobs: { totalCount: 2 } });
      expect((await both).map(({ errors }) => errors?.[0]?.extensions.code ?? 'READ').sort()).toEqual([
        ...['OPERATIONS_BUSY', 'READ'],
      ]);
    } finally {
      await narrow.stop();
    }
  });

  test('of downloads that wait take no slot from the extract', async () => {
    const narrow = await service.another({ METRICS_AT_ONCE: '1', EXPORTS_AT_ONCE: '2', EXPORT_WAIT_SECONDS: '1' });
    try {
      const download = () => narrow.get('/analytics/interviews/metrics?metrics=slots&groupBy=department');
      const { waiting, statuses } = await whileLocked(service, 'job', async () => {
        const asked = Array.from({ length: 4 }, download);
        await untilBlocked(service, 1);
        const extracts = ['/analytics/interviews', '/analytics/interviews?limit=1'];
        const statuses = [];
        for (const path of extracts) {
          const response = await narrow.get(path);
          await response.text();
          statuses.push(response.status);
        }
        return { waiting: Promise.all(asked), statuses };
      });
      expect(statuses).toEqual([200, 200]);
      for (const response of await waiting) {
        expect(response.status).toBe(200);
        await response.text();
      }
    } finally {
      await narrow.stop();
    }
  });

  test('that ask the same are one', { skip: IS_DISTRIBUTED }, async () => {
    const narrow = await service.another({ METRICS_AT_ONCE: '1' });
    try {
      const { result, statements } = await recordStatements(async () => {
        const answers = await whileLocked(service, 'interview', async () => {
          const asked = Array.from({ length: 4 }, () => ask(narrow, measure(true)));
          await untilBlocked(service, 1);
          return asked;
        });
        return await Promise.all(answers);
      });
      for (const { data } of result) expect(data).toEqual({ metrics: { total: { candidates: 1 } } });
      expect(statements.filter(({ text }) => text.includes('/* metrics.groups */'))).toHaveLength(1);
    } finally {
      await narrow.stop();
    }
  });
});

test('graphql-js answers as the compiled operation does', async () => {
  const query = (
    more: string,
  ) => `query ($p: Float! = 0.75, $no: Boolean! = false) { metrics(groupBy: [WEEK, JOB], period: { from: "2024-03-04", to: "2024-03-25" }, compareTo: PREVIOUS_PERIOD) {
      groups { key { text job { jobId metrics { slots } } period { name complete } } values { ...v } previous { ...v } } total { ...v } previousTotal { ...v }
      groupCount truncated at period { from } } ${more} }
    fragment v on MetricValues { slots heldHours rating { percentile(p: $p) median @skip(if: $no) } feedbackWithin(hours: 12) { value } feedbackBacklog { oldestEndedAt } }`;
  const compiled = await data(service, query(''));
  const { __type, ...plain } = await data(service, query('__type(name: "Job") { name }'));
  expect(__type).toEqual({ name: 'Job' });
  expect(plain).toEqual(compiled);
  expect(compiled.metrics.groups.length).toBeGreaterThan(3);
});

describe('evidence', () => {
  const rowsAt = async (address: string, token = 'admin-token-of-the-tests'): Promise<Json[]> => {
    const response = await service.get(`${address}&format=json`, { headers: { 'x-smarttoken': token } });
    const body: Json = await response.json();
    expect([address, response.status, body]).toEqual([address, 200, expect.anything()]);
    return body.content;
  };

  test('is the address of exactly the rows behind a number', async () => {
    const found = await metrics(
      'groupBy: [WEEK, JOB], period: { from: "2024-03-04", to: "2024-04-01" }, fill: false',
      `groups { key { text } values { appointments feedback { denominator } slots upcomingSlots }
        appointments: evidence(metric: APPOINTMENTS) due: evidence(metric: FEEDBACK_DUE) upcoming: evidence(metric: UPCOMING_SLOTS) }`,
    );
    expect(keysOf(found.groups)).toEqual([
      ['2024-W10', JOB_1],
      ['2024-W11', JOB_1],
      ['2024-W11', JOB_2],
      ['2024-W13', JOB_2],
    ]);
    for (const { values, ...evidence } of found.groups) {
      expect(await rowsAt(evidence.appointments)).toHaveLength(values.appointments);
      expect(await rowsAt(evidence.due)).toHaveLength(values.feedback.denominator);
      expect(await rowsAt(evidence.upcoming)).toHaveLength(values.upcomingSlots);
    }
  });

  test('is of groups without a key, and at the clock of the answer', async () => {
    const found = await metrics(
      'groupBy: [INTERVIEWER], orderBy: [{ dimension: INTERVIEWER, nulls: FIRST }], first: 1, at: "2024-03-10T00:00:00Z"',
      'groups { key { text } rows: evidence(metric: APPOINTMENTS) unknown: evidence(metric: UNKNOWN_TIME) }',
    );
    const [{ key, rows, unknown }] = found.groups;
    expect(key.text).toEqual([null]);
    for (const address of [rows, unknown])
      expect((await rowsAt(address)).map(({ interviewId }) => interviewId)).toEqual(['e']);
    expect(new URL(rows, service.url).searchParams.get('at')).toBe('2024-03-10T00:00:00Z');
  });

  test('is null where it can’t be said, and refused where the metric is', async () => {
    const of = async (args: string, metric: string) =>
      (await metrics(`groupBy: [JOB]${args}`, `groups { evidence(metric: ${metric}) }`)).groups[0].evidence;
    expect(await of('', 'HELD_SLOTS_PER_HIRE')).toBeNull();
    expect(await of(', where: { status: { eq: ACCEPTED } }', 'SLOTS')).toBeNull();
    expect(await of(', where: {}', 'SLOTS')).toMatch(/^\/analytics\/interviews\?metric=slots&key=job%3A/);
    const { errors } = await ask(
      service,
      '{ metrics(groupBy: [INTERVIEWER]) { groups { evidence(metric: PANEL_SIZE_MEAN) } } }',
    );
    expect(errors?.[0]?.message).toMatch(/^panelSize makes no sense by INTERVIEWER: /);
    expect(await refusal('{ metrics(groupBy: [JOB]) { groups { evidence(metric: RATING_MEAN) } } }', 'reader')).toBe(
      'MetricName.RATING_MEAN requires the scope personal; the token has read.',
    );
  });
});
