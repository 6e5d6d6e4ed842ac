import { Failure } from '../../domain/errors.ts';
import type { Prisma } from '../generated/client.ts';
import type { Sql } from '../sql.ts';
import { retryOnConflict, throwDatabaseError } from './database-errors.ts';
import { type Database, OPERATION_GRACE_MS } from './open.ts';

/** Sends a statement with its parameters and gives its rows. Errors: those of `throwDatabaseError`. */
export type Query = <Row>(statement: Sql, parameters?: readonly unknown[]) => Promise<Row[]>;

/** What is read in one snapshot of the database, however many statements it takes. */
export interface Snapshot {
  readonly prisma: Prisma.TransactionClient;
  readonly query: Query;
}

/** Milliseconds to wait for a free connection. */
const CONNECTION_TIMEOUT_MS = 4_000;

/**
 * Does work in one read-only snapshot, on one connection: an import that is saved meanwhile is seen as a whole or not at all. After so many
 * `milliseconds`, or when the signal is aborted, what runs in the database is cancelled, and this throws at once. Work that the database
 * gives up for the sake of something else is done once more, in a snapshot of its own, within the same time.
 * Errors: TIMEOUT; DATABASE_UNAVAILABLE, also where no connection is free; the signal's own reason.
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
        // Whoever waited for a connection may have gone meanwhile: what was not begun can't be cancelled.
        await Promise.race([ending.promise, undefined]);
        // What ends the operation later finds another try on another connection, and on this one the statement of somebody else.
        let open = true;
        // The transaction ends only after a cancellation was sent.
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
      throw new Failure(
        'DATABASE_UNAVAILABLE',
        'No connection for such an operation became free in time. Try again shortly.',
      );
    throwDatabaseError(error);
  } finally {
    ending.forget();
  }
}

/** A promise that is rejected when time is up or the signal is aborted, with what is to be told then. */
function endingOf(milliseconds: number, signal: AbortSignal): { promise: Promise<never>; forget(): void } {
  let end = (_reason: unknown) => {};
  const promise = new Promise<never>((_resolve, reject) => {
    end = reject;
  });
  promise.catch(() => {});
  const late = () =>
    end(new Failure('TIMEOUT', `The operation took longer than ${milliseconds / 1000} seconds and was stopped.`));
  const left = () => end(signal.reason);
  const timer = setTimeout(late, milliseconds);
  signal.addEventListener('abort', left, { once: true });
  if (signal.aborted) left();
  return {
    promise,
    forget() {
      clearTimeout(timer);
      signal.removeEventListener('abort', left);
    },
  };
}

/** Makes the transaction one that only reads, and that the server itself ends if nobody else does; gives the backend's process id. */
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

/** Whether Prisma waited in vain for a connection (its error P2028). */
const isTimeout = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'P2028';
