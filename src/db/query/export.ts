import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import type { ExportFacts } from '../../extract/details.ts';
import type { ExtractRequest } from '../../extract/request.ts';
import { selectListOf } from '../../extract/select-list.ts';
import { CopyOut } from '../connection/copy-out.ts';
import { retryOnConflict, throwDatabaseError } from '../connection/database-errors.ts';
import type { Database } from '../connection/open.ts';
import { SessionValues } from '../connection/session-values.ts';
import type { Query } from '../connection/snapshot.ts';
import { WATCH_CLIENT } from '../connection/watch-client.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../connection/with-timeout.ts';
import { dataVersion } from './data-version.ts';
import { measureExtent } from './extent.ts';
import { nextPageKeyset, rowsSql, withExactBound } from './extract-rows.ts';

/** A running export. */
export interface Export extends ExportFacts {
  /** The rows in COPY's text format, as `Format.encode` takes them. */
  readonly rows: AsyncGenerator<Buffer>;
}

/** The parts of a database that openExport needs. */
type ExportSource = Pick<Database, 'exports' | 'cancel'>;

/**
 * Begins an export: a COPY … TO STDOUT in one snapshot, whose bytes are streamed as they arrive. Resolves once the database has sent the
 * first bytes, so earlier errors reject this call. The caller must abort the signal when it needs no more, even if it has not begun to
 * read: only an abort or the end of the rows releases the connection.
 * Errors: DATABASE_UNAVAILABLE if no connection is available, or if the database sends nothing for the stall timeout (0: none), here and
 * from the iteration; BAD_USER_INPUT for a cursor whose keyset no longer exists, and for rows that do not
 * fit into the format.
 */
export function openExport(
  db: ExportSource,
  request: ExtractRequest,
  signal: AbortSignal,
  stallTimeoutMs: number,
): Promise<Export> {
  return retryOnConflict(() => beginExport(db, request, signal, stallTimeoutMs)).catch(throwDatabaseError);
}

async function beginExport(
  db: ExportSource,
  request: ExtractRequest,
  signal: AbortSignal,
  stallTimeoutMs: number,
): Promise<Export> {
  const client = await db.exports.connect();
  const lease = leaseOf(client, db, signal);
  const withinStatementTimeout = <T>(work: Promise<T>): Promise<T> => withTimeout(STATEMENT_TIMEOUT_MS, work);
  try {
    await withinStatementTimeout(
      client.query(
        // The default form of dates requires DateStyle ISO, whatever the server's or the role's setting.
        `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL datestyle TO 'ISO'; SET LOCAL statement_timeout TO 0; ${WATCH_CLIENT}`,
      ),
    );
    await withinStatementTimeout(lease.begin());
    const version = await withinStatementTimeout(dataVersion(client));
    const values = new SessionValues();
    const query: Query = async (statement, parameters) => (await client.query(statement, parameters?.slice())).rows;
    const exact = await withTimeout(stallTimeoutMs, withExactBound(query, request));
    const extent = await withTimeout(stallTimeoutMs, measureExtent(client, exact));
    const source = rowsSql(exact, values.bind);
    await withinStatementTimeout(values.send(client));
    const { output, limit } = request;
    const next = limit === null ? null : await withTimeout(stallTimeoutMs, nextPageKeyset(client, exact, limit));
    const statement = `COPY (/* extract.rows */ SELECT ${selectListOf(output)} ${source}) TO STDOUT`;
    const copy = client.query(new CopyOut(statement));
    const chunk = () => withTimeout(stallTimeoutMs, copy.next());
    return { version, extent, rows: copied(client, await chunk(), chunk, lease), next };
  } catch (error) {
    lease.end(false);
    throw error;
  }
}

/** A connection leased for one statement, until the statement ends or the signal is aborted. */
interface ConnectionLease {
  /** From now on an abort cancels the statement in the database. Throws if the signal is already aborted. */
  begin(): Promise<void>;
  /** Releases the connection. If its statement is incomplete, cancels the statement and closes the connection. */
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
    // Not awaited, because a database that does not respond may not respond to this either.
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
    for (let next = first; !next.done; next = await chunk()) {
      yield next.value;
      // Chunks that follow each other without waiting would hold the event loop as long as they come.
      await setImmediate();
    }
    await withTimeout(STATEMENT_TIMEOUT_MS, client.query('COMMIT'));
    isComplete = true;
  } catch (error) {
    throwDatabaseError(error);
  } finally {
    lease.end(isComplete);
  }
}
