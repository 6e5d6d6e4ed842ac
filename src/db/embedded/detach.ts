import { rmdir } from 'node:fs/promises';
import { Lease } from './lease.ts';
import { isAlive, readPostmaster, requestStop, waitUntilGone } from './postmaster.ts';
import type { Session, Site } from './site.ts';

/** Milliseconds for a server to write its last checkpoint. */
const PATIENCE = 60_000;

/** Lets go of the server, and stops it where no other process of ours is attached. */
export async function detach({ folder, log }: Site, session: Session): Promise<void> {
  const running = await readPostmaster(folder.cluster);
  // A lost lease of a server that still runs is taken anew: otherwise nobody might stop it.
  const lease = session.lease.isOpen ? session.lease : await Lease.take(session.connection).catch(() => undefined);
  if (running && (await lease?.giveUp().catch(() => false))) {
    if (await isAlive(running, folder.cluster)) {
      // Under the lock: who arrives meanwhile waits for it until this server ends, and then starts the next.
      await requestStop(running, session.binaries);
      if (!(await waitUntilGone(running, folder.cluster, PATIENCE))) {
        log.warn({ pid: running.pid }, 'Postgres is still busy stopping');
      }
      const { host } = session.connection;
      // A folder made for it in a temporary one; in the data folder there's nothing to tidy.
      if (host.startsWith('/') && host !== folder.socket) await rmdir(host).catch(() => {});
    } else log.warn({ pid: running.pid }, 'Postgres runs in another container and is left running');
  }
  await lease?.close();
}
