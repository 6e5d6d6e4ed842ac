import type { ExportFacts } from '../../extract/details.ts';
import type { ExtractRequest } from '../../extract/request.ts';
import { selectListOf } from '../../extract/select-list.ts';
import { CopyOut } from '../connection/copy-out.ts';
import { retryOnConflict, throwDatabaseError } from '../connection/database-errors.ts';
import type { Database } from '../connection/open.ts';
import { SessionValues } from '../connection/session-values.ts';
import type { Query } from '../connection/snapshot.ts';
import { leasedPieces, leaseOf } from '../connection/stream-lease.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../connection/with-timeout.ts';
import { checkZone } from '../metrics/known-zones.ts';
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
 * from the iteration; BAD_USER_INPUT for a cursor whose keyset no longer exists, for a time zone of evidence that the
 * database does not know, and for rows that do not fit into the format.
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
    await withinStatementTimeout(lease.begin());
    const version = await withinStatementTimeout(dataVersion(client));
    const values = new SessionValues();
    const query: Query = async (statement, parameters) => (await client.query(statement, parameters?.slice())).rows;
    if (request.evidence) await withinStatementTimeout(checkZone(query, request.evidence.cell.period.timeZone));
    const exact = await withTimeout(stallTimeoutMs, withExactBound(query, request));
    const extent = await withTimeout(stallTimeoutMs, measureExtent(client, exact));
    const source = rowsSql(exact, values.bind);
    await withinStatementTimeout(values.send(client));
    const { output, limit } = request;
    const next = limit === null ? null : await withTimeout(stallTimeoutMs, nextPageKeyset(client, exact, limit));
    const statement = `COPY (/* extract.rows */ SELECT ${selectListOf(output)} ${source}) TO STDOUT`;
    const copy = client.query(new CopyOut(statement));
    const chunk = async () => {
      const { done, value } = await withTimeout(stallTimeoutMs, copy.next());
      return done ? null : value;
    };
    return { version, extent, rows: leasedPieces(client, lease, await chunk(), chunk), next };
  } catch (error) {
    lease.end(false);
    throw error;
  }
}
