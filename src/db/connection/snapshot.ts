import { Failure } from '../../domain/errors.ts';
import type { Prisma } from '../generated/client.ts';
import type { Sql } from '../sql.ts';
import { retryOnConflict, throwDatabaseError } from './database-errors.ts';
import { type Database, OPERATION_GRACE_MS } from './open.ts';

/** Sends a statement with its parameters and returns its rows. Errors: those of `throwDatabaseError`. */
export type Query = <Row>(statement: Sql, parameters?: readonly unknown[]) => Promise<Row[]>;

/** One snapshot of the database, for any number of statements. */
export interface Snapshot {
  readonly prisma: Prisma.TransactionClient;
  readonly query: Query;
}

/** Timeout for a free connection, in milliseconds. */
const CONNECTION_TIMEOUT_MS = 4_000;

/**
 * Does work in one read-only snapshot on one connection, so that it sees a concurrent import entirely or not at all. After `milliseconds`,
 * or when the signal is aborted, the statement in the database is cancelled and this rejects at once. After a conflict with another
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
  let begun = false;
  const attempt = () =>
    operations.$transaction(
      async (prisma) => {
        const pid = await beginTransaction(prisma, milliseconds);
        begun = true;
        // The operation may have ended while it waited for a connection; a transaction that has not begun cannot be cancelled.
        await Promise.race([ending.promise, undefined]);
        // Once closed, a late cancellation must not hit another attempt, or another user of this connection.
        let open = true;
        // The transaction must not end before a cancellation has been sent.
        let cancelled = Promise.resolve();
        const ended = ending.promise.catch((reason) => {
          if (open) cancelled = cancel(pid);
          throw reason;
        });
        try {
          return await Promise.race([ended, work({ prisma, query: queryOf(prisma) })]);
        } finally {
          open = false;
          await cancelled;
        }
      },
      { isolationLevel: 'RepeatableRead', maxWait: CONNECTION_TIMEOUT_MS, timeout: milliseconds + OPERATION_GRACE_MS },
    );
  const done = retryOnConflict(attempt);
  done.catch(() => {});
  try {
    return await Promise.race([ending.promise, done]);
  } catch (error) {
    if (!begun && isTimeout(error))
      throw new Failure('DATABASE_UNAVAILABLE', 'All database connections are busy. Try again shortly.');
    throwDatabaseError(error);
  } finally {
    ending.forget();
  }
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

/** Makes the transaction read-only, with a server-side timeout as a safeguard. Returns the process ID of the backend. */
async function beginTransaction(prisma: Prisma.TransactionClient, milliseconds: number): Promise<number> {
  const [backend] = await prisma.$queryRawUnsafe<{ pid: number }[]>(
    `/* snapshot.begin */ SELECT pg_backend_pid() AS pid, set_config('transaction_read_only', 'on', true),
       set_config('statement_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $1, true)`,
    String(milliseconds + OPERATION_GRACE_MS),
  );
  if (!backend) throw new Error('a backend has no process id');
  return backend.pid;
}

const queryOf =
  (prisma: Prisma.TransactionClient): Query =>
  async <Row>(statement: Sql, parameters: readonly unknown[] = []) =>
    await prisma.$queryRawUnsafe<Row[]>(statement, ...parameters).catch(throwDatabaseError);

/** Whether Prisma timed out waiting for a connection (its error P2028). */
const isTimeout = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'P2028';
