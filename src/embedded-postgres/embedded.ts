import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { attach } from './attach.ts';
import { Attachment, explainSystemError } from './attachment.ts';
import type { Log } from './context.ts';
import { ensureCluster } from './folder/cluster.ts';
import { openDataFolder } from './folder/data-folder.ts';
import { ensurePassword } from './folder/password.ts';
import { serverAccount } from './server/account.ts';
import type { Transport } from './server/address.ts';
import { installBinaries } from './server/binaries.ts';
import type { LeaseConnection } from './sharing/lease.ts';

/** An attachment of this process to the embedded Postgres. */
export interface EmbeddedDatabase {
  /** Connection options for `pg`. They change only if a restarted server can't get its former address again. */
  readonly connection: LeaseConnection;
  /** The absolute path of the data folder. */
  readonly dataDir: string;
  /** Whether this call created the cluster, so that its database is empty. */
  readonly created: boolean;
  /** Detaches; the last process that does so stops Postgres. It never throws, and a second call waits for the first. */
  readonly release: () => Promise<void>;
}

export interface AttachOptions {
  readonly dataDir: string;
  readonly log: Log;
  /** Is told in words what takes a while, before it is done. Default: nobody is. */
  readonly announce?: (step: string) => void;
  /** Is called, once or more, when nothing is left but to wait for Postgres: time for other work. */
  readonly onWaiting?: () => void;
  /** Whether to restore Postgres when it is lost; otherwise the next process that attaches does. */
  readonly supervise?: boolean;
  /** Default: Unix sockets, except on Windows, which has none. */
  readonly transport?: Transport;
}

/**
 * Returns the default data folder: `./data` in the program's folder. Root's Postgres runs as another user, who often
 * can't enter the program's folder, so root's data are in the system's state folder, in one folder per program folder.
 */
export function defaultDataDir(programFolder: string): string {
  const program = resolve(programFolder);
  if (process.getuid?.() !== 0) return join(program, 'data');
  const state = process.platform === 'linux' ? '/var/lib' : '/var/db';
  const hash = createHash('sha256').update(program).digest('hex').slice(0, 8);
  return join(state, 'interviews-data-service', `${basename(program)}-${hash}`);
}

/**
 * Attaches this process to the embedded Postgres on a data folder. Creates the folder and the cluster and starts the
 * server where they are missing.
 *
 * Errors: BAD_CONFIGURATION, DATABASE_UNAVAILABLE; their messages say what to do instead.
 */
export async function attachEmbedded(options: AttachOptions): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir);
  const { log, announce = () => {}, supervise = false } = options;
  const transport = options.transport ?? (process.platform === 'win32' ? 'tcp' : 'socket');
  try {
    const account = await serverAccount(join(dataDir, 'pgdata'));
    const folder = await openDataFolder(dataDir, account);
    const password = transport === 'tcp' ? folder.password : undefined;
    if (password !== undefined) await ensurePassword(password, account);
    const binaries = await installBinaries(folder, () => announce(`Preparing Postgres in ${folder.path}…`));
    const created = await ensureCluster(folder, binaries, account, password, () => announce('Creating the database…'));
    const context = { folder, account, transport, log };
    return new Attachment(context, await attach(context, undefined, options.onWaiting), created, supervise);
  } catch (error) {
    throw explainSystemError(error, dataDir);
  }
}
