import type pg from 'pg';
import type { OneState, OpenedState } from '../one-state.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../with-timeout.ts';
import { watchDatabase } from './watch-database.ts';

const WHICH_PROCESS = '/* watch.process */ SELECT pg_backend_pid() AS pid';

/** A connection that is held until it is released or a signal is aborted. */
export interface HeldConnection {
  /**
   * Sends the first statements: short ones, usually those that begin a transaction. Returns the process of the database that serves it, which the
   * watch needs to notice that it is gone. Errors: DATABASE_UNAVAILABLE if they aren't answered in time, since the network may have forgotten the
   * connection while nobody used it, and others of the pool not; those of the database.
   */
  begin(statements: string): Promise<number>;
  /** Begins a transaction that sees one state of the rows. `begin` and errors: as of OneState.open, and in time as above. */
  open(state: OneState, begin: string): Promise<OpenedState>;
  /**
   * Releases the connection and returns true; later calls do nothing and return false. `broken` closes it, which rolls back everything
   * uncommitted.
   */
  release(broken: boolean): boolean;
  /** From now on an abort has no effect. */
  retain(): void;
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
    async begin(statements) {
      const asked = client.query(`${statements}; ${WHICH_PROCESS}`) as Promise<unknown>;
      const results = (await withTimeout(STATEMENT_TIMEOUT_MS, asked)) as readonly pg.QueryResult<{ pid: number }>[];
      const pid = Number(results.at(-1)?.rows[0]?.pid);
      backend = pid;
      return pid;
    },
    async open(state, begin) {
      const opened = await withTimeout(STATEMENT_TIMEOUT_MS, state.open(client, begin));
      backend = opened.pid;
      return opened;
    },
    release,
    retain,
  };
}
