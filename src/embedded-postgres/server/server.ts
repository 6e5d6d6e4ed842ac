import { spawn } from 'node:child_process';
import { chmod, type FileHandle, open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolder } from '../folder/data-folder.ts';
import { ownPidNamespace, PID_NAMESPACE_SETTING } from '../folder/pid-namespace.ts';
import { type Address, listenSettings } from './address.ts';
import type { Binaries } from './binaries.ts';
import type { Account } from './program.ts';
import { spawnOptions } from './program.ts';
import { serverSettings } from './settings.ts';

/** A server that this process has started and that outlives it. */
export interface LaunchedServer {
  /** Returns why the server has ended; undefined while it runs. */
  ended(): string | undefined;
}

/**
 * Maximum size of the log in bytes. If it is larger at a start, it is renamed, replacing the log that was renamed
 * before.
 */
const MAX_LOG_BYTES = 1024 ** 2;

/**
 * Starts Postgres on the cluster. Returns at once; the cluster's postmaster.pid says when the server is ready. Errors:
 * those of the file system.
 */
export async function launch(
  folder: DataFolder,
  binaries: Binaries,
  account: Account | undefined,
  address: Address,
): Promise<LaunchedServer> {
  const namespace = await ownPidNamespace();
  const settings = {
    ...serverSettings(process.platform),
    ...listenSettings(address),
    ...(namespace !== undefined && { [PID_NAMESPACE_SETTING]: namespace }),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Postgres refuses a cluster that other users may read.
  await chmod(folder.cluster, 0o700);
  const log = await openLog(folder.log);
  try {
    return start(folder, binaries, account, options, log);
  } finally {
    await log.close();
  }
}

function start(
  folder: DataFolder,
  binaries: Binaries,
  account: Account | undefined,
  options: string[],
  log: FileHandle,
): LaunchedServer {
  const windows = process.platform === 'win32';
  const program = join(binaries.folder, 'bin', windows ? 'pg_ctl' : 'postgres');
  // On Windows, pg_ctl drops administrator rights, which Postgres refuses. No option contains a space there.
  const args = windows
    ? ['start', '--no-wait', '--silent', '-D', folder.cluster, '-o', options.join(' ')]
    : ['-D', folder.cluster, ...options];
  let ended: string | undefined;
  const child = spawn(program, args, {
    ...spawnOptions({ account, cwd: folder.path }),
    // In a session of its own: Ctrl-C in a terminal is meant for us, and we stop Postgres when no process needs it any
    // more.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.on('error', (error) => {
    ended = error.message;
  });
  child.on('exit', (code, signal) => {
    if (!windows || code !== 0) ended = signal ? `signal ${signal}` : `exit code ${code}`;
  });
  child.unref();
  return { ended: () => ended };
}

/** Returns the last lines of the server's log; empty if there is none. */
export async function lastLines(folder: DataFolder): Promise<string> {
  const text = await readFile(folder.log, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-6).join('\n');
}

async function openLog(path: string): Promise<FileHandle> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > MAX_LOG_BYTES) await rename(path, `${path}.1`).catch(() => {});
  return open(path, 'a', 0o600);
}
