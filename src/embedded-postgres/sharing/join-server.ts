import { Failure } from '../../domain/errors.ts';
import { property, textProperty } from '../../domain/types/property.ts';
import type { EmbeddedContext } from '../context.ts';
import { DATABASE, USER } from '../folder/cluster.ts';
import { readPassword } from '../folder/password.ts';
import {
  type Address,
  addressOf,
  isSocket,
  MAX_SOCKET_PATH_BYTES,
  requirePrivate,
  serverUid,
  socketPath,
} from '../server/address.ts';
import type { Postmaster } from '../server/postmaster.ts';
import { ForeignServer, type LeaseConnection, ServerLease } from './lease.ts';

/**
 * Why a server could not be entered. `foreign`: the server that answered serves another folder; `silent`: nothing
 * listens; `missing`: there is no such socket; `busy`: something listens but does not answer as a server that is ready.
 */
export interface EntryRefusal {
  readonly why: 'foreign' | 'silent' | 'missing' | 'busy';
  readonly reason: string;
}

/** An entered server: how to connect to it, and the lease that keeps it running. */
export interface Entry {
  readonly connection: LeaseConnection;
  readonly lease: ServerLease;
}

/**
 * Enters the server that a lock file describes, at the first of its addresses that works: the socket in this data
 * folder, which stays the same after a move and in another container, or the address in the lock file.
 *
 * Errors: BAD_CONFIGURATION if others could have put a socket into the data folder.
 */
export async function enter(running: Postmaster, context: EmbeddedContext): Promise<Entry | EntryRefusal> {
  const refusals: EntryRefusal[] = [];
  for (const address of addressesOf(running, context)) {
    const outcome = await enterAt(address, context);
    if ('lease' in outcome) return outcome;
    refusals.push(outcome);
  }
  const [first = { why: 'silent', reason: 'its lock file names no address' }] = refusals;
  // Uncertain reasons come before certain ones.
  for (const why of ['busy', 'foreign', 'silent'] as const) {
    const found = refusals.find((refusal) => refusal.why === why);
    if (found) return found;
  }
  return first;
}

/** Returns the addresses at which the server may be reached, in the order to try them. */
export function addressesOf(running: Postmaster, { folder }: Pick<EmbeddedContext, 'folder'>): Address[] {
  const recorded = addressOf(running);
  if (!recorded.host) return [];
  if (!isSocket(recorded) || recorded.host === folder.socket) return [recorded];
  const own = { host: folder.socket, port: recorded.port };
  return Buffer.byteLength(socketPath(own)) > MAX_SOCKET_PATH_BYTES ? [recorded] : [own, recorded];
}

async function enterAt(address: Address, context: EmbeddedContext): Promise<Entry | EntryRefusal> {
  const login = { ...address, user: USER, database: DATABASE };
  try {
    if (isSocket(address)) await requirePrivate(address.host, serverUid(context.account));
    const connection = isSocket(address) ? login : { ...login, password: await readPassword(context.folder.password) };
    return { connection, lease: await ServerLease.acquire(connection, context.folder) };
  } catch (error) {
    if (error instanceof Failure && address.host === context.folder.socket) throw error;
    return { why: whyOf(error, textProperty(error, 'code')), reason: String(property(error, 'message')) };
  }
}

function whyOf(error: unknown, code: string | undefined): EntryRefusal['why'] {
  // Our server never listens in a folder that others can write to.
  if (error instanceof ForeignServer || error instanceof Failure) return 'foreign';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing';
  // EACCES: the path leads through a folder that this process may not enter.
  return code === 'ECONNREFUSED' || code === 'EACCES' ? 'silent' : 'busy';
}
