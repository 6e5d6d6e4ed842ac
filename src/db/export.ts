import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { columnsOf } from '../extract/columns.ts';
import type { PagePlace } from '../extract/page.ts';
import type { ExtractRequest } from '../extract/request.ts';
import { cancelBackend } from './cancel-backend.ts';
import { dataVersion } from './data-version.ts';
import { located, placeOfNext, rowsOf } from './extract-rows.ts';
import { rethrow } from './failures.ts';
import type { Database } from './open.ts';
import { SessionValues } from './session-values.ts';
import type { Query } from './snapshot.ts';
import { WATCH_CLIENT } from './watch-client.ts';

/** An export under way. */
export interface Export {
  /** The version of the data that the rows are from. */
  readonly version: string;
  /** The rows in COPY's text format, as a format's `frame` takes them. */
  readonly rows: AsyncGenerator<Buffer>;
  /** Where the next page begins; null where there is none, or no limit was asked for. */
  readonly next: PagePlace | null;
}

/**
 * Begins an export: a COPY … TO STDOUT, all in one snapshot, whose bytes are given as they come. Resolves once the database has sent the
 * first of them, so that a failure before is still a failure of this call. The caller aborts the signal when it wants no more, also where it
 * has not begun to read: only that, or the end, gives the connection back.
 * Errors: DATABASE_UNAVAILABLE where there is no connection, here and from the iteration; BAD_USER_INPUT for a place that can't be found any more.
 */
export async function openExport(
  db: Pick<Database, 'exports' | 'pool'>,
  request: ExtractRequest,
  signal: AbortSignal,
): Promise<Export> {
  const client = await db.exports.connect().catch(rethrow);
  const lease = leaseOf(client, db.pool, signal);
  try {
    // Our texts of dates are those of DateStyle ISO, whatever the server or the role is set to.
    await client.query(
      `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL datestyle TO 'ISO'; SET LOCAL statement_timeout TO 0; ${WATCH_CLIENT}`,
    );
    await lease.begin();
    const version = await dataVersion(client);
    const values = new SessionValues();
    const query: Query = async (statement, parameters) => (await client.query(statement, parameters?.slice())).rows;
    const exact = await located(query, request);
    const source = rowsOf(exact, values.bind);
    await values.send(client);
    const { shape, limit } = request;
    const next = limit === null ? null : await placeOfNext(client, exact, limit);
    const statement = `COPY (/* extract.rows */ SELECT ${columnsOf(shape)} ${source}) TO STDOUT`;
    const chunks = client.query(copyTo(statement))[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    return { version, rows: copied(client, await chunks.next(), chunks, lease), next };
  } catch (error) {
    await lease.end(false);
    rethrow(error);
  }
}

/** The use of a connection for one statement, until it ends or the signal is aborted. */
interface Lease {
  /** From here on an abort cancels the statement in the database. Throws where it came before. */
  begin(): Promise<void>;
  /** Gives the connection back; one that is in the middle of an answer can't be used again. */
  end(whole: boolean): Promise<void>;
}

function leaseOf(client: pg.PoolClient, pool: pg.Pool, signal: AbortSignal): Lease {
  let ended = false;
  let pid: number | undefined;
  const end = async (whole: boolean): Promise<void> => {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', abandon);
    if (!whole && pid !== undefined) await cancelBackend(pool, pid);
    client.release(!whole);
  };
  const abandon = () => void end(false);
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
  chunks: AsyncIterator<Buffer>,
  lease: Lease,
): AsyncGenerator<Buffer> {
  let whole = false;
  try {
    for (let next = first; !next.done; next = await chunks.next()) yield next.value;
    await client.query('COMMIT');
    whole = true;
  } catch (error) {
    rethrow(error);
  } finally {
    await lease.end(whole);
  }
}
