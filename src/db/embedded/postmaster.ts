import { link, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { halfMade } from './data-folder.ts';
import { run } from './program.ts';

/**
 * What a lock file of a running server says: postmaster.pid in the cluster, or the one beside the socket. Fields that
 * the server has not written yet are empty (postgres, src/include/utils/pidfile.h).
 */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly listenAddress: string;
  /** "starting", "ready", "stopping" or empty. */
  readonly status: string;
  /** The file and its text, by which it is known again. */
  readonly file: string;
  readonly text: string;
}

/** Reads the cluster's lock file; undefined where no server has left one. */
export function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  return readLock(join(cluster, 'postmaster.pid'));
}

/** Reads a lock file; undefined where there is none. */
export async function readLock(file: string): Promise<Postmaster | undefined> {
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (text === undefined) return undefined;
  const lines = text.split('\n').map((line) => line.trim());
  return {
    pid: Number.parseInt(lines[0] ?? '', 10),
    port: Number(lines[3] ?? 0),
    socketFolder: lines[4] ?? '',
    listenAddress: lines[5] ?? '',
    status: lines[7] ?? '',
    file,
    text,
  };
}

/**
 * Whether the process that a lock file names is a Postgres on this cluster. After a kill -9 or a power cut the number
 * may belong to another process, in a restarted container it nearly always does.
 */
export async function isAlive({ pid, file }: Postmaster, cluster: string): Promise<boolean> {
  // Empty for a moment while it is made; for good where the power failed in that moment.
  if (!(pid > 0))
    return stat(file).then(
      (found) => Date.now() - found.mtimeMs < 5000,
      () => false,
    );
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: a process of another user; ours would run as ourselves, but where we are root.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM' || process.getuid?.() !== 0) return false;
  }
  if (process.platform === 'win32') return true;
  if (process.platform !== 'linux') return (await programOf(pid)) === 'postgres';
  // "pid (name) state ...": a zombie has ended, and nobody may ever fetch its exit code where a container's first process doesn't.
  const [, name, state] = /\((.*)\) (\S)/s.exec(await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')) ?? [];
  if (name !== 'postgres' || state === 'Z' || state === 'X') return false;
  // Postgres works in its cluster's folder. Root of a container may not look.
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return folder === undefined || folder === (await realpath(cluster));
}

async function programOf(pid: number): Promise<string> {
  const { output } = await run('ps', ['-o', 'comm=', '-p', String(pid)], { account: undefined, cwd: '/' });
  return basename(output);
}

/**
 * Removes the lock file of a dead server. Where another process has done so too and has already started a server, its
 * new file is put back (Postgres looks for it once a minute).
 */
export async function removeStale({ file, text }: Postmaster): Promise<void> {
  const aside = halfMade(file);
  await rename(file, aside).catch(() => {});
  const found = await readFile(aside, 'utf8').catch(() => undefined);
  if (found !== undefined && found !== text) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}

/** Tells this one server (never its successor) to end its sessions and stop. */
export async function requestStop({ pid }: Postmaster, binaries: Binaries): Promise<void> {
  if (process.platform === 'win32') {
    const place = { account: undefined, cwd: binaries.folder };
    await run(join(binaries.folder, 'bin', 'pg_ctl'), ['kill', 'INT', String(pid)], place);
    return;
  }
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has ended by itself.
  }
}

/** Waits until the server is gone; false where it still runs after `patience` milliseconds. */
export async function waitUntilGone(postmaster: Postmaster, cluster: string, patience: number): Promise<boolean> {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(20)) {
    const found = await readPostmaster(cluster);
    if (found?.pid !== postmaster.pid && !(await isAlive(postmaster, cluster))) return true;
  }
  return false;
}
