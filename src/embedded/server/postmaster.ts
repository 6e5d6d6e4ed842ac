import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { textProperty } from '../../domain/types/property.ts';
import { type LockFile, readText } from '../folder/lock-file.ts';
import type { Binaries } from './binaries.ts';
import { type Account, run } from './program.ts';

/**
 * What a lock file of a running server says: postmaster.pid in the cluster, or the one beside the socket. Fields that
 * the server has not written yet are empty (postgres, src/include/utils/pidfile.h).
 */
export interface Postmaster extends LockFile {
  readonly pid: number;
  /** The path of the cluster, as the server knows it. */
  readonly dataDir: string;
  readonly port: number;
  readonly socketFolder: string;
  readonly listenAddress: string;
  /** "starting", "ready", "stopping" or empty. */
  readonly status: string;
}

/** Reads the cluster's lock file; undefined where no server has left one. */
export function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  return readLock(join(cluster, 'postmaster.pid'));
}

/** Reads a lock file; undefined where there is none. */
export async function readLock(file: string): Promise<Postmaster | undefined> {
  const lock = await readText(file);
  if (!lock) return undefined;
  const lines = lock.text.split('\n').map((line) => line.trim());
  return {
    pid: Number.parseInt(lines[0] ?? '', 10),
    dataDir: lines[1] ?? '',
    port: Number(lines[3] ?? 0),
    socketFolder: lines[4] ?? '',
    listenAddress: lines[5] ?? '',
    status: lines[7] ?? '',
    ...lock,
  };
}

/** Milliseconds that a lock file is being written. */
const WRITING_MS = 5_000;

/** Whether a lock file was made only now, so that its server may not have written all of it yet. */
export async function isFresh({ file }: Postmaster): Promise<boolean> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs < WRITING_MS,
    () => false,
  );
}

/**
 * Whether the process that a lock file names is a Postgres that works on this cluster: `here`; `gone` where this process sees that it isn't;
 * `unknown` where it can't see that. After a kill -9 or a power cut the number may belong to another process, in a restarted container it
 * nearly always does; that of a copied folder belongs to the server of the original. Postgres works in its cluster's folder.
 */
export type Whereabouts = 'here' | 'gone' | 'unknown';

/** Where the process is that a lock file names; `account` is whom Postgres runs as, where that isn't the user of this process. */
export async function whereabouts(
  lock: Postmaster,
  cluster: string,
  account: Account | undefined,
): Promise<Whereabouts> {
  const { pid } = lock;
  // Empty for a moment while it is made; for good where the power failed in that moment.
  if (!(pid > 0)) return (await isFresh(lock)) ? 'unknown' : 'gone';
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: a process of another user; ours would run as ourselves, but where we are root.
    if (textProperty(error, 'code') !== 'EPERM' || process.getuid?.() !== 0) return 'gone';
  }
  if (process.platform === 'win32') return 'unknown';
  if (!(await isPostgres(pid))) return 'gone';
  const works = await worksIn(pid, cluster, account);
  return works === undefined ? 'unknown' : works ? 'here' : 'gone';
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux')
    return basename((await run('ps', ['-o', 'comm=', '-p', String(pid)], ANYWHERE)).output) === 'postgres';
  // "pid (name) state ...": a zombie has ended, and nobody may ever fetch its exit code where a container's first process doesn't.
  const [, name, state] = /\((.*)\) (\S)/s.exec(await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')) ?? [];
  return name === 'postgres' && state !== 'Z' && state !== 'X';
}

/** Whether a process works in a folder, by whatever path; undefined where nobody says. */
async function worksIn(pid: number, folder: string, account: Account | undefined): Promise<boolean | undefined> {
  const its = process.platform === 'linux' ? `/proc/${pid}/cwd` : await openFolder(pid);
  if (its === undefined) return undefined;
  try {
    const [one, other] = await Promise.all([stat(its, { bigint: true }), stat(folder, { bigint: true })]);
    return one.dev === other.dev && one.ino === other.ino;
  } catch (error) {
    if (textProperty(error, 'code') === 'ENOENT') return false;
  }
  // Root of a container often may not look, but the account may, whose process it is.
  if (!account) return undefined;
  const { code, output } = await run('stat', ['-L', '-c', '%d:%i', its, folder], { account, cwd: '/' });
  const [one, other] = output.split('\n');
  return code === 0 ? one === other : undefined;
}

/** The folder that a process works in, where there is no /proc. */
async function openFolder(pid: number): Promise<string | undefined> {
  const { output } = await run('/usr/sbin/lsof', ['-a', '-p', String(pid), '-d', 'cwd', '-Fn'], ANYWHERE);
  return /^n(\/.*)$/m.exec(output)?.[1];
}

const ANYWHERE = { account: undefined, cwd: '/' };

/** Tells this one server (never its successor) to end its sessions and stop. Only for one that is known to work on the folder at hand. */
export async function requestStop({ pid }: Postmaster, binaries: Binaries): Promise<void> {
  if (process.platform === 'win32') {
    const runOptions = { account: undefined, cwd: binaries.folder };
    await run(join(binaries.folder, 'bin', 'pg_ctl'), ['kill', 'INT', String(pid)], runOptions);
    return;
  }
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has ended by itself.
  }
}

/** Waits until the server is gone; false where it still runs after so many milliseconds. */
export async function waitUntilGone(
  postmaster: Postmaster,
  cluster: string,
  account: Account | undefined,
  milliseconds: number,
): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(20)) {
    const found = await readPostmaster(cluster);
    if (found?.pid !== postmaster.pid && (await whereabouts(postmaster, cluster, account)) === 'gone') return true;
  }
  return false;
}
