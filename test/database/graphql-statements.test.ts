/** What the database is asked for a GraphQL operation: few statements, however many parents there are. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { IS_DISTRIBUTED } from '../kit/database.ts';
import { data, type Json } from '../kit/graphql.ts';
import { type Service, startService } from '../kit/service.ts';
import { recordStatements } from '../kit/statements.ts';
import { walk } from '../kit/walk.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import([...generateExtract({ rows: 4000, seed: 3 })].join(''));
});
afterAll(() => service?.stop());

const FIVE_LEVELS = (first: number) => `{ interviews(first: ${first}) { nodes { interviewId
  job { jobId interviews(first: 3) { nodes { interviewId candidate { candidateProfileId applications(first: 2) { nodes { applicationId } } } } } }
  timeSlots { startTime appointments { status interviewer { employeeId name } } }
  first: appointments(first: 1) { nodes { status } } second: appointments(first: 2) { totalCount nodes { rating } } } } }`;

test('a count alone chooses no page, a page tells its count and what comes before it, and aliases of either ask once', {
  skip: IS_DISTRIBUTED,
}, async () => {
  const kinds = async (query: string) =>
    (await recordStatements(() => data(service, query))).statements
      .map(({ text }) => /^\/\* (\w+)/.exec(text)?.[1] ?? text)
      .filter((text) => !text.includes('access_token'));
  expect(await kinds('{ interviews { totalCount } }')).toEqual(['count']);
  expect(await kinds('{ interviews(first: 3) { pageInfo { endCursor hasPreviousPage } } }')).toEqual(['page']);
  const { interviews } = await data(service, '{ interviews(first: 3) { pageInfo { endCursor } } }');
  const after = JSON.stringify(interviews.pageInfo.endCursor);
  expect(
    await kinds(`{ interviews(first: 3, after: ${after}) { a: totalCount b: totalCount
      pageInfo { a: hasPreviousPage b: hasPreviousPage } again: pageInfo { hasPreviousPage } } }`),
  ).toEqual(['page']);
  expect(await kinds('{ interviews(first: 3) { nodes { job { interviews { totalCount } } } } }')).toEqual(
    expect.not.arrayContaining(['pages']),
  );
});

test('interviews with their panels, five levels deep, take fewer than 10 statements', async () => {
  const query =
    '{ interviews { nodes { job { jobId } candidate { candidateProfileId } timeSlots { appointments { interviewer { name createdInterviews(first: 1) { nodes { interviewId } } } } } } } }';
  const { result, statements } = await recordStatements(() => data(service, query));
  expect(result.interviews.nodes).toHaveLength(50);
  expect(statements.length).toBeLessThan(10);
});

test('five levels over 50 interviews take as many statements as over 20, and no more than one for each connection', {
  skip: IS_DISTRIBUTED,
}, async () => {
  const few = await recordStatements(() => data(service, FIVE_LEVELS(20)));
  const many = await recordStatements(() => data(service, FIVE_LEVELS(50)));
  expect(many.result.interviews.nodes).toHaveLength(50);
  expect(many.statements.length).toBe(few.statements.length);
  expect(many.statements.length).toBeLessThanOrEqual(4);
  const returned =
    JSON.stringify(many.result).match(
      /"(interviewId|jobId|applicationId|employeeId|candidateProfileId|status|rating|startTime)"/g,
    )?.length ?? 0;
  const read = many.statements.reduce((sum, { rows }) => sum + rows, 0);
  expect(read).toBeLessThan(returned * 2);
});

test('500 interviews with what hangs on them take as many statements as 5', async () => {
  const query = (
    first: number,
  ) => `{ interviews(first: ${first}) { nodes { interviewId job { jobId } timeSlots { startTime }
    one: appointments(first: 1) { nodes { interviewer { employeeId } } } two: appointments(first: 2) { totalCount nodes { status } } } } }`;
  const few = await recordStatements(() => data(service, query(5)));
  const many = await recordStatements(() => data(service, query(500)));
  expect(many.result.interviews.nodes).toHaveLength(500);
  expect(many.statements.length).toBe(few.statements.length);
});

describe('what the page of each parent says of what is around it', () => {
  const AROUND = `query ($first: Int!, $place: String) { interviews(first: $first) { nodes { appointments(first: 20) { edges { cursor } }
      after: appointments(first: 1, after: $place) { ...told } before: appointments(last: 1, before: $place) { ...told } } } }
    fragment told on AppointmentConnection { totalCount again: totalCount pageInfo { hasPreviousPage hasNextPage again: hasPreviousPage } }`;
  const around = (first: number, place: string | null) => data(service, AROUND, { first, place });
  /** A place amid the appointments of the first so many interviews. */
  const amid = async (first: number): Promise<string> =>
    (await around(Math.ceil(first / 2), null)).interviews.nodes.at(-1).appointments.edges.at(0).cursor;

  test('takes as many statements for 500 of them as for 5', { skip: IS_DISTRIBUTED }, async () => {
    const places = { few: await amid(5), many: await amid(500) };
    const few = await recordStatements(() => around(5, places.few));
    const many = await recordStatements(() => around(500, places.many));
    expect(many.result.interviews.nodes).toHaveLength(500);
    expect(many.statements.length).toBe(few.statements.length);
    // All appointments are read with the interviews. Each of the other connections has one for its pages, one for what is behind them and
    // one for its totals.
    const named = (name: string) => many.statements.filter(({ text }) => text.startsWith(`/* ${name}.`)).length;
    expect({ pages: named('pages'), counts: named('counts') }).toEqual({ pages: 4, counts: 2 });
  });

  test('is true of all rows', async () => {
    const cursors: string[] = [];
    await walk(service, 'appointments', 'id', { size: 500, type: 'Appointment' }, ({ edges }) =>
      cursors.push(...edges.map(({ cursor }: Json) => cursor)),
    );
    const place = await amid(500);
    const at = cursors.indexOf(place);
    const { interviews } = await around(500, place);
    const told = interviews.nodes.map(({ after, before }: Json) =>
      [after, before].map(({ pageInfo, totalCount }) => [pageInfo.hasPreviousPage, pageInfo.hasNextPage, totalCount]),
    );
    const expected = interviews.nodes.map(({ appointments }: Json) => {
      const own: number[] = appointments.edges.map(({ cursor }: Json) => cursors.indexOf(cursor));
      const count = (holds: (one: number) => boolean) => own.filter(holds).length;
      return [
        [count((one) => one <= at) > 0, count((one) => one > at) > 1, own.length],
        [count((one) => one < at) > 1, count((one) => one >= at) > 0, own.length],
      ];
    });
    expect(told).toEqual(expected);
    expect(new Set(told.map(String)).size).toBeGreaterThan(2);
  });
});
