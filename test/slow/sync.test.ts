/** `npm run sync`: the rows of another instance, through a server that fails in every way. */
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { REPOSITORY } from '../kit/documents.ts';
import { csvOf } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { rowsOfInterviews as rows, type SyncPair, startSyncPair } from '../kit/sync-pair.ts';

const OLD = rows('a', 'b', 'c');
const NEW = rows('a', 'b', 'c', 'd');

let pair: SyncPair;
let service: Service;
let upstream: Service;

beforeAll(async () => {
  pair = await startSyncPair();
  ({ service, upstream } = pair);
  await service.import(OLD);
  await upstream.import(NEW);
});
afterAll(() => pair?.stop());

// A sync that has to try again says so at level info.
const sync = (from: string, env: Record<string, string> = {}) =>
  run(pair.args(from), pair.env({ LOG_LEVEL: 'warn', ...env }));

/** Syncs from a server that sends these bytes to everyone, and then ends the connection, resets it, or leaves it open. */
async function syncFrom(answer: string | Buffer, then: 'end' | 'reset' | 'stall' = 'end', env = {}) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.once('data', () =>
      socket.write(answer, () => {
        if (then === 'end') socket.end();
        if (then === 'reset') socket.resetAndDestroy();
      }),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const result = await sync(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, env);
    return { ...result, asked: sockets.size };
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const answer = (body: string | Buffer, headers = '', type = 'text/csv', length = Buffer.byteLength(body)) =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n${headers}\r\n`),
    Buffer.from(body),
  ]);

const packed = gzipSync(NEW);

test.each<[string, string | Buffer, ('end' | 'reset' | 'stall')?]>([
  ['is cut between two rows', answer(OLD, '', 'text/csv', Buffer.byteLength(NEW))],
  ['is reset', answer(OLD, '', 'text/csv', Buffer.byteLength(NEW)), 'reset'],
  ['stalls', answer(OLD, '', 'text/csv', Buffer.byteLength(NEW)), 'stall'],
  [
    'lacks its last chunk',
    `HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n${Buffer.byteLength(NEW).toString(16)}\r\n${NEW}\r\n`,
  ],
  ['says no end', `HTTP/1.0 200 OK\r\nContent-Type: text/csv\r\n\r\n${NEW}`],
  ['is truncated gzip', answer(packed.subarray(0, -9), 'Content-Encoding: gzip\r\n')],
  ['is a page for signing in', answer('<html>', '', 'text/html')],
  ['is JSON as CSV', answer('{"message":"no"}')],
  ['has no rows', answer(csvOf([]))],
  ['redirects', 'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n'],
  ['refuses the token', 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n'],
])('nothing changes if the answer %s', async (_what, bytes, then) => {
  const { code, stdout, stderr } = await syncFrom(bytes, then, { UPLOAD_TIMEOUT: '1' });
  expect([code, stdout + stderr]).toEqual([1, expect.stringMatching(/nothing was (changed|saved)/i)]);
  expect(stdout + stderr).not.toContain(ADMIN_TOKEN);
  expect(await service.export('csv')).toBe(OLD);
});

test.each([
  ['429 Slow down', '0'],
  ['503 Away', 'Sun, 29 Nov 2026 00:00:00 GMT'],
])('an upstream that stays busy is asked five times: %s, Retry-After: %s', async (status, retryAfter) => {
  const { code, stderr, asked } = await syncFrom(
    `HTTP/1.1 ${status}\r\nRetry-After: ${retryAfter}\r\nContent-Length: 0\r\n\r\n`,
  );
  expect([asked, code, stderr]).toEqual([5, 1, expect.stringContaining(`answered with ${status.slice(0, 3)}`)]);
});

test.each([
  ['yesterday', 'sent the X-Known-At "yesterday", not a time such as 2026-11-28T06:00:00Z; nothing was changed.'],
  ['2026-02-30T25:00:00Z', 'sent the X-Known-At "2026-02-30T25:00:00Z", not a time'],
])('an upstream that says no time with X-Known-At: %s is refused', async (known, message) => {
  const { code, stderr } = await syncFrom(answer(NEW, `X-Known-At: ${known}\r\n`));
  expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  expect(await service.export('csv')).toBe(OLD);
});

describe('the token', () => {
  const syncWith = (file: string, ...more: string[]) =>
    run(['sync', '--from', upstream.url, '--token-file', file, ...more], pair.env());

  test('may come from a pipe, which is read once', async () => {
    const sh = 'exec "$0" dist/main.js sync --from "$1" --token-file <(sleep 0.1; printf "%s\\n" "$TOKEN")';
    const { stdout } = await promisify(execFile)('bash', ['-c', sh, process.execPath, upstream.url], {
      cwd: REPOSITORY,
      env: { ...pair.env({ PATH: process.env.PATH ?? '' }), TOKEN: ADMIN_TOKEN },
    });
    expect(stdout).toMatch(/4 rows read|still has the rows/);
    await service.import(OLD, { replaceAll: true });
  });

  test('is read by the rules of the secrets of settings, and never waited for', async () => {
    const pipe = join(pair.folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const wrong = join(pair.folder, 'wrong');
    await writeFile(wrong, 'two tokens');
    await Promise.all(
      [
        [[pipe], `${JSON.stringify(pipe)} is empty; it must hold the secret`],
        [[pipe, '--every', '1m'], `${JSON.stringify(pipe)} must be a regular file`],
        [[wrong], `the text in ${JSON.stringify(wrong)} must be one token of printable ASCII characters`],
      ].map(async ([options, problem]) => {
        const [file = '', ...more] = options as string[];
        const { code, stderr } = await syncWith(file, ...more);
        expect([code, stderr]).toEqual([2, expect.stringContaining(`--token-file: ${problem}`)]);
        expect(stderr).not.toContain('two tokens');
      }),
    );
  });
});

test('a token is not sent to another machine without TLS', async () => {
  const { code, stderr } = await sync('http://interviews.example.org');
  expect([code, stderr]).toEqual([2, expect.stringContaining('https://')]);
});

test('two instances export the same bytes after a sync, also where rows were removed', async () => {
  expect(await sync(upstream.url)).toMatchObject({ code: 0, stderr: '' });
  expect(await service.export('csv')).toBe(await upstream.export('csv'));
  expect(await service.export('csv')).toBe(NEW);
  await upstream.import(OLD, { replaceAll: true });
  expect(await sync(upstream.url)).toMatchObject({ code: 0 });
  expect(await service.export('csv')).toBe(OLD);
});

const status = () => run(['sync', '--status'], pair.env());

test('--status shows the last syncs, and fails if the last one did', async () => {
  await sync(upstream.url);
  const saved = await status();
  expect([saved.code, saved.stdout]).toEqual([
    0,
    expect.stringMatching(/^\S+Z {2}127\.0\.0\.1:\d+ {2}unchanged after /),
  ]);
  await syncFrom('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
  const failed = await status();
  expect([failed.code, failed.stdout]).toEqual([
    1,
    expect.stringMatching(/^\S+Z {2}\S+ {2}failed after .*answered with 401/),
  ]);
  expect(failed.stdout).not.toContain(ADMIN_TOKEN);
});

test('rows are known at the same time along a chain of services, however late each of them asks', async () => {
  const first = await startService();
  try {
    const knownAt = async (of: Service): Promise<string> =>
      (await (await of.get('/analytics/interviews/summary')).json()).dataset.knownAt;
    const take = async (asOf: string) => {
      const taken = await first.get(`/analytics/interviews?asOf=${asOf}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: rows('a', 'b', 'c', 'e'),
      });
      expect(taken.status).toBe(200);
    };
    const followChain = async () => {
      expect(await run(pair.args(first.url), pair.env({ DATABASE_URL: urlOf(upstream.connection) }))).toMatchObject({
        code: 0,
      });
      expect(await sync(upstream.url)).toMatchObject({ code: 0 });
    };
    for (const of of [service, upstream]) await of.rows('UPDATE dataset SET known_at = NULL');
    await take('2026-03-01T06:00:00Z');
    await followChain();
    expect(await service.export('csv')).toBe(rows('a', 'b', 'c', 'e'));
    for (const of of [first, upstream, service]) expect(await knownAt(of)).toBe('2026-03-01T06:00:00.000Z');
    const metrics = '/analytics/interviews/metrics?metrics=heldSlots,feedbackRate&groupBy=week';
    const [one, other] = [await first.get(metrics), await service.get(metrics)];
    expect(other.headers.get('x-metrics-at')).toBe(one.headers.get('x-metrics-at'));
    expect(await other.text()).toBe(await one.text());
    // The same rows at a later time: each service says that they are still those, and when they are known at.
    await take('2026-03-02T06:00:00Z');
    await followChain();
    for (const of of [first, upstream, service]) expect(await knownAt(of)).toBe('2026-03-02T06:00:00.000Z');
  } finally {
    await first.stop();
  }
});

test('a clock of the upstream that is ahead makes no rows known in the future', async () => {
  await service.rows('UPDATE dataset SET known_at = NULL');
  expect(await syncFrom(answer(NEW, 'X-Known-At: 2999-01-01T00:00:00Z\r\n'))).toMatchObject({ code: 0 });
  const [known] = await service.rows('SELECT known_at <= now() AS past FROM dataset');
  expect(known).toEqual({ past: true });
});
