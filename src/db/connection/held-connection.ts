import type pg from 'pg';
import { watchDatabase } from './watch-database.ts';

/** A connection that is used until it is given back, or until a signal is aborted. */
export interface HeldConnection {
  /** Gives it back, the first time it is called; `broken` closes it, which undoes all that isn't committed. */
  release(broken: boolean): void;
  /** From here on an abort comes too late. */
  retain(): void;
}

/**
 * Watches over a connection taken from a pool: an abort of the signal closes it, and so does a database that answers nobody any more.
 * Whatever runs on it then fails.
 */
export function holdConnection(client: pg.PoolClient, pool: pg.Pool, signal: AbortSignal | undefined): HeldConnection {
  let released = false;
  const abandon = () => release(true);
  const retain = () => signal?.removeEventListener('abort', abandon);
  const endWatch = watchDatabase(pool, abandon);
  const release = (broken: boolean) => {
    if (released) return;
    released = true;
    endWatch();
    retain();
    client.release(broken);
  };
  signal?.addEventListener('abort', abandon, { once: true });
  return { release, retain: retain };
}
