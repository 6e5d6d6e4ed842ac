import type { Config } from '../config.ts';
import type { Database } from '../db/connection/open.ts';
import { inSnapshot, type Query } from '../db/connection/snapshot.ts';
import { KeptMetrics, readerOfMetrics } from '../db/metrics/kept-metrics.ts';
import { findStream, keepStream } from '../db/metrics/kept-streams.ts';
import { openMetrics } from '../db/metrics/open-metrics.ts';
import { countRows } from '../db/query/pages/pages.ts';
import { type EntityRowsRequest, openEntityRows } from '../db/query/rows/entity-rows.ts';
import { openExport } from '../db/query/rows/export.ts';
import { currentDataState } from '../db/query/state/data-state.ts';
import { currentVersion } from '../db/query/state/data-version.ts';
import { KeptCounts } from '../db/query/state/kept-counts.ts';
import { readSummary } from '../db/query/state/summary.ts';
import type { Condition } from '../domain/condition.ts';
import type { EntityName } from '../domain/entities.ts';
import type { Viewer } from '../domain/viewer.ts';
import { MAX_COST } from '../graphql/limits.ts';
import { operationQueue } from '../graphql/operation/operation-queue.ts';
import { exportSlots, inSlot, limitExports } from '../http/limits/export-queue.ts';
import { metricsQueue } from '../http/limits/metrics-queue.ts';
import type { MetricsSource } from '../rest/metrics/route.ts';

type ReadsConfig = Pick<Config, 'exports' | 'metricsAtOnce' | 'graphqlTimeoutMs'>;

/**
 * Returns what the APIs read of a database: each read in the queue that it belongs to, and the answers that are kept. Errors of each read:
 * those of its queue (EXPORTS_BUSY, OPERATIONS_BUSY, TIMEOUT) and of the database.
 */
export function readsOf(db: Database, { exports, metricsAtOnce, graphqlTimeoutMs: milliseconds }: ReadsConfig) {
  const slots = exportSlots(exports);
  const metricsSlots = metricsQueue(metricsAtOnce);
  const operations = operationQueue(db.operations.options.max, milliseconds);
  const keptMetrics = new KeptMetrics();
  const keptCounts = new KeptCounts();

  /** Reads within the turn of an operation of the greatest cost: nothing is known of what it reads. */
  const readInTurn = <T>({ caller }: Viewer, signal: AbortSignal, read: (query: Query) => Promise<T>): Promise<T> =>
    operations.inTurn({ caller, cost: MAX_COST, signal }, (waitedMs) =>
      inSnapshot(db, { milliseconds, waitedMs, signal, single: true }, ({ query }) => read(query)),
    );

  /** What `MetricsSource` opens. */
  const openGroups: MetricsSource['open'] = async (state, ask, signal) => {
    const findKept = () => findStream(keptMetrics, state.version, ask(state));
    const found = findKept();
    if (found) return found;
    // What waits for its turn here holds no slot that exports need. Once the first group has arrived, all are computed.
    const release = await metricsSlots.acquire(signal);
    try {
      const read = () =>
        inSlot(slots.pages, signal, async (untilEnd) => {
          const opened = await openMetrics(db, ask, signal, exports.databaseStallTimeoutMs);
          const { groups, ...rest } = await keepStream(keptMetrics, opened);
          return { ...rest, groups: untilEnd(groups) };
        });
      // Whoever had the turn may have asked the same.
      return findKept() ?? (await read());
    } finally {
      release();
    }
  };

  return {
    db,
    keptCounts,
    inTurn: operations.inTurn,
    dataVersion: () => currentVersion(db.pool),
    dataState: () => currentDataState(db.pool),
    openExport: limitExports(
      (request, signal) => openExport(db, request, signal, exports.databaseStallTimeoutMs),
      slots,
    ),
    openGroups,
    readMetrics: readerOfMetrics(keptMetrics, (signal) => metricsSlots.acquire(signal)),
    readSummary: (where: Condition, viewer: Viewer, signal: AbortSignal) =>
      readInTurn(viewer, signal, (query) => readSummary(query, keptCounts, where, viewer)),
    openRows: (request: EntityRowsRequest, signal: AbortSignal) =>
      inSlot(slots.pages, signal, async (untilEnd) => {
        const opened = await openEntityRows(db, request, signal, exports.databaseStallTimeoutMs);
        return { ...opened, rows: untilEnd(opened.rows) };
      }),
    countRows: (entity: EntityName, where: Condition, viewer: Viewer, signal: AbortSignal) =>
      readInTurn(viewer, signal, (query) => countRows(query, entity, where)),
    /** What holds and waits for the slots of each queue. */
    queues: {
      downloads: () => slots.downloads.use(),
      pages: () => slots.pages.use(),
      metrics: () => metricsSlots.use(),
      operations: operations.use,
    },
  };
}
