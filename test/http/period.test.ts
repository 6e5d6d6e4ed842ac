/** Periods that are counted from now: last-week, this-month, next-quarter. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EXTRACT_PATH, SUMMARY_PATH } from '../../src/domain/paths.ts';
import { PERIOD_NAMES } from '../../src/domain/period.ts';
import { nextOf } from '../kit/download.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

/** A Saturday. */
const NOW = '2026-11-28T12:00:00Z';

let service: Service;
let now: number;
beforeAll(async () => {
  service = await startService({}, undefined, {}, undefined, () => now);
  const slot = (interviewId: string, startTime: string, interviewTimeZone = 'Europe/Berlin') =>
    rowOf({ interviewId, startTime, interviewTimeZone });
  await service.import(
    csvOf([
      slot('before', '2026-09-30T23:59:59'),
      slot('first', '2026-10-01T00:00:00'),
      slot('west', '2026-09-30T16:00:00', 'America/Los_Angeles'),
      slot('east', '2027-01-01T07:00:00', 'Asia/Tokyo'),
      slot('last', '2026-12-31T23:59:59'),
      slot('after', '2027-01-01T00:00:00'),
      rowOf({ interviewId: 'none' }),
    ]),
  );
});
beforeEach(() => {
  now = Date.parse(NOW);
});
afterAll(() => service?.stop());

async function interviewsOf(query: string): Promise<string[]> {
  const response = await service.get(`${EXTRACT_PATH}?format=json&fields=interviewId&${query}`);
  expect([query, response.status]).toEqual([query, 200]);
  const { content } = await response.json();
  return content.map((row: { interviewId: string }) => row.interviewId).sort();
}

const head = async (query: string): Promise<Headers> =>
  (await service.get(`${EXTRACT_PATH}?format=csv&${query}`, { method: 'HEAD' })).headers;

const messageOf = async (path: string): Promise<[number, string]> => {
  const response = await service.get(path);
  return [response.status, (await response.json()).message];
};

describe('the rows', () => {
  test('are those whose wall clock starts in the period', async () => {
    expect(await interviewsOf('period=this-quarter')).toEqual(['first', 'last']);
    expect(await interviewsOf('period=last-quarter')).toEqual(['before', 'west']);
    expect(await interviewsOf('period=next-quarter')).toEqual(['after', 'east']);
    expect(await interviewsOf('period=last-week')).toEqual([]);
  });

  test('are those that start while it is the period in the time zone', async () => {
    expect(await interviewsOf('period=this-quarter&timeZone=Europe/Berlin')).toEqual(['east', 'first', 'last', 'west']);
    expect(await interviewsOf('period=this-quarter&timeZone=Asia/Tokyo')).toEqual(['before', 'first', 'west']);
  });

  test.each(PERIOD_NAMES)('of %s are the same as with the times that the summary says', async (name) => {
    for (const zone of ['', '&timeZone=America/New_York']) {
      const { period, rows } = await (await service.get(`${SUMMARY_PATH}?period=${name}${zone}`)).json();
      const times = `startsFrom=${period.startsFrom}&startsBefore=${period.startsBefore}`;
      const interviews = await interviewsOf(`period=${name}${zone}`);
      expect(interviews).toEqual(await interviewsOf(times));
      expect(interviews.length).toBe(rows);
    }
  });

  test('meet the other filters, too', async () => {
    expect(await interviewsOf('period=this-quarter&interviewId=last&interviewId=after')).toEqual(['last']);
  });

  test('of later pages are of the same days, even if it is another day by then', async () => {
    const first = await service.get(
      `${EXTRACT_PATH}?format=csv&fields=interviewId&period=this-year&timeZone=Europe/Berlin&limit=4`,
    );
    now = Date.parse('2027-01-01T12:00:00Z');
    const next = nextOf(first) ?? '';
    const text = (await first.text()) + (await (await service.get(next)).text());
    expect(
      text
        .split('\n')
        .filter((line) => !['interviewId', ''].includes(line))
        .sort(),
    ).toEqual(['before', 'east', 'first', 'last', 'west']);
  });
});

test('the summary says which days the period has', async () => {
  const periodOf = async (query: string) => (await (await service.get(`${SUMMARY_PATH}${query}`)).json()).period;
  expect(await periodOf('')).toBeUndefined();
  expect(await periodOf('?period=last-week')).toEqual({
    name: 'last-week',
    timeZone: null,
    firstDay: '2026-11-16',
    lastDay: '2026-11-22',
    startsFrom: '2026-11-16T00:00:00',
    startsBefore: '2026-11-23T00:00:00',
  });
  now = Date.parse('2026-11-28T23:30:00Z');
  expect(await periodOf('?period=this-day&timeZone=Europe/Berlin')).toEqual({
    name: 'this-day',
    timeZone: 'Europe/Berlin',
    firstDay: '2026-11-29',
    lastDay: '2026-11-29',
    startsFrom: '2026-11-28T23:00:00Z',
    startsBefore: '2026-11-29T23:00:00Z',
  });
});

test('the file has the days and the filters in its name', async () => {
  const nameOf = async (query: string) => (await head(query)).get('content-disposition');
  expect(await nameOf('')).toBe('attachment; filename="interviews-extract.csv"');
  expect(await nameOf('period=this-quarter')).toBe('attachment; filename="interviews-2026-10-01-to-2026-12-31.csv"');
  expect(await nameOf('period=last-day')).toBe('attachment; filename="interviews-2026-11-27.csv"');
  // Filters, too, as far as they are short and no file system minds them.
  const id = '7D444840-9dc0-11d1-b245-5ffdce74fad2';
  const named: Record<string, string> = {
    'period=last-day&interviewType=VIDEO&interviewType=PHONE': '2026-11-27-video-phone',
    [`jobId=${id}&interviewerEmployeeId=e-1&applicationStage=IN_REVIEW`]:
      'job-7d444840-interviewer-e-1-stage-in-review',
    'interviewerEmployeeId=../x%22%0D%0A&interviewCanceled=false': '1-interviewers-not-canceled',
    [[1, 2, 3, 4].map((at) => `interviewId=i${at}`).join('&')]: '4-interviews',
    'startsFrom=2026-10-01&startsBefore=2026-11-01': '2026-10-01-to-2026-10-31',
    'startsFrom=2026-10-01': 'from-2026-10-01',
    'startsBefore=2026-11-01T00:00': 'to-2026-10-31',
    'candidateStatus=ACCEPTED&interviewerStatus=DECLINED': 'candidate-accepted-interviewer-declined',
  };
  for (const [query, name] of Object.entries(named))
    expect([query, await nameOf(query)]).toEqual([query, `attachment; filename="interviews-${name}.csv"`]);
  expect(await nameOf('startsFrom=2026-10-01T12:30')).toBe('attachment; filename="interviews-extract.csv"');
  const json = await service.get(`${EXTRACT_PATH}?format=json&period=last-day`);
  expect(json.headers.get('content-disposition')).toBeNull();
});

test('the ETag stays on the same day, and is another one with other days', async () => {
  const tagOf = async (query: string) => (await head(query)).get('etag');
  const [day, year] = [await tagOf('period=last-day'), await tagOf('period=this-year')];
  now += 11 * 3_600_000;
  expect(await tagOf('period=last-day')).toBe(day);
  now += 3_600_000;
  expect(await tagOf('period=last-day')).not.toBe(day);
  expect(await tagOf('period=this-year')).toBe(year);
  expect(await tagOf('period=this-year&timeZone=UTC')).not.toBe(year);
});

describe('refused, with what is accepted, is', () => {
  const zones = 'is not a time zone; accepted are the names of the IANA database, such as Europe/Berlin.';
  test.each([
    ['period=last-fortnight', `period: "last-fortnight" is not a period; accepted are ${PERIOD_NAMES.join(', ')}.`],
    ['period=Last-Week', `period: "Last-Week" is not a period; accepted are ${PERIOD_NAMES.join(', ')}.`],
    ['period=', `period: "" is not a period; accepted are ${PERIOD_NAMES.join(', ')}.`],
    ['period=last-week&period=this-week', 'period occurs 2 times; it may occur only once.'],
    ['period=last-week&timeZone=Berlin', `timeZone: "Berlin" ${zones}`],
    ['period=last-week&timeZone=%2B01:00', `timeZone: "+01:00" ${zones}`],
    ['period=last-week&timeZone=', `timeZone: "" ${zones}`],
    [`period=last-week&timeZone=${'x'.repeat(5000)}`, `timeZone: "${'x'.repeat(79)}…" ${zones}`],
    [
      'timeZone=Europe/Berlin',
      'timeZone: "Europe/Berlin" says whose days a period has, so it requires period; startsFrom and startsBefore take an offset instead, such as 2026-10-01T00:00+02:00.',
    ],
    [
      'period=last-week&startsBefore=2026-01-01',
      'period: "last-week" and startsBefore exclude each other; give either period, or startsFrom and startsBefore.',
    ],
  ])('%s', async (query, message) => {
    for (const path of [EXTRACT_PATH, SUMMARY_PATH])
      expect(await messageOf(`${path}?${query}`)).toEqual([400, message]);
  });
});
