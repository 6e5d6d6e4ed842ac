import { rmdir } from 'node:fs/promises';
import { readPostmaster, requestStop, waitUntilGone } from './server/postmaster.ts';
import { ServerLease } from './sharing/lease.ts';
import { locateServer } from './sharing/locate-server.ts';
import type { EmbeddedSite, Session } from './site.ts';

/** Milliseconds for a server to write its last checkpoint. */
const STOP_TIMEOUT_MS = 60_000;

/** Lets go of the server, and stops it where no other process of ours is attached. */
export async function detach(site: EmbeddedSite, session: Session): Promise<void> {
  // A lost lease of a server that still runs is taken anew: otherwise nobody might stop it.
  const lease = session.lease.isOpen
    ? session.lease
    : await ServerLease.take(session.connection, site.folder).catch(() => undefined);
  // Undefined where it doesn't answer any more.
  const isOurs = await lease?.serves().catch(() => undefined);
  if (isOurs === false)
    site.log.warn({ dataDir: site.folder.path }, 'The data folder was moved away, and its Postgres is left running');
  else if (isOurs && (await lease?.giveUp().catch(() => false))) await stop(site, session);
  await lease?.close();
}

/** Under the lock: who arrives meanwhile waits for it until this server ends, and then starts the next. */
async function stop(site: EmbeddedSite, session: Session): Promise<void> {
  const { folder, account, log } = site;
  const running = await readPostmaster(folder.cluster);
  if (!running) return;
  const where = await locateServer(running, site);
  if (where === 'elsewhere' || where === 'gone') {
    log.warn({ pid: running.pid }, 'Postgres runs in another container and is left running');
    return;
  }
  await requestStop(running, session.binaries);
  if (!(await waitUntilGone(running, folder.cluster, account, STOP_TIMEOUT_MS))) {
    log.warn({ pid: running.pid }, 'Postgres is still busy stopping');
  }
  const { host } = session.connection;
  // A folder made for it in a temporary one; in the data folder there's nothing to tidy.
  if (host.startsWith('/') && host !== folder.socket) await rmdir(host).catch(() => {});
}
