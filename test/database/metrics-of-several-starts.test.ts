/** An interview of several slots counts once in each group in which it has one, whichever way its rows are read. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { data } from '../kit/graphql.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  const slot = (interviewId: string, startTime: string, other: object = {}) =>
    rowWith({
      interviewId,
      startTime,
      endTime: startTime.replace(':00:', ':30:'),
      interviewTimeZone: 'Europe/Berlin',
      ...other,
    });
  await service.import(
    csvOf([
      slot('one start', '2024-03-05T09:00:00'),
      slot('one day', '2024-03-05T09:00:00'),
      slot('one day', '2024-03-05T22:00:00'),
      slot('two days', '2024-03-10T09:00:00'),
      slot('two days', '2024-03-11T09:00:00'),
      slot('two jobs', '2024-03-12T09:00:00'),
      slot('two jobs', '2024-03-12T09:00:00', {
        jobId: '7d444840-9dc0-11d1-b245-5ffdce74fad1',
        interviewerEmployeeId: 'another',
      }),
    ]),
  );
});
afterAll(() => service?.stop());

/** The number of interviews in each group, and in total. */
async function interviewsBy(dimension: string, period = '{}') {
  const answer = await data(
    service,
    `{ metrics(period: ${period}, groupBy: [${dimension}], fill: false) { total { interviews } groups { key { text } values { interviews } } } }`,
  );
  const { total, groups } = answer.metrics as {
    total: { interviews: number };
    groups: { key: { text: string[] }; values: { interviews: number } }[];
  };
  return {
    total: total.interviews,
    groups: groups.map((group) => [group.key.text[0], group.values.interviews]),
  };
}

test('by hour it counts in the hour of each slot', async () => {
  expect(await interviewsBy('HOUR')).toEqual({
    total: 4,
    groups: [
      ['9', 4],
      ['22', 1],
    ],
  });
});

test('by day it counts on each day, also where another zone has another', async () => {
  expect((await interviewsBy('DAY')).groups).toEqual([
    ['2024-03-05', 2],
    ['2024-03-10', 1],
    ['2024-03-11', 1],
    ['2024-03-12', 1],
  ]);
  // At 22:00 in Berlin the next day has begun in Tokyo.
  expect((await interviewsBy('DAY', '{ timeZone: "Asia/Tokyo" }')).groups).toEqual([
    ['2024-03-05', 2],
    ['2024-03-06', 1],
    ['2024-03-10', 1],
    ['2024-03-11', 1],
    ['2024-03-12', 1],
  ]);
});

test('by week it counts in both weeks, and a period has what begins in it', async () => {
  expect((await interviewsBy('WEEK')).groups).toEqual([
    ['2024-W10', 3],
    ['2024-W11', 2],
  ]);
  expect(await interviewsBy('WEEK', '{ from: "2024-03-04", to: "2024-03-11" }')).toEqual({
    total: 3,
    groups: [['2024-W10', 3]],
  });
});

test('of two jobs it counts for each, also for one alone', async () => {
  expect((await interviewsBy('JOB')).groups.map(([, interviews]) => interviews).sort()).toEqual([1, 4]);
  const answer = await data(
    service,
    '{ metrics(where: { row: { jobId: { eq: "7d444840-9dc0-11d1-b245-5ffdce74fad1" } } }) { total { interviews slots } } }',
  );
  expect(answer).toEqual({ metrics: { total: { interviews: 1, slots: 1 } } });
});
