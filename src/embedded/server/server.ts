import { spawn } from 'node:child_process';
import { chmod, type FileHandle, open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolder } from '../folder/data-folder.ts';
import { HOME_SETTING, ownHome } from '../folder/home.ts';
import { type Address, listenSettings } from './address.ts';
import type { Binaries } from './binaries.ts';
import type { Account } from './program.ts';
import { spawnOptions } from './program.ts';
import { serverSettings } from './settings.ts';

/** A server that this process has started and that outlives it. */
export interface Launched {
  /** Why it has ended; undefined while it runs. */
  ended(): string | undefined;
}

/** Bytes. A log that is longer at a start is put aside, over the one put aside before. */
const LOG_LIMIT = 1024 ** 2;

/** Starts Postgres on the cluster. It returns at once; the cluster's postmaster.pid tells when it is ready. */
export async function launch(
  folder: DataFolder,
  binaries: Binaries,
  account: Account | undefined,
  address: Address,
): Promise<Launched> {
  const home = await ownHome();
  const settings = {
    ...serverSettings(process.platform),
    ...listenSettings(address),
    ...(home !== undefined && { [HOME_SETTING]: home }),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Postgres refuses a cluster that others may read.
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
): Launched {
  const windows = process.platform === 'win32';
  const program = join(binaries.folder, 'bin', windows ? 'pg_ctl' : 'postgres');
  // On Windows pg_ctl gives up an administrator's rights, which Postgres refuses. No option has a space in it there.
  const args = windows
    ? ['start', '--no-wait', '--silent', '-D', folder.cluster, '-o', options.join(' ')]
    : ['-D', folder.cluster, ...options];
  let ended: string | undefined;
  const child = spawn(program, args, {
    ...spawnOptions({ account, cwd: folder.path }),
    // In a session of its own: Ctrl-C in a terminal is for us, and we stop Postgres when nobody needs it any more.
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

/** The last lines of the server's log. */
export async function lastLines(folder: DataFolder): Promise<string> {
  const text = await readFile(folder.log, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-6).join('\n');
}

async function openLog(path: string): Promise<FileHandle> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT) await rename(path, `${path}.1`).catch(() => {});
  return open(path, 'a', 0o600);
}
