import { createHash, randomBytes } from 'node:crypto';
import { lchown, lstat, mkdir, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, shown } from '../../domain/errors.ts';
import { textProperty } from '../../domain/types/property.ts';
import type { DataFolder } from '../folder/data-folder.ts';
import { removeStale } from '../folder/lock-file.ts';
import { type Postmaster, readLock, whereabouts } from './postmaster.ts';
import type { Account } from './program.ts';

/** How clients reach the server: Unix sockets everywhere except on Windows. */
export type Transport = 'socket' | 'tcp';

/** Address that a server listens on. `host` is the folder of its socket, or an IP address. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Port in the name of a socket. Nothing listens on it over TCP. */
const SOCKET_PORT = 5432;

/**
 * Maximum length of a socket's path, in bytes, on every system (104 on macOS including the final NUL, 108 on Linux).
 */
export const MAX_SOCKET_PATH_BYTES = 100;

const LOOPBACK = '127.0.0.1';

/** Returns the path of the socket for an address whose host is a folder. */
export function socketPath({ host, port }: Address): string {
  return join(host, `.s.PGSQL.${port}`);
}

/** Returns the id of the user that the server runs as; `account` undefined means the user of this process. */
export function serverUid(account: Account | undefined): number {
  return account?.uid ?? process.getuid?.() ?? 0;
}

/** Returns the address that a running server has written into its lock file. */
export function addressOf({ socketFolder, listenAddress, port }: Postmaster): Address {
  return { host: socketFolder || listenAddress, port };
}

/** Returns whether an address is a Unix socket rather than a TCP port. */
export function isSocket({ host }: Address): boolean {
  return host.includes('/');
}

/** Returns the Postgres settings that make a server listen on the address and nowhere else. */
export function listenSettings(address: Address): Record<string, string> {
  if (!isSocket(address))
    return { listen_addresses: address.host, port: `${address.port}`, unix_socket_directories: '' };
  return {
    listen_addresses: '',
    port: `${address.port}`,
    // The value is a list, in which quotes are doubled.
    unix_socket_directories: `"${address.host.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
  };
}

/**
 * Prepares the address of a new server. With sockets it is a private folder: in the data folder or, if that path is too
 * long or its file system does not support sockets, in a temporary folder. With TCP it is a free port, the `former` one
 * if possible.
 *
 * Returns undefined if another server listens on the socket: a new one would take it away from its clients. Errors:
 * BAD_CONFIGURATION if no folder can be used.
 */
export async function prepareAddress(
  folder: DataFolder,
  account: Account | undefined,
  transport: Transport,
  former: Address | undefined,
): Promise<Address | undefined> {
  if (transport === 'tcp') return { host: LOOPBACK, port: await freePort(former?.port) };
  const owner = serverUid(account);
  const shortName = `ids-${owner}-${await clusterName(folder)}`;
  // /tmp comes first: it is the same folder for every process of a user, whatever TMPDIR says.
  for (const host of [folder.socket, join('/tmp', shortName), join(tmpdir(), shortName)]) {
    const address = { host, port: SOCKET_PORT };
    if (Buffer.byteLength(socketPath(address)) > MAX_SOCKET_PATH_BYTES) continue;
    if (!(await makeSocketFolder(host, account, owner)) || !(await supportsSockets(host))) continue;
    if (await hasListener(socketPath(address))) return undefined;
    const lock = await readLock(`${socketPath(address)}.lock`);
    if (lock && (await whereabouts(lock, folder.cluster, account)) !== 'here') await removeStale(lock);
    return address;
  }
  throw new Failure(
    'BAD_CONFIGURATION',
    `Postgres has no folder for its socket: the path of ${shown(folder.socket)} has more than ${MAX_SOCKET_PATH_BYTES} bytes or its file system does not support sockets, and neither /tmp nor ${shown(tmpdir())} can be used. Set DATA_DIR to a shorter path.`,
  );
}

/**
 * Returns a name for the cluster in shared folders. It depends on the cluster itself and not on its path, where another
 * cluster may be later.
 */
async function clusterName({ cluster }: DataFolder): Promise<string> {
  const { dev, ino } = await stat(cluster, { bigint: true });
  return createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 12);
}

/** Returns whether a process listens on the socket; also `true` if that can't be determined. */
export function hasListener(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'));
  });
}

/** Creates the folder and gives it to the server's user. Returns false if it can't be created. */
async function makeSocketFolder(path: string, account: Account | undefined, owner: number): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (textProperty(error, 'code') !== 'EEXIST') return false;
  }
  if (account && (await lstat(path)).uid === 0) await lchown(path, account.uid, account.gid);
  await requirePrivate(path, owner);
  return true;
}

/**
 * Checks that only the server's user can have put a socket into the folder.
 *
 * Errors: BAD_CONFIGURATION if others could have; ENOENT if there is no such folder.
 */
export async function requirePrivate(folder: string, owner: number): Promise<void> {
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0) return;
  const mode = (found.mode & 0o777).toString(8);
  throw new Failure(
    'BAD_CONFIGURATION',
    `${shown(folder)}, which holds the socket of Postgres, must be a folder of the user with id ${owner} with mode 700, and it is ${found.isDirectory() ? 'a folder' : 'something else'} of ${found.uid} with mode ${mode}. Remove it and start again.`,
  );
}

/** Returns whether a Unix socket can be created in the folder. Network file systems often don't support that. */
function supportsSockets(folder: string): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(join(folder, `.try-${randomBytes(4).toString('hex')}`), () => probe.close(() => resolve(true)));
  });
}

/** Returns a free TCP port: `preferred` if it is free. */
function freePort(preferred = 0): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', (error) => (preferred === 0 ? reject(error) : resolve(freePort())));
    probe.listen(preferred, LOOPBACK, () => {
      const bound = probe.address();
      probe.close(() => resolve(typeof bound === 'object' && bound ? bound.port : preferred));
    });
  });
}
