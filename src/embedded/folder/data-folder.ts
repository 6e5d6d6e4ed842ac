import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure, shown } from '../../domain/errors.ts';
import { requireEntry } from '../server/account.ts';
import type { Account } from '../server/program.ts';

/** What stands where in a data folder. All paths are absolute and hold no symbolic link. */
export interface DataFolder {
  readonly path: string;
  /** The Postgres cluster (its "data directory"), mode 0700. */
  readonly cluster: string;
  /** The folder of the Unix socket, where its path is short enough. */
  readonly socket: string;
  /** The server's log. */
  readonly log: string;
  /** The database user's password, where Postgres listens on TCP. */
  readonly password: string;
}

/** What a killed process left half made is removed when it is older than this; making it takes seconds. */
const ABANDONED_FOLDER_MS = 10 * 60_000;

const HALF_MADE = '.new-';

/**
 * Makes the data folder where it is missing, in such a way that the account that Postgres runs as can enter it, and
 * removes what killed processes left half made in it.
 */
export async function openDataFolder(dataDir: string, account: Account | undefined): Promise<DataFolder> {
  // Postgres keeps the path in files of lines.
  if (/\p{Cc}/u.test(dataDir)) {
    throw new Failure('BAD_CONFIGURATION', `DATA_DIR ${shown(dataDir)} has a control character in it; choose another.`);
  }
  const missing = await missingFolders(dataDir);
  if (account) await requireEntry(account, dirname(missing[0] ?? dataDir), dataDir);
  // One by one: Node's own recursion never ends in /proc, where nothing can be made and nothing says so.
  for (const folder of missing) await mkdir(folder).catch(unlessExists);
  // By chmod, because a umask of 077 would lock the account out.
  for (const folder of missing) await chmod(folder, account ? 0o711 : 0o700);
  if (account) await letEnter(account, dataDir);
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

/** Another process may make the same folder at the same time. */
function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Lets the account pass through a folder of root's that is for our data alone, whose parents it can enter. */
async function letEnter(account: Account, dataDir: string): Promise<void> {
  const { uid, mode } = await stat(dataDir);
  const names = await readdir(dataDir);
  if (uid === 0 && (names.length === 0 || names.includes('pgdata'))) await chmod(dataDir, (mode & 0o777) | 0o011);
  await requireEntry(account, dataDir, dataDir);
}

/** A name beside `target` under which it is made, to be published when it is complete. */
export function halfMade(target: string): string {
  return `${target}${HALF_MADE}${process.pid}-${randomBytes(4).toString('hex')}`;
}

/** Whether a file name is one that `halfMade` gave. */
export function isHalfMade(name: string): boolean {
  return name.includes(HALF_MADE);
}

/**
 * Gives a complete folder its name. False where another process was first: then that one's stays, and this is dropped. Errors: those of the file
 * system where nothing stands there.
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

/** Whether something stands at a path, as far as this process can see: `false` also where it may not look. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The folders on the way to `path` that don't exist, outermost first. */
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
    if (!isHalfMade(name)) continue;
    const found = await stat(join(path, name)).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > ABANDONED_FOLDER_MS) {
      await rm(join(path, name), { recursive: true, force: true });
    }
  }
}
