import type pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import type { Sql } from '../sql.ts';
import { backendOf } from './direct-connections.ts';
import { endsConnection, RowsMoved, retryOnConflict, throwDatabaseError } from './errors/database-errors.ts';
import { reasonOf } from './errors/explain-errors.ts';
import type { Layout } from './layout.ts';
import { BEGIN_READING, type OpenedState } from './one-state.ts';
import { type Database, OPERATION_GRACE_MS } from './open.ts';

/**
 * Sends a statement with its parameters and returns its rows, with values as `pg` reads them. `prepare`: Postgres keeps the statement
 * prepared; only for one whose best plan does not depend on the parameters. `othersFollow`: so do other statements. Errors: those of
 * `throwDatabaseError`.
 */
export interface Query extends Layout {
  <Row extends object>(
    statement: Sql,
    parameters?: readonly unknown[],
    options?: { readonly prepare: boolean; readonly othersFollow?: boolean },
  ): Promise<Row[]>;
  /**
   * Does what rests on the answers for good, such as keeping them, once they are known to be right: at once on one server; where rows are distributed,
   * at the end of the snapshot, and not at all if rows were moved meanwhile.
   */
  readonly whenSure: (work: () => void) => void;
}

const atOnce = (work: () => void): void => work();
const never = (): void => {};

/** Returns a query that sends statements on a connection that the caller holds, without a timeout. Errors: those of the database. */
export const queryOf = (client: Pick<pg.ClientBase, 'query'>, { distributed }: Layout): Query =>
  Object.assign(
    async <Row extends object>(statement: Sql, parameters: readonly unknown[] = []) =>
      (await client.query<Row>(statement, parameters.slice())).rows,
    { distributed, whenSure: distributed ? never : atOnce },
  );

/** One snapshot of the database, for any number of statements. */
export interface Snapshot {
  readonly query: Query;
}

/** What reads in snapshots. */
type SnapshotSource = Pick<Database, 'operations' | 'prepared' | 'cancel' | 'leaveReplica' | 'layout' | 'state'>;

interface SnapshotOptions {
  /** The timeout in milliseconds. */
  readonly milliseconds: number;
  /** The milliseconds of it that have passed already. */
  readonly waitedMs: number;
  /** Aborted when nobody waits for the work any more. */
  readonly signal: AbortSignal;
  /**
   * Whether one statement is expected, which needs no transaction to be a snapshot, unless rows are distributed. If the work sends another one, it
   * starts again.
   */
  readonly single: boolean;
}

/**
 * Does work in one read-only snapshot on one connection, so that it sees a concurrent import entirely or not at all. After `milliseconds`,
 * or when the signal is aborted, the statement in the database is canceled and this rejects at once. The work is repeated in a snapshot of
 * its own, within the same time, after a conflict (retryOnConflict), where a pooler has lost a prepared statement, and where one statement was
 * expected and another one followed.
 * Errors: TIMEOUT; DATABASE_UNAVAILABLE, also if no connection is free; the signal's reason.
 */
export async function inSnapshot<T>(
  source: SnapshotSource,
  { milliseconds, waitedMs, signal, single }: SnapshotOptions,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const ending = endingOf({ milliseconds, waitedMs, signal });
  const attempt = async (alone: boolean): Promise<T> => {
    const client = await connect(source.operations, ending.promise);
    const backend = backendOf(client);
    const serverTimeout = milliseconds + OPERATION_GRACE_MS;
    const state = source.layout.distributed ? openState(source, client, backend, serverTimeout) : null;
    const isAlone = state === null && alone && backend !== undefined;
    const transaction = isAlone ? null : (state?.pid ?? begin(client, backend, serverTimeout));
    // Opening a state takes longer than a BEGIN, and may have to be canceled itself.
    const pid = Promise.resolve((state && backend) ?? transaction ?? backend ?? 0);
    // Once closed, a late cancellation must not hit another attempt, or another user of this connection.
    let open = true;
    let canceled = Promise.resolve();
    const ended = ending.promise.catch(async (reason) => {
      // The connection is held until the cancellation has been sent, and its statement is answered.
      if (open) pending = lastSent;
      if (open) canceled = pid.then((of) => source.cancel(of, client)).catch(() => {});
      throw reason;
    });
    let sent = 0;
    let isLost = false;
    let isClosed = false;
    /** The statement that is not answered although it was canceled; null if there is none. */
    let pending: Promise<unknown> | null = null;
    let lastSent: Promise<unknown> | null = null;
    let needTransaction = (_error: Error) => {};
    const transactionNeeded = new Promise<never>((_resolve, reject) => {
      needTransaction = reject;
    });
    const send = async <Row extends object>(
      statement: Sql,
      parameters: readonly unknown[] = [],
      { prepare, othersFollow = false } = { prepare: false },
    ) => {
      // Fields of an operation that was stopped may still be running; the connection may have another user by then.
      if (!open) throw new Error(ENDED);
      if (transaction === null && (othersFollow || sent++ > 0)) {
        open = false;
        needTransaction(new NeedsTransaction());
        return await transactionNeeded;
      }
      if (state !== null) await state.opened;
      if (!open) throw new Error(ENDED);
      const name = prepare ? source.prepared.nameOf(client, statement) : undefined;
      try {
        const result = client.query<Row>({ text: statement, values: [...parameters], ...(name && { name }) });
        lastSent = result;
        return (await result).rows;
      } catch (error) {
        isLost ||= endsConnection(error);
        throwDatabaseError(reasonOf(client, error));
      }
    };
    const sure: (() => void)[] = [];
    const whenSure = state === null ? atOnce : (rest: () => void) => void sure.push(rest);
    const query: Query = Object.assign(send, { distributed: source.layout.distributed, whenSure });
    const done = async (): Promise<T> => {
      const worked = work({ query });
      if (state === null) return await worked;
      // What failed may have failed because rows were moved.
      await worked.catch(() => {});
      const opened = await state.opened;
      if (!open) return await worked;
      const fault = await source.state.close(client, opened).then(
        () => null,
        (error: unknown) => error,
      );
      if (fault instanceof RowsMoved) throw fault;
      const result = await worked;
      if (fault !== null) throwDatabaseError(fault);
      isClosed = true;
      for (const rest of sure) rest();
      return result;
    };
    try {
      return await Promise.race([ended, transactionNeeded, done()]);
    } finally {
      open = false;
      const close = () => isLost || source.prepared.isWorn(client);
      const last = () => (transaction === null || isClosed ? pending : client.query('COMMIT'));
      void canceled.then(() => end(client, last(), close));
    }
  };
  const attempts = (alone: boolean) => retryOnConflict(() => attempt(alone), source.leaveReplica);
  const done = attempts(single).catch((error: unknown) => {
    if (error instanceof NeedsTransaction || source.prepared.areLost(error)) return attempts(false);
    throw error;
  });
  done.catch(() => {});
  try {
    return await Promise.race([ending.promise, done]);
  } catch (error) {
    throwDatabaseError(error);
  } finally {
    ending.forget();
  }
}

/** Thrown when work that was expected to send one statement sends another one, or is about to. */
class NeedsTransaction extends Error {}

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

const ENDED = 'the snapshot has ended';

/** Returns the statements that begin a transaction, with the server's timeouts where a pooler is between. */
const beginning = (backend: number | undefined, timeout: number): string =>
  backend === undefined
    ? `${BEGIN_READING}; SET LOCAL statement_timeout = ${timeout}; SET LOCAL idle_in_transaction_session_timeout = ${timeout}`
    : BEGIN_READING;

/** Opens one state of distributed rows; `pid`: of the process that serves it. Errors: DATABASE_UNAVAILABLE. */
function openState(
  { state }: Pick<SnapshotSource, 'state'>,
  client: pg.PoolClient,
  backend: number | undefined,
  timeout: number,
): { readonly opened: Promise<OpenedState>; readonly pid: Promise<number> } {
  const opened = state
    .open(client, beginning(backend, timeout))
    .catch((error: unknown) => throwDatabaseError(reasonOf(client, error)));
  const pid = opened.then((of) => of.pid);
  pid.catch(() => {});
  return { opened, pid };
}

/**
 * Begins a read-only transaction. Nobody waits for the answer before sending the first statement. Returns the process ID of the backend.
 * Behind a pooler it is not the connection's own, and the server-side timeouts, a safeguard, are set for the transaction only.
 */
function begin(client: pg.PoolClient, backend: number | undefined, timeout: number): Promise<number> {
  const begun =
    backend === undefined
      ? client
          .query(`${beginning(backend, timeout)}; /* snapshot.begin */ SELECT pg_backend_pid() AS pid`)
          .then((results: unknown) => (results as readonly pg.QueryResult<{ pid: number }>[]).at(-1)?.rows[0]?.pid ?? 0)
      : client.query(`${BEGIN_READING} /* snapshot.begin */`).then(() => backend);
  begun.catch(() => {});
  return begun;
}

/**
 * Releases a connection, or closes it, once its last statement is answered: where the network has lost it, whoever got it next would wait in
 * vain, too. Nobody waits for it: there is nothing to save.
 */
function end(client: pg.PoolClient, last: Promise<unknown> | null, close: () => boolean): void {
  if (!last) {
    client.release(close());
    return;
  }
  last.then(
    () => client.release(close()),
    (error) => client.release(close() || endsConnection(error)),
  );
}

/** Returns a promise that rejects with the reason on timeout or abort. */
function endingOf({ milliseconds, waitedMs, signal }: Omit<SnapshotOptions, 'single'>): {
  promise: Promise<never>;
  forget(): void;
} {
  let end = (_reason: unknown) => {};
  const promise = new Promise<never>((_resolve, reject) => {
    end = reject;
  });
  promise.catch(() => {});
  const onTimeout = () =>
    end(new Failure('TIMEOUT', `The operation took longer than ${milliseconds / 1000} seconds and was stopped.`));
  const onAbort = () => end(signal.reason);
  const timer = setTimeout(onTimeout, milliseconds - waitedMs);
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
