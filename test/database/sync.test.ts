/** `npm run sync`: the rows of another instance, through a server that fails in every way. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const rows = (...ids: string[]) =>
  csvOf(ids.map((interviewId) => rowWith({ interviewId, interviewers: '1', interviewDuration: null })));
const OLD = rows('a', 'b', 'c');
const NEW = rows('a', 'b', 'c', 'd');

let folder: string;
let tokenFile: string;
let service: Service;
let upstream: Service;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync-'));
  tokenFile = join(folder, 'token');
  await writeFile(tokenFile, `${ADMIN_TOKEN}\n`);
  [service, upstream] = await Promise.all([startService(), startService()]);
  await service.import(OLD);
  await upstream.import(NEW);
});

afterAll(async () => {
  await Promise.all([service.stop(), upstream.stop()]);
  await rm(folder, { recursive: true });
});

const sync = (from: string, env: Record<string, string> = {}) =>
  run(['sync', '--from', from, '--token-file', tokenFile], { DATABASE_URL: urlOf(service.connection), ...env });

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

const status = () => run(['sync', '--status'], { DATABASE_URL: urlOf(service.connection) });

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
