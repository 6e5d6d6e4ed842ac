import { rmdir } from 'node:fs/promises';
import type { EmbeddedContext, Session } from './context.ts';
import { readPostmaster, requestStop, waitUntilGone } from './server/postmaster.ts';
import { ServerLease } from './sharing/lease.ts';
import { locateServer } from './sharing/locate-server.ts';

/** Milliseconds within which a server must write its last checkpoint. */
const STOP_TIMEOUT_MS = 60_000;

/**
 * Releases the session, and stops the server if no other process of ours is attached. Errors: those of `pg` and of the
 * file system.
 */
export async function detach(context: EmbeddedContext, session: Session): Promise<void> {
  // If the lease is lost but the server still runs, it is acquired again: otherwise the server might never be stopped.
  const lease = session.lease.isOpen
    ? session.lease
    : await ServerLease.acquire(session.connection, context.folder).catch(() => undefined);
  // Undefined if the server no longer answers.
  const isServing = await lease?.serves().catch(() => undefined);
  if (isServing === false)
    context.log.warn(
      { dataDir: context.folder.path },
      'The data folder was moved away, and its Postgres is left running',
    );
  else if (isServing && (await lease?.release().catch(() => false))) await stop(context, session);
  await lease?.close();
}

/**
 * Runs under the exclusive lock: a process that arrives in the meantime waits until this server ends and then starts
 * the next.
 */
async function stop(context: EmbeddedContext, session: Session): Promise<void> {
  const { folder, account, log } = context;
  const running = await readPostmaster(folder.cluster);
  if (!running) return;
  const where = await locateServer(running, context);
  if (where === 'elsewhere' || where === 'gone') {
    log.warn({ pid: running.pid }, 'Postgres runs in another container and is left running');
    return;
  }
  await requestStop(running, session.binaries);
  if (!(await waitUntilGone(running, folder.cluster, account, STOP_TIMEOUT_MS))) {
    log.warn({ pid: running.pid }, 'Postgres is still busy stopping');
  }
  const { host } = session.connection;
  // Removes the socket's folder if it is a temporary one; in the data folder there is nothing to remove.
  if (host.startsWith('/') && host !== folder.socket) await rmdir(host).catch(() => {});
}
