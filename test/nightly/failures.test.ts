/** What becomes of data and transfers when a process dies under them: the service, an import, Postgres, the client. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachEmbedded } from '../../src/embedded-postgres/embedded.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { createLog } from '../../src/log.ts';
import { Command, eventually, run } from '../kit/command.ts';

const TOKEN = 'admin-token-of-the-tests';
/** Enough that an export is far larger than what the sockets between can hold. */
const ROWS = 60_000;

let dataDir: string;
let env: Record<string, string>;
let embedded: Awaited<ReturnType<typeof attachEmbedded>>;
let extract: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'interviews-failures-'));
  await chmod(dataDir, 0o711);
  env = { DATA_DIR: dataDir, PORT: '0', SAMPLE: 'off', ADMIN_TOKEN: TOKEN, HOME: tmpdir() };
  extract = [...generateExtract({ rows: ROWS, seed: 3 })].join('');
  // Held for the whole file, so that Postgres is not stopped between two commands.
  embedded = await attachEmbedded({ dataDir, log: createLog('silent'), supervise: true });
  const { code, stderr } = await run(['import', '-', '--json'], env, extract);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}, 180_000);
afterAll(async () => {
  await embedded?.release();
  await rm(dataDir, { recursive: true, force: true });
});

async function query<T extends pg.QueryResultRow>(statement: string): Promise<T[]> {
  const client = new pg.Client(embedded.connection);
  await client.connect();
  try {
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
  }
}

const stored = async (): Promise<string> => (await run(['export'], env)).stdout;

async function serve(more: Record<string, string> = {}): Promise<{ service: Command; url: string }> {
  const service = new Command(['start'], { ...env, ...more });
  const [, url = ''] = await service.prints(/at (http:\S+)\n[\s\S]*\ncurl /);
  return { service, url };
}

/** A download that reads its first bytes and then no more, until it is told to go on. */
async function beginDownload(url: string) {
  const request = http.get(`${url}/analytics/interviews`, { headers: { 'x-smarttoken': TOKEN, accept: 'text/csv' } });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  expect(response.statusCode).toBe(200);
  await once(response, 'readable');
  const first = response.read() as Buffer;
  return {
    leave: () => request.destroy(),
    /** Reads on to the end; 'whole' if the transfer ended as it should, or the error. */
    async rest(): Promise<string> {
      let bytes = first.length;
      try {
        for await (const chunk of response) bytes += (chunk as Buffer).length;
        return response.complete && bytes === Buffer.byteLength(extract) ? 'whole' : `cut at ${bytes} as if whole`;
      } catch (error) {
        return error instanceof Error && 'code' in error ? String(error.code) : String(error);
      }
    },
  };
}

const postmaster = (): number =>
  Number(readFileSync(path.join(dataDir, 'pgdata', 'postmaster.pid'), 'utf8').split('\n')[0]);

const active = async (statement: string): Promise<number> =>
  Number(
    (
      await query<{ count: string }>(
        `SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%${statement}%' AND pid <> pg_backend_pid()`,
      )
    )[0]?.count,
  );

/** An import that has sent half of its file and waits for the rest. */
async function beginImport(): Promise<Command> {
  const changed = extract.replaceAll(',true,', ',false,');
  const command = new Command(['import', '-'], env);
  command.write(changed.slice(0, changed.length / 2), { end: false });
  await eventually(async () => expect(await active('load.copy')).toBe(1));
  return command;
}

describe('an export', () => {
  test('is cancelled in the database when the client leaves', async () => {
    const { service, url } = await serve();
    const download = await beginDownload(url);
    expect(await active('extract.rows')).toBe(1);
    download.leave();
    await eventually(async () => expect(await active('extract.rows')).toBe(0));
    expect(await (await beginDownload(url)).rest()).toBe('whole');
    expect(await service.kill('SIGTERM')).toBe(0);
  });

  test('is a broken transfer when the service is killed, and the next start serves', async () => {
    const { service, url } = await serve();
    const download = await beginDownload(url);
    await service.kill('SIGKILL');
    expect(await download.rest()).toBe('ECONNRESET');
    const next = await serve();
    expect(await (await beginDownload(next.url)).rest()).toBe('whole');
    expect(await next.service.kill('SIGTERM')).toBe(0);
  });

  test('is finished when the service is told to stop, and not begun any more', async () => {
    const { service, url } = await serve();
    const download = await beginDownload(url);
    service.child.kill('SIGTERM');
    await eventually(() => expect(fetch(`${url}/healthz`)).rejects.toThrow());
    expect(await download.rest()).toBe('whole');
    expect(await service.ended()).toBe(0);
  });

  test('can still begin while the service drains, though it says that it isn’t ready', async () => {
    const { service, url } = await serve({ DRAIN_SECONDS: '3600' });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    service.child.kill('SIGTERM');
    const ready = await eventually(async () => {
      const response = await fetch(`${url}/readyz`);
      expect(response.status).toBe(503);
      return await response.json();
    });
    expect(ready).toEqual({ status: 'stopping' });
    const alive = await fetch(`${url}/healthz`);
    expect([alive.status, alive.headers.get('connection')]).toEqual([200, 'close']);
    expect(await (await beginDownload(url)).rest()).toBe('whole');
    // What counts as a second signal comes a while after the first: the terminal and npm both pass the first one on.
    await sleep(1_600);
    expect(await service.kill('SIGTERM')).toBe(143);
  });

  test.each([
    'SIGKILL',
    'SIGINT',
  ] as const)('is a broken transfer when Postgres gets %s, and the service recovers by itself', async (signal) => {
    const { service, url } = await serve();
    const download = await beginDownload(url);
    const killed = postmaster();
    process.kill(killed, signal);
    await eventually(async () => expect(() => process.kill(killed, 0)).toThrow());
    expect(await download.rest()).toBe('ECONNRESET');
    await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200));
    expect(await (await beginDownload(url)).rest()).toBe('whole');
    expect(await service.kill('SIGTERM')).toBe(0);
  });

  test('is refused with 503 while the database is away', async () => {
    const { service, url } = await serve();
    // Stopped, not ended: connections are taken but nobody answers, and no supervisor can help.
    const pids = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster())], { encoding: 'utf8' });
    const all = [postmaster(), ...pids.trim().split(/\s+/).map(Number)];
    for (const pid of all) process.kill(pid, 'SIGSTOP');
    try {
      const response = await fetch(`${url}/readyz`);
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('5');
      expect(await response.json()).toMatchObject({ errors: [{ code: 'DATABASE_UNAVAILABLE' }] });
    } finally {
      for (const pid of all) process.kill(pid, 'SIGCONT');
    }
    await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200));
    expect(await service.kill('SIGTERM')).toBe(0);
  });
});

describe('an import', () => {
  test('that is killed in the middle leaves no trace, and holds up nobody', async () => {
    const before = await stored();
    const command = await beginImport();
    expect(await command.kill('SIGKILL')).toBe('SIGKILL');
    expect(await stored()).toBe(before);
    expect(await run(['import', '-', '--json'], env, extract)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`"unchanged":${ROWS}`),
    });
  });

  test('that is interrupted says that nothing was saved', async () => {
    const before = await stored();
    const command = await beginImport();
    expect(await command.kill('SIGINT')).toBe(130);
    expect(command.stderr).toBe('Interrupted: nothing was saved.\n');
    expect(await stored()).toBe(before);
  });

  test.each([
    ['reads on', (command: Command) => command.write(extract.slice(extract.length / 2))],
    ['waits for more of its file', () => {}],
  ])('under which Postgres dies while it %s fails, and leaves no trace', async (_, next) => {
    const before = await stored();
    const command = await beginImport();
    process.kill(postmaster(), 'SIGKILL');
    next(command);
    expect(await command.ended()).toBe(1);
    expect(command.stderr).toBe('The database can’t be reached at the moment. Try again shortly.\n');
    expect(await eventually(stored)).toBe(before);
  });

  test('waits for another one, and says so', async () => {
    const first = await beginImport();
    const second = new Command(['import', '-', '--json'], env);
    second.write(extract);
    await eventually(async () => expect(second.stderr).toBe('Another import is running; this one waits for it.\n'));
    await sleep(100);
    expect(second.child.exitCode).toBeNull();
    await first.kill('SIGKILL');
    expect(await second.ended()).toBe(0);
  });
});
