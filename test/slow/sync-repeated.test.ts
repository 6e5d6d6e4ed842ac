/** Syncs again and again, by `npm run sync -- --every` and inside `npm start`; and what the upstream says of rows that are stored. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Command, eventually, run } from '../kit/command.ts';
import { hasProgram } from '../kit/has-program.ts';
import { startPrefixProxy } from '../kit/prefix-proxy.ts';
import { scrape } from '../kit/scrape.ts';
import { ADMIN_TOKEN, type Service } from '../kit/service.ts';
import { rowsOfInterviews as rows, type SyncPair, startSyncPair } from '../kit/sync-pair.ts';

const OLD = rows('a', 'b');
const NEW = rows('a', 'b', 'c');
const NEWEST = rows('a', 'b', 'c', 'd');

let pair: SyncPair;
let service: Service;
let upstream: Service;

beforeAll(async () => {
  pair = await startSyncPair();
  ({ service, upstream } = pair);
});
afterAll(() => pair?.stop());

beforeEach(async () => {
  await service.rows('DELETE FROM import_record');
  await service.import(OLD, { replaceAll: true });
  await upstream.import(NEW, { replaceAll: true });
});

const sync = () => run(pair.args(), pair.env());

const history = async () =>
  (await service.rows("SELECT outcome, rows_read, code FROM import_record WHERE origin = 'SYNC' ORDER BY id")).map(
    ({ outcome, rows_read, code }) => [outcome, rows_read, code],
  );

const knownAt = async () => (await service.rows('SELECT known_at FROM dataset'))[0]?.known_at as Date;

test('rows that the upstream still has are not fetched again, and are known at the time of the question', async () => {
  expect(await sync()).toMatchObject({ code: 0 });
  await service.rows("UPDATE dataset SET known_at = '2026-01-01'");
  const { code, stdout } = await sync();
  expect([code, stdout]).toEqual([0, 'The other service still has the rows that are stored.\n']);
  expect((await knownAt()).getTime()).toBeGreaterThan(Date.UTC(2026, 1));
  await upstream.import(NEWEST);
  expect(await sync()).toMatchObject({ code: 0 });
  expect(await service.export('csv')).toBe(NEWEST);
  expect(await history()).toEqual([
    ['CHANGED', 3, null],
    ['UNCHANGED', 0, null],
    ['CHANGED', 4, null],
  ]);
});

test('rows that were changed here since are fetched again, though the upstream has the same', async () => {
  await sync();
  await service.import(OLD, { replaceAll: true });
  expect(await sync()).toMatchObject({ code: 0, stdout: expect.stringContaining('1 inserted') });
  expect(await service.export('csv')).toBe(NEW);
});

test('--every follows the upstream until it is told to stop', async () => {
  const command = new Command([...pair.args(), '--every', '1s'], pair.env());
  await command.prints(/3 rows read.*\nSaved\.\n/s);
  await command.prints(/still has the rows/);
  await upstream.import(NEWEST);
  await command.prints(/4 rows read.*\nSaved\.\n/s);
  expect(await command.kill('SIGTERM')).toBe(0);
  expect(await service.export('csv')).toBe(NEWEST);
});

test('npm start syncs as configured; told to stop, it ends the sync that is running, and nothing is changed', async () => {
  const proxy = await startPrefixProxy(upstream.url, '/tools');
  const start = new Command(['start'], {
    ...pair.env(),
    ...{ PORT: '0', METRICS_PORT: '0', SYNC_FROM: proxy.url, SYNC_TOKEN_FILE: pair.tokenFile, SYNC_EVERY: '1s' },
  });
  try {
    await eventually(async () => expect(await service.export('csv')).toBe(NEW));
    const [, port] = /"port":(\d+)[^\n]*"metrics are served"/.exec(start.stderr) ?? [];
    const count = async (sample: string) => (await scrape(`http://127.0.0.1:${port}/metrics`)).samples.get(sample);
    await eventually(async () =>
      expect(await count('interviews_imports_total{origin="sync",outcome="unchanged"}')).toBeGreaterThan(0),
    );
    expect(await count('interviews_imports_total{origin="sync",outcome="saved"}')).toBe(1);
    expect(await count('interviews_import_rows_total{origin="sync",change="inserted"}')).toBe(1);
    expect(await count('interviews_imports_total{origin="http",outcome="saved"}')).toBe(0);
    proxy.silentAt = '/tools';
    await upstream.import(NEWEST);
    await expect.poll(() => proxy.waiting, { timeout: 20_000 }).not.toEqual([]);
    const other = await sync();
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('Another sync is running')]);
    expect(await start.kill('SIGTERM')).toBe(0);
    expect((await history()).at(-1)).toEqual(['FAILED', 0, 'INTERRUPTED']);
    expect(await service.export('csv')).toBe(NEW);
    expect(start.stderr).not.toContain(ADMIN_TOKEN);
  } finally {
    start.child.kill('SIGKILL');
    await proxy.stop();
  }
});

test('an interrupted sync changes nothing and is in the history', async () => {
  const proxy = await startPrefixProxy(upstream.url, '');
  proxy.silentAt = '/';
  try {
    const command = new Command(pair.args(proxy.url), pair.env());
    await expect.poll(() => proxy.waiting, { timeout: 20_000 }).not.toEqual([]);
    expect(await command.kill('SIGINT')).toBe(130);
    expect(command.stderr).toContain('Interrupted: nothing was saved.');
    expect(await history()).toEqual([['FAILED', 0, 'INTERRUPTED']]);
  } finally {
    await proxy.stop();
  }
});

test('/readyz says no once the rows are older than READY_MAX_AGE', async () => {
  const instance = await service.another({ READY_MAX_AGE: '365d' });
  const short = await service.another({ READY_MAX_AGE: '1h' });
  try {
    await service.rows("UPDATE dataset SET known_at = now() - interval '2 hours'");
    expect((await instance.get('/readyz')).status).toBe(200);
    const answer = await short.get('/readyz');
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { status: 'outdated', knownAt: expect.stringMatching(/^20.*Z$/) },
    ]);
    await service.import(OLD);
    expect((await short.get('/readyz')).status).toBe(200);
    await service.rows('UPDATE dataset SET known_at = NULL');
    expect(await (await short.get('/readyz')).json()).toEqual({ status: 'outdated', knownAt: null });
  } finally {
    await Promise.all([instance.stop(), short.stop()]);
  }
});

test.each<[Record<string, string>, string]>([
  [{ SYNC_FROM: 'https://x.example.org' }, 'SYNC_TOKEN: is missing, but SYNC_FROM requires it'],
  [{ SYNC_TOKEN: 'secret' }, 'SYNC_FROM: is missing, but SYNC_TOKEN requires it'],
  [{ SYNC_FROM: 'http://x.example.org', SYNC_TOKEN: 'secret' }, 'must look like https://'],
  [
    { SYNC_FROM: 'https://x.example.org', SYNC_TOKEN: 'secret', SYNC_EVERY: '15' },
    'SYNC_EVERY: "15" must be a duration',
  ],
  [{ READY_MAX_AGE: '0s' }, 'READY_MAX_AGE: "0s" must be a duration from 1s to 365d'],
])('settings %j are refused in words', async (settings, message) => {
  const { code, stderr } = await run(['export'], { ...pair.env(), ...settings });
  expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  expect(stderr).not.toContain('secret');
});

test.each([
  [['--status', '--every', '1m'], '--status goes without other options'],
  [['--from', 'https://x.example.org', '--token-file', 'x', '--every', 'often'], '--every: "often" must be a duration'],
])('options %j are refused in words', async (options, message) => {
  const { code, stderr } = await run(['sync', ...options], pair.env());
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test.skipIf(!hasProgram('openssl', 'tests of an own authority', 'version'))(
  'a certificate of an own authority is accepted by NODE_EXTRA_CA_CERTS alone',
  async () => {
    const [key, certificate] = [join(pair.folder, 'key.pem'), join(pair.folder, 'certificate.pem')];
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate],
    ]);
    const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/csv', 'content-length': Buffer.byteLength(NEW) }).end(NEW),
    );
    await once(server.listen(0), 'listening');
    try {
      const from = `https://localhost:${(server.address() as AddressInfo).port}`;
      // The first attempt tells; the others would only wait.
      const refused = new Command(pair.args(from), { ...pair.env(), LOG_LEVEL: 'info' });
      await eventually(async () => expect(refused.stderr).toMatch(/self-signed certificate/));
      await refused.kill('SIGTERM');
      expect(await run(pair.args(from), { ...pair.env(), NODE_EXTRA_CA_CERTS: certificate })).toMatchObject({
        code: 0,
      });
      expect(await service.export('csv')).toBe(NEW);
    } finally {
      server.close();
    }
  },
);
