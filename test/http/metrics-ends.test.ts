/** Metrics of rows at the ends of the calendar: a placeholder such as 9999-12-31 is in no group that no calendar has. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { METRICS_PATH } from '../../src/domain/paths.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  const common = { interviewTimeZone: 'UTC', interviewCreateDate: '0001-01-01T00:00:00' };
  await service.import(
    csvOf([
      rowOf({ ...common, interviewId: 'last', startTime: '9999-12-31T22:00:00', endTime: '9999-12-31T23:00:00' }),
      rowOf({ ...common, interviewId: 'first', startTime: '0001-01-01T00:30:00', endTime: '0001-01-01T01:00:00' }),
    ]),
  );
});
afterAll(() => service?.stop());

const LAST = '9999-12-31';
const FIRST = '0001-01-01';

test.each([
  ['groupBy=day&timeZone=UTC', [FIRST, LAST]],
  // Its clocks were ten hours behind UTC, and are fourteen ahead.
  ['groupBy=day&timeZone=Pacific/Kiritimati', ['']],
  ['groupBy=day&timeZone=America/New_York', [LAST, '']],
  ['groupBy=year&timeZone=Pacific/Kiritimati', ['']],
  ['groupBy=hour&timeZone=Pacific/Kiritimati', ['']],
  ['groupBy=week&weekStart=sunday', [FIRST, '9999-12-26']],
  ['groupBy=week&weekStart=monday', ['0001-W01', '9999-W52']],
  ['groupBy=week&weekStart=sunday&on=create', [FIRST]],
])('%s', async (query, groups) => {
  const response = await service.get(`${METRICS_PATH}?metrics=slots&at=2026-11-20&${query}`);
  const rows: string[][] = parse(await response.text(), { from_line: 2 });
  expect(rows.map(([group]) => group)).toEqual(groups);
});
