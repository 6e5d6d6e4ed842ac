/** What one request must not do to all the others: end the process that serves them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { Command, run } from '../kit/command.ts';
import { freshDatabase, type TestDatabase } from '../kit/database.ts';

let database: TestDatabase;
let service: Command;
let url: string;
let token: string;

beforeAll(async () => {
  database = await freshDatabase();
  const env = { DATABASE_URL: database.url };
  await run(['import', '-', '--json'], env, [...generateExtract({ rows: 600, seed: 1 })].join(''));
  token = (await run(['token', 'create', '--name', 'reader', '--scope', 'read'], env)).stdout.trim();
  service = new Command(['start'], { ...env, PORT: '0', LOG_LEVEL: 'warn' });
  url = (await service.prints(/at (http:\S+)\n[\s\S]*\ncurl /))[1] as string;
}, 60_000);
afterAll(async () => {
  service?.child.kill('SIGKILL');
  await database?.drop();
});

test('a wrong argument below a list whose items are partly known already is refused, and the service goes on without a word', async () => {
  // Of an interview without a job both fields are known at once; of the others the first one is asked for.
  const query = `{ interviews(first: 500) { nodes {
    job { interviews(first: 1) { totalCount } }
    appointments(first: 1, last: 1) { totalCount } } } }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-smarttoken': token },
    body: JSON.stringify({ query }),
  });
  expect(await response.json()).toMatchObject({
    data: null,
    errors: [{ message: 'Use first or last, not both.', extensions: { code: 'BAD_USER_INPUT' } }],
  });
  // What nobody waits for fails a little later.
  for (let round = 0; round < 5; round++) expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(service.child.exitCode).toBeNull();
  expect(service.stderr).toBe('');
});
