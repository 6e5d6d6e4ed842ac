import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { columnsOf } from '../../extract/columns.ts';
import type { ExtractKeyset } from '../../extract/page-cursor.ts';
import type { ExtractRequest } from '../../extract/request.ts';
import { retryOnConflict, throwDatabaseError } from '../connection/database-errors.ts';
import type { Database } from '../connection/open.ts';
import { SessionValues } from '../connection/session-values.ts';
import type { Query } from '../connection/snapshot.ts';
import { WATCH_CLIENT } from '../connection/watch-client.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../connection/with-timeout.ts';
import { dataVersion } from './data-version.ts';
import { nextPageKeyset, rowsSql, withExactBound } from './extract-rows.ts';

/** An export under way. */
export interface Export {
  /** The version of the data that the rows are from. */
  readonly version: string;
  /** The rows in COPY's text format, as a format's `frame` takes them. */
  readonly rows: AsyncGenerator<Buffer>;
  /** Where the next page begins; null where there is none, or no limit was asked for. */
  readonly next: ExtractKeyset | null;
}

/** What openExport needs of a database. */
type ExportSource = Pick<Database, 'exports' | 'cancel'>;

/**
 * Begins an export: a COPY … TO STDOUT, all in one snapshot, whose bytes are given as they come. Resolves once the database has sent the
 * first of them, so that a failure before is still a failure of this call. The caller aborts the signal when it wants no more, also where it
 * has not begun to read: only that, or the end, gives the connection back.
 * Errors: DATABASE_UNAVAILABLE where there is no connection, or where the database sends nothing for `stall` milliseconds (0: for ever), here
 * and from the iteration; BAD_USER_INPUT for a place that can't be found any more.
 */
export function openExport(
  db: ExportSource,
  request: ExtractRequest,
  signal: AbortSignal,
  stall: number,
): Promise<Export> {
  return retryOnConflict(() => beginExport(db, request, signal, stall)).catch(throwDatabaseError);
}

async function beginExport(
  db: ExportSource,
  request: ExtractRequest,
  signal: AbortSignal,
  stall: number,
): Promise<Export> {
  const client = await db.exports.connect();
  const lease = leaseOf(client, db, signal);
  const withinStatementTimeout = <T>(work: Promise<T>): Promise<T> => withTimeout(STATEMENT_TIMEOUT_MS, work);
  try {
    await withinStatementTimeout(
      client.query(
        // Our texts of dates are those of DateStyle ISO, whatever the server or the role is set to.
        `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL datestyle TO 'ISO'; SET LOCAL statement_timeout TO 0; ${WATCH_CLIENT}`,
      ),
    );
    await withinStatementTimeout(lease.begin());
    const version = await withinStatementTimeout(dataVersion(client));
    const values = new SessionValues();
    const query: Query = async (statement, parameters) => (await client.query(statement, parameters?.slice())).rows;
    const exact = await withTimeout(stall, withExactBound(query, request));
    const source = rowsSql(exact, values.bind);
    await withinStatementTimeout(values.send(client));
    const { output, limit } = request;
    const next = limit === null ? null : await withTimeout(stall, nextPageKeyset(client, exact, limit));
    const statement = `COPY (/* extract.rows */ SELECT ${columnsOf(output)} ${source}) TO STDOUT`;
    const iterator = client.query(copyTo(statement))[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const chunk = () => withTimeout(stall, iterator.next());
    return { version, rows: copied(client, await chunk(), chunk, lease), next };
  } catch (error) {
    lease.end(false);
    throw error;
  }
}

/** The use of a connection for one statement, until it ends or the signal is aborted. */
interface ConnectionLease {
  /** From here on an abort cancels the statement in the database. Throws where it came before. */
  begin(): Promise<void>;
  /** Gives the connection back; one that is in the middle of an answer is closed, once its statement was canceled. */
  end(isComplete: boolean): void;
}

function leaseOf(client: pg.PoolClient, db: ExportSource, signal: AbortSignal): ConnectionLease {
  let ended = false;
  let pid: number | undefined;
  const end = (isComplete: boolean): void => {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', abandon);
    if (isComplete) client.release();
    else if (pid === undefined) client.release(true);
    // Nobody waits for it: a database that doesn't answer may not answer that either.
    else void db.cancel(pid).then(() => client.release(true));
  };
  const abandon = () => end(false);
  signal.addEventListener('abort', abandon, { once: true });
  return {
    async begin() {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      pid = rows[0]?.pid;
      signal.throwIfAborted();
    },
    end,
  };
}

async function* copied(
  client: pg.PoolClient,
  first: IteratorResult<Buffer>,
  chunk: () => Promise<IteratorResult<Buffer>>,
  lease: ConnectionLease,
): AsyncGenerator<Buffer> {
  let isComplete = false;
  try {
    for (let next = first; !next.done; next = await chunk()) yield next.value;
    await withTimeout(STATEMENT_TIMEOUT_MS, client.query('COMMIT'));
    isComplete = true;
  } catch (error) {
    throwDatabaseError(error);
  } finally {
    lease.end(isComplete);
  }
}
