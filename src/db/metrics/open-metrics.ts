import type { MetricsQuery } from '../../domain/metrics/query.ts';
import { retryOnConflict, throwDatabaseError } from '../connection/errors/database-errors.ts';
import { reasonOf } from '../connection/errors/explain-errors.ts';
import type { Database } from '../connection/open.ts';
import { queryOf } from '../connection/snapshot.ts';
import { RowStream } from '../connection/streams/row-stream.ts';
import { leasedPieces, leaseOf } from '../connection/streams/stream-lease.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../connection/with-timeout.ts';
import { type DataState, readDataState } from '../query/state/data-state.ts';
import { checkZone } from './known-zones.ts';
import { setPlanner } from './planner-settings.ts';
import { type GroupRow, groupReader, type MetricsGroup, readMetrics } from './read-metrics.ts';
import { metricsStatement } from './statement.ts';

/** What is asked for: groups, and all rows together. */
export interface MetricsQueries {
  readonly groups: MetricsQuery;
  readonly total: MetricsQuery | null;
}

/** Measures of rows in a state of the data, whose groups are streamed. */
export interface StreamedMetrics<Asked extends MetricsQueries> extends DataState {
  readonly asked: Asked;
  readonly total: MetricsGroup | null;
  /** How many groups there are, whatever the maximum. */
  readonly groupCount: number;
  readonly groups: AsyncGenerator<readonly MetricsGroup[]>;
}

/** The parts of a database that openMetrics needs. */
type MetricsSource = Pick<Database, 'exports' | 'cancel' | 'leaveReplica' | 'layout' | 'state'>;

/**
 * Begins to read measures: any number of groups, streamed as they arrive, and the total, all from one snapshot. `ask` returns the queries
 * for the state of the data in it. Resolves once the first groups have arrived, so earlier errors reject this call. The caller must abort
 * the signal when it needs no more, even if it has not begun to read: only an abort or the end of the groups releases the connection.
 * Errors: DATABASE_UNAVAILABLE if no connection is available, or if the database sends nothing for the stall timeout (0: none), here and
 * from the iteration; BAD_USER_INPUT if filling makes too many groups; those of `ask` and `checkZone`.
 */
export function openMetrics<Asked extends MetricsQueries>(
  db: MetricsSource,
  ask: (state: DataState) => Asked,
  signal: AbortSignal,
  stallTimeoutMs: number,
): Promise<StreamedMetrics<Asked>> {
  return retryOnConflict(() => begin(db, ask, signal, stallTimeoutMs), db.leaveReplica).catch(throwDatabaseError);
}

async function begin<Asked extends MetricsQueries>(
  db: MetricsSource,
  ask: (state: DataState) => Asked,
  signal: AbortSignal,
  stallTimeoutMs: number,
): Promise<StreamedMetrics<Asked>> {
  const client = await db.exports.connect();
  const lease = leaseOf(client, db, signal);
  try {
    await withTimeout(STATEMENT_TIMEOUT_MS, lease.begin());
    const query = queryOf(client, db.layout);
    const state = await withTimeout(STATEMENT_TIMEOUT_MS, readDataState(query));
    const asked = ask(state);
    await withTimeout(STATEMENT_TIMEOUT_MS, checkZone(query, asked.groups.period.timeZone));
    await withTimeout(STATEMENT_TIMEOUT_MS, setPlanner(query));
    const total = asked.total && (await withTimeout(stallTimeoutMs, readMetrics(query, asked.total)));
    const statement = metricsStatement(asked.groups, query);
    const reader = groupReader(asked.groups, statement);
    const rows = new RowStream<GroupRow>(client, statement.statement, statement.parameters);
    const next = () => withTimeout(stallTimeoutMs, rows.next());
    const first = await next();
    const groupCount = reader.count(first[0]);
    const batchOf = (batch: readonly GroupRow[]) => (batch.length === 0 ? null : batch.map(reader.group));
    return {
      ...state,
      asked,
      total: total?.groups[0] ?? null,
      groupCount,
      groups: leasedPieces(client, lease, batchOf(first), async () => batchOf(await next())),
    };
  } catch (error) {
    lease.end(false);
    throw reasonOf(client, error);
  }
}
