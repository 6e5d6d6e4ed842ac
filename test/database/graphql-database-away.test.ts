/** What GraphQL says when the database goes in the middle of an operation. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { eventually } from '../kit/command.ts';
import { ask, data } from '../kit/graphql.ts';
import { whileLocked } from '../kit/locked.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import([...generateExtract({ rows: 5, seed: 2 })].join(''));
});
afterAll(() => service?.stop());

/** Runs `work` while nobody can read a table, and ends every connection that waits for it, as a server does that shuts down. */
const interrupted = <T>(table: string, work: () => Promise<T>): Promise<T> =>
  whileLocked(service, table, async () => {
    const working = work();
    const waiting = `SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await eventually(async () => expect(await service.rows(waiting)).not.toEqual([]));
    return await working;
  });

test.each([
  ['a thing by its id', 'interview', 'query ($id: ID!) { node(id: $id) { id } }'],
  [
    'a thing by its id in the source',
    'interview',
    'query ($interviewId: String!) { interview(interviewId: $interviewId) { id } }',
  ],
  ['a page', 'interview', '{ interviews { totalCount } }'],
  ['what a thing hangs together with', 'time_slot', '{ interviews(first: 2) { nodes { timeSlots { id } } } }'],
])('%s is not to be had, and can be asked for again', async (_what, table, query) => {
  const { interviews } = await data(service, '{ interviews(first: 1) { nodes { id interviewId } } }');
  const { errors } = await interrupted(table, () => ask(service, query, interviews.nodes[0]));
  expect(errors?.map(({ message, extensions }) => [message, extensions.code])).toEqual([
    ['The database can’t be reached at the moment. Try again shortly.', 'DATABASE_UNAVAILABLE'],
  ]);
  expect((await ask(service, query, interviews.nodes[0])).errors).toBeUndefined();
});
