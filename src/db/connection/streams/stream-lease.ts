import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import { RowsMoved, throwDatabaseError } from '../errors/database-errors.ts';
import { reasonOf } from '../errors/explain-errors.ts';
import { BEGIN_READING, type OpenedState } from '../one-state.ts';
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
  /**
   * Ends the transaction. Errors: RowsMoved, where what was read of distributed rows may not be whole; those of the database.
   */
  close(): Promise<void>;
  /** Releases the connection. If its statement is incomplete, cancels the statement and closes the connection. */
  end(isComplete: boolean): void;
}

/** Leases a connection; the signal ends the lease. */
export function leaseOf(
  client: pg.PoolClient,
  db: Pick<Database, 'cancel' | 'state'>,
  signal: AbortSignal,
): ConnectionLease {
  let ended = false;
  let opened: OpenedState | undefined;
  const end = (isComplete: boolean): void => {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', abandon);
    if (isComplete) client.release();
    else if (opened === undefined) client.release(true);
    // Not awaited, because a database that does not respond may not respond to this either.
    else void db.cancel(opened.pid, client).then(() => client.release(true));
  };
  const abandon = () => end(false);
  signal.addEventListener('abort', abandon, { once: true });
  return {
    async begin() {
      // The default form of dates requires DateStyle ISO, whatever the server's or the role's setting.
      opened = await db.state.open(
        client,
        `${BEGIN_READING}; SET LOCAL datestyle TO 'ISO'; SET LOCAL statement_timeout TO 0; ${WATCH_CLIENT}`,
      );
      signal.throwIfAborted();
    },
    async close() {
      if (opened) await db.state.close(client, opened);
    },
    end,
  };
}

/**
 * Yields the pieces that a statement gives, from the first to the one that is null, commits and ends the lease, also after an error. Once all
 * pieces are there they are whole, whatever becomes of the snapshot: a standby may end it while their reader is slow. Errors: RowsMoved, after the last
 * piece; those of `throwDatabaseError`.
 */
export async function* leasedPieces<Piece>(
  client: pg.PoolClient,
  lease: Pick<ConnectionLease, 'close' | 'end'>,
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
    isComplete = await withTimeout(STATEMENT_TIMEOUT_MS, lease.close()).then(
      () => true,
      (error: unknown) => {
        if (error instanceof RowsMoved) throw error;
        return false;
      },
    );
  } catch (error) {
    throwDatabaseError(reasonOf(client, error));
  } finally {
    lease.end(isComplete);
  }
}
