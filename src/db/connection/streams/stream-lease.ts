import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import { throwDatabaseError } from '../errors/database-errors.ts';
import { reasonOf } from '../errors/explain-errors.ts';
import type { Database } from '../open.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../with-timeout.ts';
import { WATCH_CLIENT } from './watch-client.ts';

/** A connection leased for one statement, until the statement ends or the signal is aborted. */
export interface ConnectionLease {
  /**
   * Begins the transaction of a snapshot, in which statements have no timeout of the server's. From now on an abort cancels the statement in
   * the database. Throws if the signal is already aborted.
   */
  begin(): Promise<void>;
  /** Releases the connection. If its statement is incomplete, cancels the statement and closes the connection. */
  end(isComplete: boolean): void;
}

/** Leases a connection; the signal ends the lease. */
export function leaseOf(client: pg.PoolClient, db: Pick<Database, 'cancel'>, signal: AbortSignal): ConnectionLease {
  let ended = false;
  let pid: number | undefined;
  const end = (isComplete: boolean): void => {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', abandon);
    if (isComplete) client.release();
    else if (pid === undefined) client.release(true);
    // Not awaited, because a database that does not respond may not respond to this either.
    else void db.cancel(pid, client).then(() => client.release(true));
  };
  const abandon = () => end(false);
  signal.addEventListener('abort', abandon, { once: true });
  return {
    async begin() {
      // The default form of dates requires DateStyle ISO, whatever the server's or the role's setting.
      await client.query(
        `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL datestyle TO 'ISO'; SET LOCAL statement_timeout TO 0; ${WATCH_CLIENT}`,
      );
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      pid = rows[0]?.pid;
      signal.throwIfAborted();
    },
    end,
  };
}

/**
 * Yields the pieces that a statement gives, from the first to the one that is null, commits and ends the lease, also after an error. Once all
 * pieces are there they are whole, whatever becomes of the snapshot: a standby may end it while their reader is slow. Errors: those of
 * `throwDatabaseError`.
 */
export async function* leasedPieces<Piece>(
  client: pg.PoolClient,
  lease: Pick<ConnectionLease, 'end'>,
  first: Piece | null,
  next: () => Promise<Piece | null>,
): AsyncGenerator<Piece> {
  let isComplete = false;
  try {
    for (let piece = first; piece !== null; piece = await next()) {
      yield piece;
      // Pieces that follow each other without waiting would hold the event loop as long as they come.
      await setImmediate();
    }
    isComplete = await withTimeout(STATEMENT_TIMEOUT_MS, client.query('COMMIT')).then(
      () => true,
      () => false,
    );
  } catch (error) {
    throwDatabaseError(reasonOf(client, error));
  } finally {
    lease.end(isComplete);
  }
}
