import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure, shown } from '../../domain/errors.ts';
import { requireEntry } from '../server/account.ts';
import type { Account } from '../server/program.ts';

/** The paths in a data folder. All are absolute and contain no symbolic link. */
export interface DataFolder {
  readonly path: string;
  /** The Postgres cluster (its "data directory"), mode 0700. */
  readonly cluster: string;
  /** Folder of the Unix socket, used if its path is short enough. */
  readonly socket: string;
  /** The server's log. */
  readonly log: string;
  /** File with the database user's password, used if Postgres listens on TCP. */
  readonly password: string;
}

/**
 * Age in milliseconds from which a temporary file is taken to be left by a killed process and is removed; creating one
 * takes seconds.
 */
const ABANDONED_FOLDER_MS = 10 * 60_000;

const TEMPORARY_INFIX = '.new-';

/**
 * Creates the data folder if it is missing, so that the account that Postgres runs as can enter it, and removes
 * temporary files that killed processes left in it.
 *
 * Errors: BAD_CONFIGURATION for a path with a control character, or one that the account can't enter; those of the file
 * system.
 */
export async function openDataFolder(dataDir: string, account: Account | undefined): Promise<DataFolder> {
  // Postgres stores the path in files that are read line by line.
  if (/\p{Cc}/u.test(dataDir)) {
    throw new Failure('BAD_CONFIGURATION', `DATA_DIR ${shown(dataDir)} has a control character in it; choose another.`);
  }
  const missing = await missingFolders(dataDir);
  if (account) await requireEntry(account, dirname(missing[0] ?? dataDir), dataDir);
  // One by one: Node's own recursion never ends in /proc, where nothing can be created and no error says so.
  for (const folder of missing) await mkdir(folder).catch(ignoreExisting);
  // By chmod, because a umask of 077 would lock the account out.
  for (const folder of missing) await chmod(folder, account ? 0o711 : 0o700);
  if (account) await allowEntry(account, dataDir);
  const path = await realpath(dataDir);
  const cluster = join(path, 'pgdata');
  for (const folder of [path, cluster]) await removeAbandoned(folder);
  return {
    path,
    cluster,
    socket: join(path, 'socket'),
    log: join(path, 'postgres.log'),
    password: join(path, 'postgres-password'),
  };
}

/** Ignores EEXIST: another process may create the same folder at the same time. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/**
 * Lets the account enter a folder that belongs to root, holds only our data, and whose parents the account can enter.
 */
async function allowEntry(account: Account, dataDir: string): Promise<void> {
  const { uid, mode } = await stat(dataDir);
  const names = await readdir(dataDir);
  if (uid === 0 && (names.length === 0 || names.includes('pgdata'))) await chmod(dataDir, (mode & 0o777) | 0o011);
  await requireEntry(account, dataDir, dataDir);
}

/** Returns a temporary path next to `target`, under which it is created; `publish` renames it when it is complete. */
export function temporaryPath(target: string): string {
  return `${target}${TEMPORARY_INFIX}${process.pid}-${randomBytes(4).toString('hex')}`;
}

/** Returns whether a file name comes from `temporaryPath`. */
export function isTemporaryName(name: string): boolean {
  return name.includes(TEMPORARY_INFIX);
}

/**
 * Renames a complete folder to its final name. Returns false if another process was first; then that folder stays and
 * this one is removed.
 *
 * Errors: those of the file system, if `target` does not exist.
 */
export async function publish(complete: string, target: string): Promise<boolean> {
  try {
    await rename(complete, target);
    return true;
  } catch (error) {
    if (!(await exists(target))) throw error;
    await rm(complete, { recursive: true, force: true });
    return false;
  }
}

/** Returns whether a path exists, as far as this process can see; also `false` if it has no permission to look. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Returns the folders on the way to `path` that don't exist, outermost first. */
async function missingFolders(path: string): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = path; !(await exists(folder)) && folder !== dirname(folder); folder = dirname(folder)) {
    missing.unshift(folder);
  }
  return missing;
}

async function removeAbandoned(path: string): Promise<void> {
  const names = await readdir(path).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
  for (const name of names) {
    if (!isTemporaryName(name)) continue;
    const found = await stat(join(path, name)).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > ABANDONED_FOLDER_MS) {
      await rm(join(path, name), { recursive: true, force: true });
    }
  }
}
