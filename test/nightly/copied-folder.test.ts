/** That a process uses the data of the folder that it was given, and no others: copies, moves, links, and containers that share a folder. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { Command, eventually, run } from '../kit/command.ts';
import { copyProgram } from '../kit/program-copy.ts';
import { Holder, type HolderOptions } from '../kit/spawn-attached-process.ts';

let base: string;
let program: string;

beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'ids-copies-'));
  await chmod(base, 0o711);
  program = path.join(base, 'program');
  await copyProgram(program);
});

afterAll(async () => {
  // Only a test that failed has left a server.
  for (const pid of execFileSync('ps', ['-e', '-o', 'pid='], { encoding: 'utf8' }).trim().split(/\s+/)) {
    const cluster = await servedBy(Number(pid));
    if (cluster?.startsWith(base)) process.kill(Number(pid), 'SIGQUIT');
  }
  await rm(base, { recursive: true, force: true, maxRetries: 20 });
});

/** The folder that a process works in where it is a server of ours. */
async function servedBy(pid: number): Promise<string | undefined> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return /\/postgres\0-D\0([^\0]*)/.exec(command)?.[1];
}

const copy = (from: string, to: string, ...options: string[]) => execFileSync('cp', ['-a', ...options, from, to]);

const serverPid = async (dataDir: string): Promise<number> =>
  Number.parseInt(await readFile(path.join(dataDir, 'pgdata/postmaster.pid'), 'utf8'), 10);

describe.each([
  ['that is served', false],
  ['whose service was killed', true],
] as const)('a copy of a folder %s', (_what, killed) => {
  const TOKEN = 'admin-token-of-the-tests';
  const rowsOf = (seed: number) => [...generateExtract({ rows: 200, seed })].join('');
  const [before, other] = [rowsOf(1), rowsOf(2)];
  let original: Record<string, string>;
  let copied: Record<string, string>;
  let service: Command;

  const serve = async (env: Record<string, string>): Promise<Command> => {
    const command = new Command(['start'], env);
    await command.prints(/at (http:\S+)\n[\s\S]*\ncurl /);
    return command;
  };
  const rowsServed = async ({ stdout }: Command): Promise<string> => {
    const url = /at (http:\S+)\n/.exec(stdout)?.[1];
    const answer = await fetch(`${url}/analytics/interviews?format=csv`, { headers: { 'x-smarttoken': TOKEN } });
    return await answer.text();
  };

  beforeAll(async () => {
    const home = await mkdtemp(path.join(base, 'commands-'));
    await chmod(home, 0o711);
    const env = { PORT: '0', SAMPLE: 'off', ADMIN_TOKEN: TOKEN, HOME: tmpdir() };
    original = { ...env, DATA_DIR: path.join(home, 'original') };
    copied = { ...env, DATA_DIR: path.join(home, 'copy') };
    service = await serve(original);
    expect((await run(['import', '-'], original, before)).code).toBe(0);
    if (killed) await service.kill('SIGKILL');
    copy(path.join(home, 'original'), path.join(home, 'copy'));
  });
  afterAll(async () => {
    await service.kill('SIGTERM');
  });

  test('takes imports of its own', async () => {
    const { code, stderr } = await run(['import', '-', '--replace-all', '--allow-removals'], copied, other);
    expect([code, stderr]).toEqual([0, expect.stringContaining('was copied or moved while its Postgres was running')]);
    expect((await run(['export'], copied)).stdout).toBe(other);
    expect((await run(['export'], original)).stdout).toBe(before);
  });

  test('has tokens of its own', async () => {
    expect((await run(['token', 'create', '--name', 'of the copy'], copied)).code).toBe(0);
    expect((await run(['token', 'list'], copied)).stdout).toContain('of the copy');
    expect((await run(['token', 'list'], original)).stdout).not.toContain('of the copy');
  });

  test('is rebuilt by itself', async () => {
    const { stdout } = await run(['verify', '--rebuild'], copied);
    expect(stdout).toContain('Everything is consistent.');
    expect((await run(['verify'], original)).stdout).toContain('Everything is consistent.');
  });

  test('is served beside the original', async () => {
    if (killed) service = await serve(original);
    const second = await serve(copied);
    expect(await rowsServed(second)).toBe(other);
    expect(await rowsServed(service)).toBe(before);
    const third = await run(['start'], copied);
    expect([third.code, third.stderr]).toEqual([1, expect.stringContaining('are already served by http://')]);
    expect(await second.kill('SIGTERM')).toBe(0);
    expect(await rowsServed(service)).toBe(before);
  });
});

describe('a process', () => {
  const holders: Holder[] = [];
  /** A folder that stands still, of which each test takes a copy. */
  let prepared: string;
  let home: string;
  let dataDir: string;

  beforeAll(async () => {
    prepared = path.join(base, 'prepared');
    const first = hold(prepared);
    await first.attached();
    await first.query(`CREATE TABLE name AS SELECT 'original' AS name`);
    await first.release();
  });
  beforeEach(async () => {
    home = await mkdtemp(path.join(base, 'home-'));
    await chmod(home, 0o711);
    dataDir = path.join(home, 'original');
    copy(prepared, dataDir);
  });
  afterEach(async () => {
    for (const holder of holders.splice(0)) await holder.kill();
  });

  function hold(of: string, options: Omit<HolderOptions, 'dataDir'> = {}, within: readonly string[] = []): Holder {
    const holder = new Holder(program, undefined, { dataDir: of, ...options }, within);
    holders.push(holder);
    return holder;
  }

  async function attached(...of: Parameters<typeof hold>): Promise<Holder> {
    const holder = hold(...of);
    await holder.attached();
    return holder;
  }

  /** Moves the folder to a path that is too long for a socket. */
  async function moveFar(): Promise<void> {
    const far = path.join(home, 'long/'.repeat(25), 'data');
    await mkdir(path.dirname(far), { recursive: true });
    await rename(dataDir, far);
    dataDir = far;
  }

  const nameOf = (holder: Holder) => holder.query('SELECT name FROM name');
  const renameTo = (holder: Holder, name: string) => holder.query(`UPDATE name SET name = '${name}'`);

  test('on a copy of a folder whose Postgres listens on TCP, with the same password, has a server of its own', async () => {
    const listening = path.join(home, 'listening');
    const first = await attached(listening, { transport: 'tcp' });
    await first.query(`CREATE TABLE name AS SELECT 'original' AS name`);
    copy(listening, path.join(home, 'copy'));
    const second = await attached(path.join(home, 'copy'), { transport: 'tcp' });
    await renameTo(second, 'copy');
    expect(await nameOf(first)).toEqual([{ name: 'original' }]);
    await second.release();
    expect(await nameOf(first)).toEqual([{ name: 'original' }]);
    await first.release();
  });

  test('on a copy at the path that the original had leaves the original, which was moved, its socket in a temporary folder', async () => {
    await moveFar();
    const first = await attached(dataDir);
    await rename(dataDir, `${dataDir}-moved`);
    copy(`${dataDir}-moved`, dataDir);
    const second = await attached(dataDir);
    await renameTo(second, 'copy');
    expect(await nameOf(first)).toEqual([{ name: 'original' }]);
    await second.release();
    const third = await attached(`${dataDir}-moved`);
    expect(await nameOf(third)).toEqual([{ name: 'original' }]);
    await first.release();
    expect(first.messages).toContain('The data folder was moved away, and its Postgres is left running');
    await third.release();
    await expect(serverPid(`${dataDir}-moved`)).rejects.toThrow('ENOENT');
  });

  test('finds the server of a folder that was moved while it ran, and what was moved while it stood', async () => {
    const first = await attached(dataDir, { supervise: true });
    const pid = await serverPid(dataDir);
    await rename(dataDir, path.join(home, 'moved'));
    await eventually(async () =>
      expect(first.messages).toContain('The data folder was moved or removed: its Postgres can’t be reached any more'),
    );
    const second = await attached(path.join(home, 'moved'));
    expect(await serverPid(path.join(home, 'moved'))).toBe(pid);
    expect(await nameOf(second)).toEqual([{ name: 'original' }]);
    await first.release();
    await second.release();
    await rename(path.join(home, 'moved'), dataDir);
    const third = await attached(dataDir);
    expect(third.messages.join()).not.toContain('copied or moved');
    expect(await nameOf(third)).toEqual([{ name: 'original' }]);
    await third.release();
  });

  test('comes to the same server by a symbolic link', async () => {
    const first = await attached(dataDir);
    await symlink(dataDir, path.join(home, 'link'));
    const second = hold(path.join(home, 'link'));
    expect(await second.attached()).toMatchObject({ dataDir });
    await renameTo(second, 'changed');
    expect(await nameOf(first)).toEqual([{ name: 'changed' }]);
    await second.release();
    expect(await nameOf(first)).toEqual([{ name: 'changed' }]);
    await first.release();
  });

  test('is refused a copy by hard links, which would change the original', async () => {
    const first = await attached(dataDir);
    copy(dataDir, path.join(home, 'links'), '--link');
    const { code, message } = await hold(path.join(home, 'links')).failed();
    expect([code, message]).toEqual(['BAD_CONFIGURATION', expect.stringMatching(/share files .* hard links .*cp -a/)]);
    expect(await nameOf(first)).toEqual([{ name: 'original' }]);
    await rm(path.join(home, 'links'), { recursive: true });
    await first.release();
  });

  test('on a copy leaves a frozen original alone', async () => {
    const first = await attached(dataDir);
    copy(dataDir, path.join(home, 'copy'));
    const pid = await serverPid(dataDir);
    process.kill(pid, 'SIGSTOP');
    const second = await attached(path.join(home, 'copy'));
    await renameTo(second, 'copy');
    await second.release();
    process.kill(pid, 'SIGCONT');
    expect(await nameOf(first)).toEqual([{ name: 'original' }]);
    expect(await serverPid(dataDir)).toBe(pid);
    await first.release();
  });

  describe.runIf(canUnshare())('in another container', () => {
    /** Process ids of its own, and mounts, made by a script before the command. */
    const container = (script = ':') => [
      ...['unshare', '--pid', '--fork', '--kill-child', '--mount', '--mount-proc', '--ipc', '--net'],
      ...['sh', '-c', `${script} && exec "$@"`, 'sh'],
    ];

    test('shares the server with one that sees the folder at another path, and leaves stopping it to that one', async () => {
      const elsewhere = path.join(home, 'elsewhere');
      await mkdir(elsewhere);
      const first = await attached(dataDir);
      const pid = await serverPid(dataDir);
      const second = await attached(elsewhere, {}, container(`mount --bind ${dataDir} ${elsewhere}`));
      await renameTo(second, 'changed');
      await first.release();
      expect(await serverPid(dataDir)).toBe(pid);
      await second.release();
      expect(second.messages).toContain('Postgres runs in another container and is left running');
      const third = await attached(dataDir);
      expect(await nameOf(third)).toEqual([{ name: 'changed' }]);
      await third.release();
      await expect(serverPid(dataDir)).rejects.toThrow('ENOENT');
    });

    test('has its server found from the host, and by the next container after it was killed', async () => {
      const first = await attached(dataDir, {}, container());
      const host = await attached(dataDir);
      await renameTo(host, 'changed');
      await host.release();
      expect(await nameOf(first)).toEqual([{ name: 'changed' }]);
      await first.kill();
      const next = await attached(dataDir, {}, container());
      expect(await nameOf(next)).toEqual([{ name: 'changed' }]);
      await next.release();
    });

    test('starts one server where both begin at the same moment', async () => {
      const both = [hold(dataDir, {}, container()), hold(dataDir, {}, container())];
      await Promise.all(both.map((holder) => holder.attached()));
      const [one, other] = both as [Holder, Holder];
      await renameTo(one, 'changed');
      expect(await nameOf(other)).toEqual([{ name: 'changed' }]);
      const log = await readFile(path.join(dataDir, 'postgres.log'), 'utf8');
      expect(log.split('starting PostgreSQL').length - 1).toBe(2);
      await one.release();
      await other.release();
    });

    test('on a copy has a server of its own', async () => {
      const first = await attached(dataDir);
      copy(dataDir, path.join(home, 'copy'));
      const second = await attached(path.join(home, 'copy'), {}, container());
      await renameTo(second, 'copy');
      await second.release();
      expect(await nameOf(first)).toEqual([{ name: 'original' }]);
      await first.release();
    });

    test('is refused a folder whose server listens where it can’t come to, and has it once that is no more', async () => {
      await moveFar();
      const first = hold(dataDir);
      const { host } = (await first.attached()).connection;
      expect(host).not.toContain(home);
      // Its temporary folder is another.
      const within = container(`mount -t tmpfs -o mode=700,uid=$(stat -c %u ${host}) none ${host}`);
      const { code, message } = await hold(dataDir, {}, within).failed();
      expect([code, message]).toEqual([
        'DATABASE_UNAVAILABLE',
        expect.stringMatching(/is in use from another container or machine, where it listens at "\/tmp\/ids-/),
      ]);
      const pid = await serverPid(dataDir);
      await first.kill();
      process.kill(pid, 'SIGKILL');
      const next = await attached(dataDir, {}, within);
      expect(await nameOf(next)).toEqual([{ name: 'original' }]);
      await next.release();
    });
  });
});

/** Whether this system lets the tests make namespaces. */
function canUnshare(): boolean {
  try {
    execFileSync('unshare', ['--pid', '--fork', '--mount', '--mount-proc', '--ipc', '--net', 'true'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}
