import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { textProperty } from '../../domain/types/property.ts';
import { type LockFile, readText } from '../folder/lock-file.ts';
import type { Binaries } from './binaries.ts';
import { type Account, run } from './program.ts';

/**
 * The content of a running server's lock file: postmaster.pid in the cluster, or the one next to the socket. Fields
 * that the server has not written yet are empty (postgres, src/include/utils/pidfile.h).
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

/** Reads the cluster's lock file; returns undefined if no server has left one. */
export function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  return readLock(join(cluster, 'postmaster.pid'));
}

/** Reads a lock file of Postgres; returns undefined if there is none. */
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

/** Milliseconds within which a server finishes writing its lock file. */
const WRITING_MS = 5_000;

/** Returns whether a lock file is so new that its server may not have written all of it yet. */
export async function isFresh({ file }: Postmaster): Promise<boolean> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs < WRITING_MS,
    () => false,
  );
}

/**
 * Whether the process that a lock file names is a Postgres that works on this cluster: `here`; `gone` if this process
 * sees that it is not; `unknown` if it can't see that. After a kill -9 or a power failure the process id may belong to
 * another process; in a restarted container it nearly always does. The process id in a copied folder belongs to the
 * server of the original. Postgres works in its cluster's folder.
 */
export type Whereabouts = 'here' | 'gone' | 'unknown';

/**
 * Returns where the process is that a lock file names. `account` is the user that Postgres runs as, if not the user of
 * this process.
 */
export async function whereabouts(
  lock: Postmaster,
  cluster: string,
  account: Account | undefined,
): Promise<Whereabouts> {
  const { pid } = lock;
  // The file is empty for a moment while it is created, and stays so if the power fails at that moment.
  if (!(pid > 0)) return (await isFresh(lock)) ? 'unknown' : 'gone';
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: a process of another user. Our server runs as our own user, unless we are root.
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
  // Format: "pid (name) state ...". A zombie has ended; its exit code may never be read if a container's first process
  // does not do so.
  const [, name, state] = /\((.*)\) (\S)/s.exec(await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')) ?? [];
  return name === 'postgres' && state !== 'Z' && state !== 'X';
}

/**
 * Returns whether the working directory of a process is the folder, by any path; undefined if that can't be determined.
 */
async function worksIn(pid: number, folder: string, account: Account | undefined): Promise<boolean | undefined> {
  const workingFolder = process.platform === 'linux' ? `/proc/${pid}/cwd` : await openFolder(pid);
  if (workingFolder === undefined) return undefined;
  try {
    const [actual, expected] = await Promise.all([
      stat(workingFolder, { bigint: true }),
      stat(folder, { bigint: true }),
    ]);
    return actual.dev === expected.dev && actual.ino === expected.ino;
  } catch (error) {
    if (textProperty(error, 'code') === 'ENOENT') return false;
  }
  // Root in a container often may not look, but the account may: it owns the process.
  if (!account) return undefined;
  const { code, output } = await run('stat', ['-L', '-c', '%d:%i', workingFolder, folder], { account, cwd: '/' });
  const [actual, expected] = output.split('\n');
  return code === 0 ? actual === expected : undefined;
}

/** Returns the working directory of a process on systems without /proc. */
async function openFolder(pid: number): Promise<string | undefined> {
  const { output } = await run('/usr/sbin/lsof', ['-a', '-p', String(pid), '-d', 'cwd', '-Fn'], ANYWHERE);
  return /^n(\/.*)$/m.exec(output)?.[1];
}

const ANYWHERE = { account: undefined, cwd: '/' };

/**
 * Tells this server (never its successor) to end its sessions and stop. Call it only for a server that is known to work
 * on this folder.
 */
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

/** Waits until the server is gone; returns false if it is still running after the given milliseconds. */
export async function waitUntilGone(
  postmaster: Postmaster,
  cluster: string,
  account: Account | undefined,
  milliseconds: number,
): Promise<boolean> {
  for (const deadline = performance.now() + milliseconds; performance.now() < deadline; await sleep(20)) {
    const found = await readPostmaster(cluster);
    if (found?.pid !== postmaster.pid && (await whereabouts(postmaster, cluster, account)) === 'gone') return true;
  }
  return false;
}
