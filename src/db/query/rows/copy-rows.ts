import type pg from 'pg';
import { retryOnConflict, throwDatabaseError } from '../../connection/errors/database-errors.ts';
import { reasonOf } from '../../connection/errors/explain-errors.ts';
import type { Database } from '../../connection/open.ts';
import { SessionValues } from '../../connection/session-values.ts';
import { type Query, queryOf } from '../../connection/snapshot.ts';
import { CopyOut } from '../../connection/streams/copy-out.ts';
import { leasedPieces, leaseOf } from '../../connection/streams/stream-lease.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../../connection/with-timeout.ts';
import type { Bind, Sql } from '../../sql.ts';
import { type DataState, readDataState } from '../state/data-state.ts';
import { RangedCopy, type RangedRows } from './ranged-copy.ts';

/** The parts of a database that rows are copied from. */
export type CopySource = Pick<Database, 'exports' | 'cancel' | 'leaveReplica' | 'layout' | 'state'>;

/** The snapshot in which rows are copied. */
export interface CopySnapshot {
  readonly client: pg.PoolClient;
  /** Sends a statement, without a timeout. */
  readonly query: Query;
  /** Binds a value of the COPY, which can’t have parameters. */
  readonly bind: Bind;
  /** Waits for work, at most as long as the database may send nothing. Errors: DATABASE_UNAVAILABLE. */
  readonly inTime: <T>(work: Promise<T>) => Promise<T>;
}

/** What is known of a COPY before it is sent. */
interface PlannedCopy<Facts> {
  readonly facts: Facts;
  /** The query whose rows are copied. */
  readonly rows: Sql | string;
  /** The same rows by ranges, if they are to be copied so. */
  readonly ranged?: RangedRows | null;
}

/** Rows that the database has begun to send. */
export type CopiedRows<Facts> = Facts &
  DataState & {
    /** The rows in COPY's text format. */
    readonly rows: AsyncGenerator<Buffer>;
    /** Returns the number of rows that have arrived so far. */
    readonly countRows: () => number;
  };

/**
 * Begins a COPY … TO STDOUT in one snapshot, whose bytes are streamed as they arrive. `plan` returns the query and may send other statements
 * before. Resolves once the database has sent the first bytes, so earlier errors reject this call. The caller must abort the signal when it
 * needs no more, even if it has not begun to read: only an abort or the end of the rows releases the connection.
 * Errors: DATABASE_UNAVAILABLE if no connection is available, or if the database sends nothing for the stall timeout (0: none), here and
 * from the iteration; those of `plan`.
 */
export function copyRows<Facts extends object>(
  db: CopySource,
  signal: AbortSignal,
  stallTimeoutMs: number,
  plan: (snapshot: CopySnapshot) => Promise<PlannedCopy<Facts>>,
): Promise<CopiedRows<Facts>> {
  return retryOnConflict(() => begin(db, signal, stallTimeoutMs, plan), db.leaveReplica).catch(throwDatabaseError);
}

async function begin<Facts extends object>(
  db: CopySource,
  signal: AbortSignal,
  stallTimeoutMs: number,
  plan: (snapshot: CopySnapshot) => Promise<PlannedCopy<Facts>>,
): Promise<CopiedRows<Facts>> {
  const client = await db.exports.connect();
  const lease = leaseOf(client, db, signal);
  const withinStatementTimeout = <T>(work: Promise<T>): Promise<T> => withTimeout(STATEMENT_TIMEOUT_MS, work);
  try {
    await withinStatementTimeout(lease.begin());
    const query = queryOf(client, db.layout);
    const state = await withinStatementTimeout(readDataState(query));
    const values = new SessionValues(db.layout);
    const inTime = <T>(work: Promise<T>) => withTimeout(stallTimeoutMs, work);
    const { facts, rows, ranged = null } = await plan({ client, query, bind: values.bind, inTime });
    await withinStatementTimeout(values.send(client));
    const copy = ranged
      ? new RangedCopy(client, db.layout, ranged)
      : client.query(new CopyOut(`COPY (${rows}) TO STDOUT`));
    const chunk = async () => {
      const { done, value } = await inTime(copy.next());
      return done ? null : value;
    };
    const pieces = leasedPieces(client, lease, await chunk(), chunk);
    return { ...facts, ...state, rows: pieces, countRows: () => copy.rows };
  } catch (error) {
    lease.end(false);
    throw reasonOf(client, error);
  }
}
