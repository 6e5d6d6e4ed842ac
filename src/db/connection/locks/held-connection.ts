import type pg from 'pg';
import { watchDatabase } from './watch-database.ts';

/** A connection that is held until it is released or a signal is aborted. */
export interface HeldConnection {
  /**
   * Releases the connection and returns true; later calls do nothing and return false. `broken` closes it, which rolls back everything
   * uncommitted.
   */
  release(broken: boolean): boolean;
  /** From now on an abort has no effect. */
  retain(): void;
  /** Says which process of the database serves the transaction. */
  servedBy(backend: number): void;
}

/**
 * Watches a connection from a pool. It is closed when the signal is aborted, when the database stops responding, or when the process that
 * serves it is gone; statements on it then fail. `onLost` is called once if it ends before it is released, other than by the signal: for who
 * waits for something else than a statement.
 */
export function holdConnection(
  client: pg.PoolClient,
  pool: pg.Pool,
  signal: AbortSignal | undefined,
  onLost: () => void = () => {},
): HeldConnection {
  let released = false;
  let backend: number | null = null;
  const abandon = () => void release(true);
  const retain = () => signal?.removeEventListener('abort', abandon);
  const endWatch = watchDatabase(
    pool,
    client,
    () => backend,
    () => {
      if (release(true)) onLost();
    },
  );
  client.once('end', onLost);
  const release = (broken: boolean): boolean => {
    if (released) return false;
    released = true;
    client.off('end', onLost);
    endWatch();
    retain();
    client.release(broken);
    return true;
  };
  signal?.addEventListener('abort', abandon, { once: true });
  return {
    release,
    retain,
    servedBy(process) {
      backend = process;
    },
  };
}
