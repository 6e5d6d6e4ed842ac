import type pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import type { Sql } from '../sql.ts';
import { retryOnConflict, throwDatabaseError } from './database-errors.ts';
import { type Database, OPERATION_GRACE_MS } from './open.ts';

/** Sends a statement with its parameters and returns its rows, with values as `pg` reads them. Errors: those of `throwDatabaseError`. */
export type Query = <Row extends object>(statement: Sql, parameters?: readonly unknown[]) => Promise<Row[]>;

/** One snapshot of the database, for any number of statements. */
export interface Snapshot {
  readonly query: Query;
}

/**
 * Does work in one read-only snapshot on one connection, so that it sees a concurrent import entirely or not at all. After `milliseconds`,
 * or when the signal is aborted, the statement in the database is canceled and this rejects at once. After a conflict with another
 * transaction the work is retried once, in a snapshot of its own, within the same time.
 * Errors: TIMEOUT; DATABASE_UNAVAILABLE, also if no connection is free; the signal's reason.
 */
export async function inSnapshot<T>(
  { operations, cancel }: Pick<Database, 'operations' | 'cancel'>,
  { milliseconds, signal }: { milliseconds: number; signal: AbortSignal },
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const ending = endingOf(milliseconds, signal);
  const attempt = async () => {
    const client = await connect(operations, ending.promise);
    const begun = begin(client, milliseconds);
    // Once closed, a late cancellation must not hit another attempt, or another user of this connection.
    let open = true;
    let canceled = Promise.resolve();
    const ended = ending.promise.catch(async (reason) => {
      // The transaction stays open until the cancellation has been sent.
      if (open) canceled = begun.then((pid) => cancel(pid)).catch(() => {});
      throw reason;
    });
    try {
      return await Promise.race([ended, work({ query: queryOf(client, () => open) })]);
    } finally {
      open = false;
      void canceled.then(() => end(client));
    }
  };
  const done = retryOnConflict(attempt);
  done.catch(() => {});
  try {
    return await Promise.race([ending.promise, done]);
  } catch (error) {
    throwDatabaseError(error);
  } finally {
    ending.forget();
  }
}

/** Returns a connection of the pool. Errors: DATABASE_UNAVAILABLE if none becomes free in time; the reason of the ending. */
async function connect(pool: pg.Pool, ending: Promise<never>): Promise<pg.PoolClient> {
  const connecting = pool.connect();
  try {
    return await Promise.race([ending, connecting]);
  } catch (error) {
    connecting.then(
      (client) => client.release(),
      () => {},
    );
    if (error instanceof Error && /^timeout exceeded when trying to connect/.test(error.message))
      throw new Failure('DATABASE_UNAVAILABLE', 'All database connections are busy. Try again shortly.', {
        cause: error,
      });
    throw error;
  }
}

/**
 * Begins a read-only transaction, with server-side timeouts as a safeguard. Nobody waits for the answer before sending the first statement.
 * Returns the process ID of the backend, which behind a pooler is not the connection's own.
 */
function begin(client: pg.PoolClient, milliseconds: number): Promise<number> {
  const timeout = milliseconds + OPERATION_GRACE_MS;
  const begun = client
    .query<{ pid: number }>(
      `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${timeout};
       SET LOCAL idle_in_transaction_session_timeout = ${timeout}; /* snapshot.begin */ SELECT pg_backend_pid() AS pid`,
    )
    .then((results: unknown) => (results as readonly pg.QueryResult<{ pid: number }>[]).at(-1)?.rows[0]?.pid ?? 0);
  begun.catch(() => {});
  return begun;
}

/** Ends the transaction and releases its connection, or closes it if that fails. Nobody waits for it: there is nothing to save. */
function end(client: pg.PoolClient): void {
  client.query('COMMIT').then(
    () => client.release(),
    (error) => client.release(error),
  );
}

/** Returns a promise that rejects with the reason on timeout or abort. */
function endingOf(milliseconds: number, signal: AbortSignal): { promise: Promise<never>; forget(): void } {
  let end = (_reason: unknown) => {};
  const promise = new Promise<never>((_resolve, reject) => {
    end = reject;
  });
  promise.catch(() => {});
  const onTimeout = () =>
    end(new Failure('TIMEOUT', `The operation took longer than ${milliseconds / 1000} seconds and was stopped.`));
  const onAbort = () => end(signal.reason);
  const timer = setTimeout(onTimeout, milliseconds);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return {
    promise,
    forget() {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}

const queryOf =
  (client: pg.PoolClient, isOpen: () => boolean): Query =>
  async <Row extends object>(statement: Sql, parameters: readonly unknown[] = []) => {
    // Fields of an operation that was stopped may still be running; the connection may have another user by then.
    if (!isOpen()) throw new Error('the snapshot has ended');
    try {
      return (await client.query<Row>(statement, [...parameters])).rows;
    } catch (error) {
      throwDatabaseError(error);
    }
  };
