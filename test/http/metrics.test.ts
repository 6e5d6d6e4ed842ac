/** Measures over REST: the parameters, the formats, and who may see what. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { METRICS } from '../../src/domain/metrics/metric-names.ts';
import { EXTRACT_PATH, METRICS_PATH } from '../../src/domain/paths.ts';
import { csvOf, rowOf, type Values } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';
import { sheetsOf } from '../kit/workbook.ts';

/** A Saturday. */
const KNOWN_AT = Date.parse('2026-11-28T12:00:00Z');

const JOBS = ['7d444840-9dc0-11d1-b245-5ffdce74fad2', '7d444840-9dc0-11d1-b245-5ffdce74fad3'] as const;

/** An hour with one interviewer, who has given feedback two hours later. */
const slot = (interviewId: string, startTime: string, values: Values = {}) =>
  rowOf({
    interviewId,
    startTime,
    endTime: startTime.replace(/T\d\d/, (hour) => `T${String(Number(hour.slice(1)) + 1).padStart(2, '0')}`),
    interviewTimeZone: 'Europe/Berlin',
    interviewerEmployeeId: 'e-1',
    interviewerStatus: 'ACCEPTED',
    interviewerRating: '4',
    timeToProvideFeedback: '2',
    jobId: JOBS[0],
    ...values,
  });
const without = { interviewerRating: null, timeToProvideFeedback: null };

const ROWS = csvOf([
  slot('a', '2026-11-09T10:00:00'),
  slot('b', '2026-11-10T10:00:00', { ...without, interviewerEmployeeId: '=2+3' }),
  slot('c', '2026-11-16T10:00:00', { jobId: JOBS[1] }),
  slot('d', '2026-11-18T10:00:00', { ...without }),
  slot('d', '2026-11-18T10:00:00', { interviewerEmployeeId: '=2+3' }),
  slot('e', '2026-11-23T10:00:00', { interviewerEmployeeId: null, ...without }),
  slot('f', '2026-12-01T10:00:00', { ...without }),
]);

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import(ROWS, { asOf: KNOWN_AT });
});
afterAll(() => service?.stop());

const ask = async (query: string, headers: Record<string, string> = {}): Promise<Response> => {
  const response = await service.get(`${METRICS_PATH}?${query}`, { headers });
  if (response.status !== 200) throw new Error(`${query}: ${response.status} ${await response.text()}`);
  return response;
};
const csv = async (query: string): Promise<string[][]> => parse(await (await ask(query)).text());
const json = async (query: string) => await (await ask(`format=json&${query}`)).json();
const refused = async (query: string, headers: Record<string, string> = {}): Promise<[number, string]> => {
  const response = await service.get(`${METRICS_PATH}?${query}`, { headers });
  return [response.status, (await response.json()).message];
};

describe('rows', () => {
  test('are the total without groups', async () => {
    expect(await csv('metrics=appointments,heldSlots,feedbackRate')).toEqual([
      ['appointments', 'heldSlots', 'feedbackRate'],
      ['7', '5', '0.6'],
    ]);
  });

  test('are groups in their order, weeks by their names, with their first days and whether they are complete', async () => {
    expect(await csv('metrics=heldSlots,interviewers&groupBy=week')).toEqual([
      ['week', 'from', 'complete', 'heldSlots', 'interviewers'],
      ['2026-W46', '2026-11-09', 'true', '2', '2'],
      ['2026-W47', '2026-11-16', 'true', '2', '2'],
      ['2026-W48', '2026-11-23', 'false', '1', '0'],
      ['2026-W49', '2026-11-30', 'false', '0', '1'],
    ]);
  });

  test('are named by the first day where weeks do not begin on Monday', async () => {
    const rows = await csv('metrics=slots&groupBy=week&weekStart=sunday');
    expect(rows.slice(1).map(([week, from]) => [week, from])).toEqual(
      ['2026-11-08', '2026-11-15', '2026-11-22', '2026-11-29'].map((day) => [day, day]),
    );
  });

  test('have one column for each dimension, empty where nothing is stated', async () => {
    expect(await csv('metrics=appointments&groupBy=interviewer,job,interviewerStatus')).toEqual([
      ['interviewerEmployeeId', 'jobId', 'interviewerStatus', 'appointments'],
      ['=2+3', JOBS[0], 'ACCEPTED', '2'],
      ['e-1', JOBS[0], 'ACCEPTED', '3'],
      ['e-1', JOBS[1], 'ACCEPTED', '1'],
      ['', JOBS[0], 'ACCEPTED', '1'],
    ]);
  });

  test('are of the appointments for which the filters hold', async () => {
    expect(await csv(`metrics=appointments&jobId=${JOBS[1]}`)).toEqual([['appointments'], ['1']]);
    expect(await csv(`metrics=appointments&startsFrom=2026-11-18&interviewerEmployeeId=e-1`)).toEqual([
      ['appointments'],
      ['2'],
    ]);
  });

  test('end with the total, of a statement of its own', async () => {
    expect(await csv('metrics=interviewers,heldSlots&groupBy=week&total=true&last=2-weeks')).toEqual([
      ['isTotal', 'week', 'from', 'complete', 'interviewers', 'heldSlots'],
      ['false', '2026-W46', '2026-11-09', 'true', '2', '2'],
      ['false', '2026-W47', '2026-11-16', 'true', '2', '2'],
      ['true', '', '2026-11-09', 'true', '2', '4'],
    ]);
  });

  test('have what a rate is made of beside it', async () => {
    expect(await csv('metrics=feedbackRate,heldSlots&counts=true')).toEqual([
      ['feedbackRate', 'feedbackRateNumerator', 'feedbackRateDenominator', 'heldSlots'],
      ['0.6', '3', '5', '5'],
    ]);
  });

  test('have the same of the time before beside them', async () => {
    const query = 'metrics=heldSlots,feedbackRate&groupBy=week&compareTo=previousPeriod&period=last-week';
    expect(await csv(query)).toEqual([
      ['week', 'from', 'complete', 'heldSlots', 'previousHeldSlots', 'feedbackRate', 'previousFeedbackRate'],
      ['2026-W47', '2026-11-16', 'true', '2', '2', String(2 / 3), '0.5'],
    ]);
    expect(await csv(`${query.replace('previousPeriod', 'previousYear')}&counts=true`)).toMatchObject([
      expect.arrayContaining(['previousFeedbackRateDenominator']),
      ['2026-W47', '2026-11-16', 'true', '2', '', String(2 / 3), '2', '3', '', '', ''],
    ]);
  });

  test('fill the times without appointments, unless they shall not', async () => {
    const query = 'metrics=heldSlots,heldHours&groupBy=day&from=2026-11-09&to=2026-11-12';
    expect(await csv(query)).toEqual([
      ['day', 'from', 'complete', 'heldSlots', 'heldHours'],
      ['2026-11-09', '2026-11-09', 'true', '1', '1'],
      ['2026-11-10', '2026-11-10', 'true', '1', '1'],
      ['2026-11-11', '2026-11-11', 'true', '0', ''],
    ]);
    expect(await csv(`${query}&fill=false`)).toHaveLength(3);
  });

  test('are sorted by metrics and groups, those without a value last, and cut', async () => {
    const query = 'metrics=feedbackRate&groupBy=interviewer';
    const order = async (orderBy: string) =>
      (await csv(`${query}&orderBy=${orderBy}`)).slice(1).map(([interviewer]) => interviewer);
    expect(await order('-feedbackRate')).toEqual(['e-1', '=2+3', '']);
    expect(await order('feedbackRate')).toEqual(['=2+3', 'e-1', '']);
    expect(await order('-interviewer')).toEqual(['e-1', '=2+3', '']);
    expect(await order('-appointments,interviewer')).toEqual(['e-1', '=2+3', '']);
    expect(await csv(`${query}&orderBy=-interviewer&first=1`)).toEqual([
      ['interviewerEmployeeId', 'feedbackRate'],
      ['e-1', String(2 / 3)],
    ]);
  });
});

test('people and jobs have their names beside their IDs if they are asked for', async () => {
  const named = await startService();
  try {
    const people = { interviewerFirstName: 'Grace', interviewerLastName: 'Hopper', creatorEmployeeId: 'c-1' };
    await named.import(
      csvOf([slot('a', '2026-11-09T10:00:00', people), slot('b', '2026-11-09T10:00:00', { jobId: null })]),
    );
    await named.get(`${EXTRACT_PATH}/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: `jobId,title\n${JOBS[0]},Cook\n`,
    });
    const response = await named.get(
      `${METRICS_PATH}?metrics=slots&groupBy=interviewer,creator,job&include=names&total=true`,
    );
    expect(await response.text()).toBe(
      [
        'isTotal,interviewerEmployeeId,interviewerName,creatorEmployeeId,creatorName,jobId,jobTitle,slots',
        `false,e-1,Grace Hopper,c-1,,${JOBS[0]},Cook,1`,
        'false,e-1,Grace Hopper,,,,,1',
        'true,,,,,,,2',
        '',
      ].join('\n'),
    );
    const reader = { headers: { 'x-smarttoken': await createToken(named.db.prisma, 'reader', ['read']) } };
    const status = async (groupBy: string) =>
      (await named.get(`${METRICS_PATH}?metrics=slots&groupBy=${groupBy}&include=names`, reader)).status;
    expect([await status('job'), await status('job,interviewer'), await status('week')]).toEqual([200, 403, 400]);
  } finally {
    await named.stop();
  }
});

describe('the time', () => {
  const heldSlots = async (query: string) => (await csv(`metrics=heldSlots&${query}`))[1]?.[0];

  test('is that at which the rows are known, or another clock', async () => {
    expect(await heldSlots('')).toBe('5');
    expect(await heldSlots('at=2026-11-18')).toBe('3');
    expect(await heldSlots('at=2026-11-18T10:00:00Z')).toBe('4');
    expect(await heldSlots('at=2026-11-18T11:00:00+01:00')).toBe('4');
    expect(await heldSlots('at=2026-11-18T10:59:59%2B01:00')).toBe('3');
    expect(await heldSlots('at=2027-01-01')).toBe('6');
    // The day begins in the zone, an hour before it does in UTC.
    expect((await ask('metrics=slots&at=2026-11-18&timeZone=Europe/Berlin')).headers.get('x-metrics-at')).toBe(
      '2026-11-17T23:00:00Z',
    );
  });

  test('is counted from the clock', async () => {
    expect(await heldSlots('period=this-week')).toBe('1');
    expect(await heldSlots('period=last-week&at=2026-11-18')).toBe('2');
    expect(await heldSlots('last=2-weeks')).toBe('4');
    expect(await heldSlots('last=1-week&andCurrent=true')).toBe('3');
    expect(await heldSlots('last=6-days&weekStart=saturday')).toBe('1');
    // Weeks from Saturday: this one began today.
    expect(await heldSlots('period=last-week&weekStart=saturday')).toBe('1');
    expect(await heldSlots('from=2026-11-16&to=2026-11-19')).toBe('2');
    expect(await heldSlots('from=2026-11-16')).toBe('3');
  });

  test('is that of another date', async () => {
    expect(await csv('metrics=appointments&on=create')).toEqual([['appointments'], ['7']]);
    expect(await csv('metrics=appointments&on=review&groupBy=day')).toEqual([
      ['day', 'from', 'complete', 'appointments'],
      ['2026-11-09', '2026-11-09', 'true', '1'],
      ['2026-11-16', '2026-11-16', 'true', '1'],
      ['2026-11-18', '2026-11-18', 'true', '1'],
      ['', '', '', '4'],
    ]);
  });

  test('is said by headers, by JSON and by the name of the file', async () => {
    const response = await ask('metrics=heldSlots&groupBy=week&period=last-week');
    const { headers } = response;
    expect(headers.get('x-metrics-at')).toBe('2026-11-28T12:00:00Z');
    expect(headers.get('x-metrics-period')).toBe('2026-W47');
    expect(headers.get('content-disposition')).toBe(
      'attachment; filename="interview-metrics-by-week-2026-11-16-to-2026-11-22.csv"',
    );
    const [{ version } = { version: '' }] = await service.rows('SELECT version::text FROM dataset');
    expect(await json('metrics=heldSlots&period=last-week&compareTo=previousPeriod&timeZone=Asia/Tokyo')).toEqual({
      at: '2026-11-28T12:00:00Z',
      dataVersion: version,
      on: 'start',
      timeZone: 'Asia/Tokyo',
      weekStart: 'monday',
      period: { name: '2026-W47', from: '2026-11-16', to: '2026-11-23', complete: true },
      previousPeriod: { name: '2026-W46', from: '2026-11-09', to: '2026-11-16', complete: true },
      previousAt: '2026-11-21T12:00:00Z',
      groupCount: 1,
      content: [{ heldSlots: 2, previousHeldSlots: 2 }],
    });
    expect(await json('metrics=heldSlots')).toMatchObject({ period: null, previousPeriod: null, timeZone: null });
  });
});

describe('the formats', () => {
  const query = 'metrics=feedbackRate,heldHours&groupBy=interviewer,week&last=1-week&andCurrent=true';
  const grouped = [
    ['=2+3', '2026-W47', '2026-11-16', true, 1, 1],
    ['=2+3', '2026-W48', '2026-11-23', false, null, null],
    ['e-1', '2026-W47', '2026-11-16', true, 0.5, 2],
    ['e-1', '2026-W48', '2026-11-23', false, null, null],
    [null, '2026-W47', '2026-11-16', true, null, null],
    [null, '2026-W48', '2026-11-23', false, null, 1],
  ];
  const keys = ['interviewerEmployeeId', 'week', 'from', 'complete', 'feedbackRate', 'heldHours'];

  test('JSON has null where there is nothing, NDJSON too, unless it is left out', async () => {
    const objects = grouped.map((row) => Object.fromEntries(keys.map((key, at) => [key, row[at]])));
    expect((await json(query)).content).toEqual(objects);
    const lines = (await (await ask(`format=ndjson&${query}`)).text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(objects);
    expect((await json(`${query}&nulls=omit&first=2`)).content[1]).toEqual({
      interviewerEmployeeId: '=2+3',
      week: '2026-W48',
      from: '2026-11-23',
      complete: false,
    });
  });

  test('CSV is the default, whatever an Accept of anything says', async () => {
    for (const accept of ['*/*', '', 'text/html,*/*;q=0.8', 'text/csv'])
      expect((await ask('metrics=slots', { accept })).headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await ask('metrics=slots', { accept: 'application/json' })).headers.get('content-type')).toBe(
      'application/json; charset=utf-8',
    );
    expect((await refused('metrics=slots', { accept: 'image/png' }))[0]).toBe(406);
  });

  test('CSV has the dialects of the extract', async () => {
    const text = await (await ask(`${query}&excel=true&delimiter=semicolon&decimal=comma&header=labels`)).arrayBuffer();
    const [header, first, , third] = Buffer.from(text).toString().split('\n');
    expect(header).toBe('\uFEFFInterviewer Employee Id;Week;From;Complete;Feedback rate;Held hours');
    expect(first).toBe(`'=2+3;2026-W47;2026-11-16;true;1;1`);
    expect(third).toBe('e-1;2026-W47;2026-11-16;true;0,5;2');
  });

  test('a workbook has numbers as numbers, and says what they are', async () => {
    const [metrics, about] = sheetsOf(Buffer.from(await (await ask(`format=xlsx&${query}`)).arrayBuffer()));
    expect(metrics?.name).toBe('Metrics');
    const cells = metrics?.rows.map((row) => row.map((cell) => cell && [cell.type, cell.value]));
    expect(cells?.[0]?.map((cell) => cell?.[1])).toEqual([
      ...['Interviewer Employee Id', 'Week', 'From', 'Complete', 'Feedback rate', 'Held hours'],
    ]);
    expect(cells?.[1]).toEqual([
      ['inlineStr', '=2+3'],
      ['inlineStr', '2026-W47'],
      ['inlineStr', '2026-11-16'],
      ['b', '1'],
      ['n', '1'],
      ['n', '1'],
    ]);
    expect(cells?.[6]).toEqual([
      ...[null, ['inlineStr', '2026-W48'], ['inlineStr', '2026-11-23'], ['b', '0'], null, ['n', '1']],
    ]);
    const lines = Object.fromEntries(about?.rows.map(([label, value]) => [label?.value, value?.value]) ?? []);
    expect(lines).toMatchObject({
      Rows: '6',
      Period: '2026-11-16/2026-11-30 (not complete)',
      'Clock: ended, and given feedback, at (UTC)': '2026-11-28 12:00:00',
      'Feedback rate': METRICS.find(({ column }) => column === 'feedbackRate')?.description,
    });
  });

  test('a workbook says which groups it has, and at which clock another period was measured', async () => {
    const more = 'having=heldHours>=1,feedbackRate<1&compareTo=previousPeriod';
    const sheets = sheetsOf(Buffer.from(await (await ask(`format=xlsx&${query}&${more}`)).arrayBuffer()));
    const lines = Object.fromEntries(sheets[1]?.rows.map(([label, value]) => [label?.value, value?.value]) ?? []);
    expect(lines).toMatchObject({
      'Only groups with': 'heldHours>=1, feedbackRate<1',
      'Groups, if not limited': '1',
      'Compared with': '2026-11-02/2026-11-16 (not complete)',
      'Its clock (UTC)': '2026-11-14 12:00:00',
    });
  });

  test('a workbook keeps no more digits than a spreadsheet, and stays a number', async () => {
    const [metrics] = sheetsOf(
      Buffer.from(await (await ask('format=xlsx&metrics=feedbackRate&from=2026-11-16')).arrayBuffer()),
    );
    expect(metrics?.rows[1]?.[0]).toMatchObject({ type: 'n', value: '0.666666666666667' });
  });
});
