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

/** Unix sockets everywhere but on Windows. */
export type Transport = 'socket' | 'tcp';

/** Where a server listens: `host` is the folder of its socket, or an IP address. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The port in a socket's name; nothing listens on it. */
const SOCKET_PORT = 5432;

/** Bytes that every system takes as a socket's path (104 on macOS with the ending NUL, 108 on Linux). */
export const MAX_SOCKET_PATH_BYTES = 100;

const LOOPBACK = '127.0.0.1';

/** The path of the socket in a folder. */
export function socketPath({ host, port }: Address): string {
  return join(host, `.s.PGSQL.${port}`);
}

/** The id of the user that the server runs as. */
export function serverUid(account: Account | undefined): number {
  return account?.uid ?? process.getuid?.() ?? 0;
}

/** Where a running server says that it listens. */
export function addressOf({ socketFolder, listenAddress, port }: Postmaster): Address {
  return { host: socketFolder || listenAddress, port };
}

/** Whether that is a Unix socket, and no port. */
export function isSocket({ host }: Address): boolean {
  return host.includes('/');
}

/** The settings that make a server listen there and nowhere else. */
export function listenSettings(address: Address): Record<string, string> {
  if (!isSocket(address))
    return { listen_addresses: address.host, port: `${address.port}`, unix_socket_directories: '' };
  return {
    listen_addresses: '',
    port: `${address.port}`,
    // A list, whose quotes are doubled.
    unix_socket_directories: `"${address.host.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
  };
}

/**
 * Prepares the place for a new server: the socket's folder, in the data folder or, where its path is too long or its
 * file system knows no sockets, in a temporary one; or a free port, `former` where that still is. Undefined where another server listens
 * on the socket: a new one would take it away from its clients.
 */
export async function prepareAddress(
  folder: DataFolder,
  account: Account | undefined,
  transport: Transport,
  former: Address | undefined,
): Promise<Address | undefined> {
  if (transport === 'tcp') return { host: LOOPBACK, port: await freePort(former?.port) };
  const owner = serverUid(account);
  const short = `ids-${owner}-${await nameOf(folder)}`;
  // /tmp first: it is the same folder for each process of a user, whatever TMPDIR says.
  for (const host of [folder.socket, join('/tmp', short), join(tmpdir(), short)]) {
    const address = { host, port: SOCKET_PORT };
    if (Buffer.byteLength(socketPath(address)) > MAX_SOCKET_PATH_BYTES) continue;
    if (!(await makeSocketFolder(host, account, owner)) || !(await takesSockets(host))) continue;
    if (await isHeard(socketPath(address))) return undefined;
    const lock = await readLock(`${socketPath(address)}.lock`);
    if (lock && (await whereabouts(lock, folder.cluster, account)) !== 'here') await removeStale(lock);
    return address;
  }
  throw new Failure(
    'BAD_CONFIGURATION',
    `Postgres finds no place for its socket: the path of ${shown(folder.socket)} has more than ${MAX_SOCKET_PATH_BYTES} bytes or its file system knows no sockets, and neither /tmp nor ${shown(tmpdir())} can be used. Set DATA_DIR to a shorter path.`,
  );
}

/** A name for a cluster in folders that others use, too: of itself and not of its path, where another may come to stand. */
async function nameOf({ cluster }: DataFolder): Promise<string> {
  const { dev, ino } = await stat(cluster, { bigint: true });
  return createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 12);
}

/** Whether somebody listens on a socket: `true` also where that can't be found out. */
export function isHeard(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'));
  });
}

/** False where the folder can't be made. */
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

/** Throws unless nobody but the server's user could have put a socket there; ENOENT where there is no such folder. */
export async function requirePrivate(folder: string, owner: number): Promise<void> {
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0) return;
  const mode = (found.mode & 0o777).toString(8);
  throw new Failure(
    'BAD_CONFIGURATION',
    `${shown(folder)}, where Postgres's socket stands, must be a folder of the user with id ${owner} with mode 700, and it is ${found.isDirectory() ? 'a folder' : 'something else'} of ${found.uid} with mode ${mode}. Remove it and start again.`,
  );
}

/** Whether a Unix socket can be made in the folder: file systems that come from another machine often can't. */
function takesSockets(folder: string): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(join(folder, `.try-${randomBytes(4).toString('hex')}`), () => probe.close(() => resolve(true)));
  });
}

/** `preferred` where it is free. */
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
