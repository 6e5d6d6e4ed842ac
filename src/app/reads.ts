import type { Config } from '../config.ts';
import { openEntries } from '../db/audit/read-entries.ts';
import type { Database } from '../db/connection/open.ts';
import { inSnapshot, type Query } from '../db/connection/snapshot.ts';
import { keepAnswers } from '../db/kept/kept-answers.ts';
import { keepStream, openKept } from '../db/kept/kept-streams.ts';
import { readerOfMetrics } from '../db/kept/metrics-reader.ts';
import type { RefreshOptions } from '../db/kept/refresh.ts';
import { openMetrics } from '../db/metrics/open-metrics.ts';
import { countRows } from '../db/query/pages/pages.ts';
import { type EntityRowsRequest, openEntityRows } from '../db/query/rows/entity-rows.ts';
import { openExport } from '../db/query/rows/export.ts';
import { currentDataState } from '../db/query/state/data-state.ts';
import { currentVersion } from '../db/query/state/data-version.ts';
import { readSummary } from '../db/query/state/summary.ts';
import type { Condition } from '../domain/condition.ts';
import type { EntityName } from '../domain/entities.ts';
import type { Viewer } from '../domain/viewer.ts';
import type { AuditDownload } from '../extract/audit/request.ts';
import { MAX_COST } from '../graphql/limits.ts';
import { operationQueue } from '../graphql/operation/operation-queue.ts';
import { exportSlots, inSlot, limitExports } from '../http/limits/export-queue.ts';
import { metricsQueue } from '../http/limits/metrics-queue.ts';
import type { MetricsSource } from '../rest/metrics/route.ts';

type ReadsConfig = Pick<Config, 'exports' | 'metricsAtOnce' | 'graphqlTimeoutMs'>;

/** When kept answers are computed again, if they are, and until when. */
interface Background {
  readonly refresh: RefreshOptions | null;
  readonly log: { debug(what: object, message: string): void };
  readonly signal: AbortSignal;
}

/**
 * Returns what the APIs read of a database: each read in the queue that it belongs to, and the answers that are kept. Errors of each read:
 * those of its queue (EXPORTS_BUSY, OPERATIONS_BUSY, TIMEOUT) and of the database.
 */
export function readsOf(
  db: Database,
  { exports, metricsAtOnce, graphqlTimeoutMs: milliseconds }: ReadsConfig,
  { refresh, log, signal: stopped }: Background,
) {
  const slots = exportSlots(exports);
  const metricsSlots = metricsQueue(metricsAtOnce);
  const operations = operationQueue(db.operations.options.max, milliseconds);
  const kept = keepAnswers(
    {
      ...{ db, log, slots: metricsSlots, timeoutMs: milliseconds },
      inTurn: (signal, work) => operations.inTurn({ caller: 'kept answers', cost: MAX_COST, signal }, work),
    },
    refresh,
    stopped,
  );

  /** Reads within the turn of an operation of the greatest cost: nothing is known of what it reads. */
  const readInTurn = <T>({ caller }: Viewer, signal: AbortSignal, read: (query: Query) => Promise<T>): Promise<T> =>
    operations.inTurn({ caller, cost: MAX_COST, signal }, (waitedMs) =>
      inSnapshot(db, { milliseconds, waitedMs, signal, single: true }, ({ query }) => read(query)),
    );

  /** What `MetricsSource` opens. */
  const openGroups: MetricsSource['open'] = (state, ask, signal) => {
    // What waits for its turn here holds no slot that exports need. Once the first group has arrived, all are computed.
    const acquire = () => metricsSlots.acquire(signal);
    return openKept(kept.metrics, state, ask, acquire, () =>
      inSlot(slots.pages, signal, async (untilEnd) => {
        const began = performance.now();
        const opened = await openMetrics(db, ask, signal, exports.databaseStallTimeoutMs);
        const { groups, ...rest } = await keepStream(kept.metrics, opened, began);
        return { ...rest, groups: untilEnd(groups) };
      }),
    );
  };

  return {
    db,
    keptCounts: kept.counts,
    inTurn: operations.inTurn,
    dataVersion: () => currentVersion(db.pool),
    dataState: () => currentDataState(db.pool),
    openExport: limitExports(
      (request, signal) => openExport(db, request, signal, exports.databaseStallTimeoutMs),
      slots,
    ),
    openGroups,
    readMetrics: readerOfMetrics(kept.metrics, (signal) => metricsSlots.acquire(signal)),
    readSummary: (where: Condition, viewer: Viewer, signal: AbortSignal) =>
      readInTurn(viewer, signal, (query) => readSummary(query, kept.counts, where, viewer)),
    openRows: (request: EntityRowsRequest, signal: AbortSignal) =>
      inSlot(slots.pages, signal, async (untilEnd) => {
        const opened = await openEntityRows(db, request, signal, exports.databaseStallTimeoutMs);
        return { ...opened, rows: untilEnd(opened.rows) };
      }),
    openAudit: (download: AuditDownload, signal: AbortSignal) =>
      inSlot(slots.downloads, signal, async (untilEnd) => {
        const opened = await openEntries(db, download, signal, exports.databaseStallTimeoutMs);
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
    /** Returns how many kept answers were computed again. */
    refreshed: kept.refreshed,
    /** Resolves once no more are. */
    ended: kept.ended,
  };
}
