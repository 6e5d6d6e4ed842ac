/** That a database which answers nothing, as one that is stopped or behind a lost network, keeps nobody waiting for long, nor for ever after. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { Command, eventually, run } from '../kit/command.ts';

const TOKEN = 'admin-token-of-the-tests';
/** Enough that an export is far larger than what the sockets between can hold. */
const ROWS = 60_000;
/** Milliseconds for whatever is asked of a frozen database; the longest is an import, whose statements may take any time. */
const BOUND = 120_000;

let env: Record<string, string>;
let extract: string;
let service: Command;
let url: string;
let token: string;

beforeAll(async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'interviews-frozen-'));
  await chmod(dataDir, 0o711);
  env = {
    ...{ DATA_DIR: dataDir, PORT: '0', SAMPLE: 'off', ADMIN_TOKEN: TOKEN, HOME: tmpdir() },
    ...{ RATE_LIMIT_PER_SECOND: '0', EXPORT_DATABASE_SECONDS: '5', EXPORTS_AT_ONCE: '1', GRAPHQL_TIMEOUT_SECONDS: '5' },
  };
  service = new Command(['start'], env);
  [, url = ''] = await service.prints(/at (http:\S+)\n[\s\S]*\ncurl /);
  extract = [...generateExtract({ rows: ROWS, seed: 3 })].join('');
  expect((await run(['import', '-'], env, extract)).code).toBe(0);
  token = (await run(['token', 'create', '--name', 'reader'], env)).stdout.trim();
}, 180_000);
afterAll(async () => {
  await service?.kill('SIGTERM');
  await rm(env.DATA_DIR as string, { recursive: true, force: true });
});

let frozen: number[] = [];
const thaw = () => {
  for (const pid of frozen.splice(0)) process.kill(pid, 'SIGCONT');
};
afterEach(thaw);

function freeze(): void {
  const postmaster = readFileSync(path.join(env.DATA_DIR as string, 'pgdata', 'postmaster.pid'), 'utf8').split('\n')[0];
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], { encoding: 'utf8' });
  frozen = [postmaster, ...children.trim().split(/\s+/)].map(Number);
  for (const pid of frozen) process.kill(pid, 'SIGSTOP');
}

const get = (target: string, init: RequestInit = {}) =>
  fetch(`${url}${target}`, {
    ...init,
    headers: { 'x-smarttoken': TOKEN, ...init.headers },
    signal: AbortSignal.timeout(BOUND),
  });

const WAYS: Readonly<Record<string, () => Promise<Response>>> = {
  'a download': () => get('/analytics/interviews'),
  'a page': () => get('/analytics/interviews?limit=10'),
  HEAD: () => get('/analytics/interviews', { method: 'HEAD' }),
  'If-None-Match': () => get('/analytics/interviews?limit=1', { headers: { 'if-none-match': '"x"' } }),
  'the summary': () => get('/analytics/interviews/summary'),
  'a token': () => get('/analytics/interviews/summary', { headers: { 'x-smarttoken': token } }),
  GraphQL: () =>
    get('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: '{"query":"{ interviews(first: 2) { nodes { id } totalCount } }"}',
    }),
  'an import': () =>
    get('/analytics/interviews?dryRun=true', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: extract.slice(0, extract.indexOf('\n', 10_000) + 1),
    }),
  '/readyz': () => get('/readyz'),
};

/** Asks in every way at once; what came back, by way. */
async function askAll(): Promise<Record<string, number>> {
  const answers = await Promise.all(
    Object.entries(WAYS).map(async ([way, request]) => {
      const response = await request();
      await response.arrayBuffer();
      return [way, response.status] as const;
    }),
  );
  return Object.fromEntries(answers);
}

const ALL_WELL = Object.fromEntries(Object.keys(WAYS).map((way) => [way, 200]));

test('whatever is asked is answered with 503 or 504 in time, and with 200 again once the database is back', async () => {
  // From here on there are connections that are known to be good.
  expect(await askAll()).toEqual(ALL_WELL);
  freeze();
  for (const [way, status] of Object.entries(await askAll()))
    expect.soft([way, status]).toEqual([way, expect.toSatisfy((given) => given === 503 || given === 504)]);
  thaw();
  await eventually(async () => expect(await askAll()).toEqual(ALL_WELL));
});

test('a download whose database freezes in the middle is a broken transfer, and gives its place back', async () => {
  const request = http.get(`${url}/analytics/interviews`, { headers: { 'x-smarttoken': TOKEN, accept: 'text/csv' } });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  expect(response.statusCode).toBe(200);
  await once(response, 'readable');
  freeze();
  const read = async () => {
    for await (const _ of response);
  };
  await expect(read()).rejects.toMatchObject({ code: 'ECONNRESET' });
  thaw();
  const whole = await get('/analytics/interviews', { headers: { accept: 'text/csv' } });
  expect(await whole.text()).toBe(extract);
});

/** Tries an import again and again, each time for no more than a second. */
async function retry(until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    const signal = AbortSignal.any([until, AbortSignal.timeout(1_000)]);
    const headers = { 'x-smarttoken': TOKEN, 'content-type': 'text/csv' };
    await fetch(`${url}/analytics/interviews`, { method: 'POST', headers, signal }).catch(() => {});
    await sleep(100);
  }
}

test.each([
  ['', 0],
  [', also while as many as may try again and again', 7],
])('an import whose database freezes in the middle is told so, and leaves no trace%s', async (_others, others) => {
  const changed = extract.replaceAll(',true,', ',false,');
  const request = http.request(`${url}/analytics/interviews`, {
    method: 'POST',
    headers: { 'x-smarttoken': TOKEN, 'content-type': 'text/csv', 'content-length': Buffer.byteLength(changed) },
  });
  const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
  request.on('error', () => {});
  // More than the sockets between hold: it is under way then, and none of those below is before it.
  await new Promise((written) => request.write(changed.slice(0, changed.length / 2), written));
  await eventually(async () =>
    expect(
      (await (await get('/analytics/interviews', { method: 'POST', headers: { 'content-type': 'text/csv' } })).json())
        .errors[0].code,
    ).toBe('CONFLICT'),
  );
  freeze();
  request.write(changed.slice(changed.length / 2));
  const enough = new AbortController();
  const retried = Array.from({ length: others }, () => retry(enough.signal));
  const [response] = await Promise.race([answered, once(AbortSignal.timeout(BOUND), 'abort').then(() => [])]);
  enough.abort();
  await Promise.all(retried);
  expect(response?.statusCode).toBe(503);
  response?.resume();
  thaw();
  const after = await eventually(() => get('/analytics/interviews', { headers: { accept: 'text/csv' } }));
  expect(await after.text()).toBe(extract);
  await eventually(async () => expect((await WAYS['an import']?.())?.status).toBe(200));
});

test('a command that waits for the database ends, too', async () => {
  const command = new Command(['import', '-'], env);
  command.write(extract.slice(0, extract.length / 2), { end: false });
  await eventually(async () => expect((await WAYS['an import']?.())?.status).toBe(409));
  freeze();
  command.write(extract.slice(extract.length / 2));
  // It lets go of its data folder first, which asks the database as well.
  expect(await command.ended()).toBe(1);
  expect(command.stderr).toContain('The database can’t be reached at the moment.');
});
