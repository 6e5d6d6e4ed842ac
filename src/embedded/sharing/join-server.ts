import { Failure } from '../../domain/errors.ts';
import { property, textProperty } from '../../domain/types/property.ts';
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
import type { EmbeddedSite } from '../site.ts';
import { ForeignServer, type LeaseConnection, ServerLease } from './lease.ts';

/**
 * Why a server didn't take us. `foreign`: who answered serves another folder; `silent`: nobody listens; `missing`: there is no such socket;
 * `busy`: somebody listens and doesn't answer as a server that is ready.
 */
export interface EntryRefusal {
  readonly why: 'foreign' | 'silent' | 'missing' | 'busy';
  readonly reason: string;
}

/** Being let in. */
export interface Entry {
  readonly connection: LeaseConnection;
  readonly lease: ServerLease;
}

/**
 * Enters the server that a lock file describes, at the first of its addresses where it is: the socket in the data folder at hand, which is the
 * same after a move and in another container, or where the file says.
 * Errors: BAD_CONFIGURATION where others could have put a socket into the data folder.
 */
export async function enter(running: Postmaster, site: EmbeddedSite): Promise<Entry | EntryRefusal> {
  const refusals: EntryRefusal[] = [];
  for (const address of addressesOf(running, site)) {
    const outcome = await enterAt(address, site);
    if ('lease' in outcome) return outcome;
    refusals.push(outcome);
  }
  const [first = { why: 'silent', reason: 'its lock file names no address' }] = refusals;
  // What leaves something open comes before what is certain.
  for (const why of ['busy', 'foreign', 'silent'] as const) {
    const found = refusals.find((refusal) => refusal.why === why);
    if (found) return found;
  }
  return first;
}

/** Where to look for a server. */
export function addressesOf(running: Postmaster, { folder }: Pick<EmbeddedSite, 'folder'>): Address[] {
  const stated = addressOf(running);
  if (!stated.host) return [];
  if (!isSocket(stated) || stated.host === folder.socket) return [stated];
  const own = { host: folder.socket, port: stated.port };
  return Buffer.byteLength(socketPath(own)) > MAX_SOCKET_PATH_BYTES ? [stated] : [own, stated];
}

async function enterAt(address: Address, site: EmbeddedSite): Promise<Entry | EntryRefusal> {
  const login = { ...address, user: USER, database: DATABASE };
  try {
    if (isSocket(address)) await requirePrivate(address.host, serverUid(site.account));
    const connection = isSocket(address) ? login : { ...login, password: await readPassword(site.folder.password) };
    return { connection, lease: await ServerLease.take(connection, site.folder) };
  } catch (error) {
    if (error instanceof Failure && address.host === site.folder.socket) throw error;
    return { why: whyOf(error, textProperty(error, 'code')), reason: String(property(error, 'message')) };
  }
}

function whyOf(error: unknown, code: string | undefined): EntryRefusal['why'] {
  // A folder that others can write to is not where our server listens.
  if (error instanceof ForeignServer || error instanceof Failure) return 'foreign';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing';
  // With the second the path leads through a folder that isn't ours to enter.
  return code === 'ECONNREFUSED' || code === 'EACCES' ? 'silent' : 'busy';
}
