/** Backups between servers and folders, and what is left when a backup or a restore is interrupted. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { dumpOf } from '../kit/backups.ts';
import { Command, eventually, run as runCommand } from '../kit/command.ts';
import { emptyDatabase, type TestDatabase } from '../kit/database.ts';
import { withClient } from '../kit/server.ts';

/** Enough that a backup and a restore take so long that they can be caught in the middle. */
const ROWS = 15_000;
const NOTHING = { tables: {}, sequences: {} };
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

let folder: string;
let source: TestDatabase;
let backup: Buffer;
const databases: TestDatabase[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'interviews-backup-'));
  // The embedded Postgres of root runs as another user, who has to get through.
  await chmod(folder, 0o711);
  source = await emptyDatabase();
  const extract = [...generateExtract({ rows: ROWS, seed: 9 })].join('');
  expect(await runCommand(['import', '-'], { DATABASE_URL: source.url }, extract)).toMatchObject({ code: 0 });
  expect(await inFolder(['token', 'create', '--name', 'kept'], source)).toMatchObject({ code: 0 });
  expect(await inFolder(['backup', 'whole.backup'], source)).toMatchObject({ code: 0 });
  backup = await readFile(file('whole.backup'));
}, 300_000);
afterAll(async () => {
  await source?.drop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

const file = (...names: string[]): string => path.join(folder, ...names);

const inFolder = (args: string[], database: Pick<TestDatabase, 'url'>, env: Record<string, string> = {}) =>
  runCommand(args, { DATABASE_URL: database.url, ...env }, '', folder);

async function empty(): Promise<TestDatabase> {
  const database = await emptyDatabase();
  databases.push(database);
  return database;
}

test('what a server of yours has goes into the embedded Postgres, and back', async () => {
  const embedded = { DATA_DIR: file('embedded'), HOME: tmpdir() };
  await writeFile(file('there.backup'), backup);
  expect(await runCommand(['restore', file('there.backup')], embedded)).toMatchObject({ code: 0, stderr: '' });
  expect(await runCommand(['backup', file('back.backup')], embedded)).toMatchObject({ code: 0, stderr: '' });
  const database = await empty();
  expect(await inFolder(['restore', 'back.backup'], database)).toMatchObject({ code: 0, stderr: '' });
  expect(await dumpOf(database.connection)).toEqual(await dumpOf(source.connection));
});

describe('wrong usage', () => {
  test.each([
    [['backup'], 'The file to write is missing.\nUsage: backup -- FILE'],
    [['backup', 'a', 'b'], 'A backup is one file.'],
    [['backup', 'no/such/folder'], 'no/such/folder can’t be written: ENOENT'],
    [['restore'], 'The file to restore is missing.\nUsage: restore -- FILE'],
    [['restore', 'a', 'b'], 'Only one backup can be restored.'],
    [['restore', 'missing.backup'], 'missing.backup can’t be read: '],
    [['restore', '.'], '. is a folder; name the files in it.'],
  ])('%j: exit code 2 and what would be right', async (args, message) => {
    const { code, stderr } = await inFolder(args, source);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('npm’s banner in a backup, and an option that npm took for itself, are refused', async () => {
    const database = await empty();
    const npm = { npm_command: 'run' };
    expect(await inFolder(['backup', '-'], source, npm)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'npm has written its banner before the backup: use `npm run -s backup -- -`, or name a file.\n',
    });
    await writeFile(file('checked.backup'), backup);
    expect(await inFolder(['restore', 'checked.backup'], database, { ...npm, npm_config_check: 'true' })).toMatchObject(
      {
        code: 2,
        stderr: expect.stringContaining('npm took --check as its own option; put -- before the options.'),
      },
    );
    expect(await dumpOf(database.connection)).toEqual(NOTHING);
  });
});

describe('the embedded Postgres', () => {
  /** The environment of commands on a data folder of its own. */
  const on = (name: string) => ({ DATA_DIR: file(name), PORT: '0', HOME: tmpdir() });

  async function serve(name: string): Promise<{ service: Command; url: string; token: string | null }> {
    const service = new Command(['start'], on(name));
    const [, url = ''] = await service.prints(/at (http:\S+)\n[\s\S]*\ncurl /);
    const [, token = null] = /^Token {3}(\w{32})$/m.exec(service.stdout) ?? [];
    return { service, url, token };
  }

  const get = (url: string, token: string | null, headers: Record<string, string> = {}) =>
    fetch(`${url}/analytics/interviews`, { headers: { accept: 'text/csv', 'x-smarttoken': token ?? '', ...headers } });

  async function ids(url: string, token: string | null): Promise<unknown> {
    const query =
      '{ appointments(first: 200) { nodes { id timeSlot { id } interviewer { id } } } jobs(first: 200) { nodes { id title } } }';
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-smarttoken': token ?? '' },
      body: JSON.stringify({ query }),
    });
    const body = (await response.json()) as { errors?: unknown; data: { appointments: { nodes: unknown[] } } };
    expect(body.errors).toBeUndefined();
    expect(body.data.appointments.nodes).toHaveLength(200);
    return body.data;
  }

  test('is backed up under a service and restored into a folder that isn’t there: tokens, titles, ids and exports are as they were', async () => {
    const old = await serve('old');
    const extract = [...generateExtract({ rows: 2_000, seed: 5 })].join('');
    expect(await runCommand(['import', '-'], on('old'), extract)).toMatchObject({ code: 0 });
    const [, jobId] = /,([0-9a-f-]{36}),(?:ONSITE|PHONE|VIDEO|OTHER),/.exec(extract) ?? [];
    await writeFile(file('jobs.csv'), `jobId,title,department\n${jobId},"Head of ""Ü""",R&D\n`);
    expect(await runCommand(['import', '--jobs', file('jobs.csv')], on('old'))).toMatchObject({ code: 0 });
    expect(await runCommand(['backup', file('old.backup')], on('old'))).toMatchObject({ code: 0, stderr: '' });
    const before = await get(old.url, old.token);
    const [etag, rows, graph] = [before.headers.get('etag') ?? '', await before.text(), await ids(old.url, old.token)];
    expect(JSON.stringify(graph)).toContain('Head of');
    expect(await old.service.kill('SIGTERM')).toBe(0);

    const restored = await runCommand(['restore', file('old.backup')], on('deep/new'));
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    const now = await serve('deep/new');
    expect(now.service.stdout).toMatch(/2,000 rows \(imported\)\nToken {3}create one with /);
    const after = await get(now.url, old.token);
    expect([after.status, await after.text()]).toEqual([200, rows]);
    expect((await get(now.url, old.token, { 'if-none-match': etag })).status).toBe(304);
    expect(await ids(now.url, old.token)).toEqual(graph);
    expect(await now.service.kill('SIGTERM')).toBe(0);
    expect(await runCommand(['verify'], on('deep/new'))).toMatchObject({ code: 0 });

    // And into one that was started, beside its service: the sample and its token go.
    const started = await serve('started');
    expect((await get(started.url, started.token)).status).toBe(200);
    const replaced = await runCommand(['restore', file('old.backup')], on('started'));
    expect(replaced).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('\nThe token of the first start is not in the backup and was removed; '),
    });
    expect((await get(started.url, started.token)).status).toBe(401);
    expect(await (await get(started.url, old.token)).text()).toBe(rows);
    await expect(stat(file('started', 'token'))).rejects.toThrow('ENOENT');
    expect(await started.service.kill('SIGTERM')).toBe(0);
  });
});

test('a backup goes through a pipe into a restore', async () => {
  const database = await empty();
  const child = spawn(
    'bash',
    ['-euo', 'pipefail', '-c', `DATABASE_URL=$FROM node ${MAIN} backup - | DATABASE_URL=$TO node ${MAIN} restore -`],
    {
      env: { PATH: process.env.PATH ?? '', AUDIT: 'off', FROM: source.url, TO: database.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^Backed up \S+: [\d,]+ rows \(.*\)\.\n$/)]);
  expect(stdout).toMatch(/^Restored the backup made at /);
  expect(await dumpOf(database.connection)).toEqual(await dumpOf(source.connection));
});

describe('a backup that is interrupted', () => {
  /** A backup that has begun to write, stopped for a moment. */
  async function begin(name: string): Promise<{ command: Command; names: string[] }> {
    await mkdir(file(name));
    const command = new Command(['backup', path.join(name, 'x.backup')], { DATABASE_URL: source.url }, folder);
    for (;;) {
      const names = await readdir(file(name));
      const [unfinished] = names;
      if (unfinished && (await stat(file(name, unfinished))).size > 0) {
        command.child.kill('SIGSTOP');
        return { command, names: await readdir(file(name)) };
      }
    }
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('by %s leaves no file', async (signal) => {
    const { command } = await begin(signal);
    command.child.kill(signal);
    expect(await command.kill('SIGCONT')).toBe(130);
    expect([command.stdout, command.stderr]).toEqual(['', 'Interrupted: nothing was saved.\n']);
    expect(await readdir(file(signal))).toEqual([]);
  });

  test('by kill -9 leaves none by its name, and what there is can’t be restored', async () => {
    const { command, names } = await begin('killed');
    expect(names).toEqual([expect.stringMatching(/^x\.backup\.unfinished-\d+$/)]);
    expect(await command.kill('SIGKILL')).toBe('SIGKILL');
    expect(await readdir(file('killed'))).toEqual(names);
    const [unfinished = ''] = names;
    expect((await stat(file('killed', unfinished))).mode & 0o777).toBe(0o600);
    expect(await inFolder(['restore', path.join('killed', unfinished), '--check'], source)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/ is cut off: it ends after \d+ bytes, /),
    });
    expect(await inFolder(['backup', 'killed/x.backup'], source)).toMatchObject({ code: 0 });
  });

  test('by a reader that leaves says so', async () => {
    const command = new Command(['backup', '-'], { DATABASE_URL: source.url });
    command.child.stdout?.destroy();
    expect(await command.ended()).toBe(2);
    expect(command.stderr).toBe('Standard output can’t be written, and the backup is incomplete: write EPIPE.\n');
  });

  test.runIf(process.platform === 'linux')('by a full device says so', async () => {
    expect(await inFolder(['backup', '/dev/full'], source)).toEqual({
      code: 2,
      stdout: '',
      stderr: '/dev/full can’t be written: ENOSPC.\n',
    });
  });

  /** Whether a file system of 1 MB can be mounted in a folder. */
  async function mountsSmall(where: string): Promise<boolean> {
    await mkdir(where);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', where], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }

  test('by a full disk leaves no file, and the one that was there', async () => {
    // Where nothing may be mounted, the test above is what can be had.
    if (!(await mountsSmall(file('small')))) return;
    try {
      await writeFile(file('small', 'former.backup'), 'former');
      for (const args of [['small/x.backup'], ['small/former.backup', '--force']])
        expect(await inFolder(['backup', ...args], source)).toEqual({
          code: 2,
          stdout: '',
          stderr: expect.stringMatching(/^small\/\w+\.backup can’t be written: ENOSPC\.\n$/),
        });
      expect(await readdir(file('small'))).toEqual(['former.backup']);
      expect(await readFile(file('small', 'former.backup'), 'utf8')).toBe('former');
    } finally {
      execFileSync('umount', [file('small')]);
    }
  });
});

describe('a restore that is interrupted', () => {
  /** A restore that has half of its file, and waits for the rest. */
  async function begin(database: TestDatabase): Promise<Command> {
    const command = new Command(['restore', '-'], { DATABASE_URL: database.url });
    command.write(backup.subarray(0, backup.length / 2), { end: false });
    await eventually(async () => expect([await copying(database), command.stderr]).toEqual([1, '']), 180_000);
    return command;
  }

  const copying = (database: TestDatabase): Promise<number> =>
    withClient(database.connection, async (client) => {
      const { rows } = await client.query(
        `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%restore.rows%'
         AND pid <> pg_backend_pid()`,
      );
      return rows[0].count;
    });

  test.each([
    ['SIGKILL', 'SIGKILL', ''],
    ['SIGTERM', 130, 'Interrupted: nothing was saved.\n'],
    ['SIGINT', 130, 'Interrupted: nothing was saved.\n'],
  ] as const)('by %s leaves nothing, and the next one restores all', async (signal, code, stderr) => {
    const database = await empty();
    const command = await begin(database);
    expect([await command.kill(signal), command.stderr]).toEqual([code, stderr]);
    await eventually(async () => expect(await copying(database)).toBe(0));
    expect(await dumpOf(database.connection)).toEqual(NOTHING);
    expect(await inFolder(['restore', 'whole.backup'], database)).toMatchObject({ code: 0 });
    expect(await dumpOf(database.connection)).toEqual(await dumpOf(source.connection));
  });

  test('by the end of its input, or of the connection, leaves nothing', async () => {
    const database = await empty();
    const cut = await begin(database);
    cut.write('');
    expect(await cut.ended()).toBe(1);
    expect(cut.stderr).toMatch(/^standard input is cut off: it ends after \d+ bytes, /);
    expect(await dumpOf(database.connection)).toEqual(NOTHING);

    const lost = await begin(database);
    // It has then read what there is, and waits for more.
    await sleep(3_000);
    await withClient(database.connection, (client) =>
      client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%restore.rows%'
         AND pid <> pg_backend_pid()`,
      ),
    );
    expect(await lost.ended()).toBe(1);
    expect(lost.stderr).toBe('The database can’t be reached at the moment. Try again shortly.\n');
    expect(await dumpOf(database.connection)).toEqual(NOTHING);
  });
});
