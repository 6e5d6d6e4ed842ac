import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import type { AuditRecorder } from '../db/audit/recorder.ts';
import type { Database } from '../db/connection/open.ts';
import { erase, type KeepErasures } from '../db/erasure/erase.ts';
import { failureRecorder } from '../db/history/record-import.ts';
import { beginImport } from '../db/import/import-session.ts';
import type { RefreshOptions } from '../db/kept/refresh.ts';
import type { Replica } from '../db/servers/replica.ts';
import { readStoredState } from '../db/stored-data.ts';
import { countExpiringTokens } from '../db/tokens/expiring.ts';
import { tokenStore } from '../db/tokens/tokens.ts';
import { findUnknown } from '../db/tokens/unknown-restrictions.ts';
import { importBusy } from '../domain/import/import-busy.ts';
import { FROM_HTTP } from '../domain/import/import-record.ts';
import type { ServiceEvents } from '../domain/service-events.ts';
import { graphqlRoute } from '../graphql/over-http/route.ts';
import { auditRequests } from '../http/audit/audit-requests.ts';
import type { FindViewer } from '../http/authenticate.ts';
import { clientLeft } from '../http/client-left.ts';
import { admission } from '../http/limits/rate-limits.ts';
import type { RequestLog } from '../http/request-log/request-log.ts';
import { rootOf } from '../http/request-target.ts';
import { graphiql } from '../pages/graphiql/landing.ts';
import { auditRoute } from '../rest/admin/audit.ts';
import { erasuresRoute } from '../rest/admin/erasures.ts';
import { tokenRoutes } from '../rest/admin/tokens.ts';
import { extractRoute } from '../rest/extract/route.ts';
import { type BeginImport, importRoutes } from '../rest/import/route.ts';
import { uploadedText } from '../rest/import/upload.ts';
import { metricDefinitionsRoute } from '../rest/metrics/definitions.ts';
import { metricsRoute } from '../rest/metrics/route.ts';
import { noteFilter } from '../rest/odata/filter/subjects.ts';
import { odataRoute } from '../rest/odata/route.ts';
import { summaryRoute } from '../rest/summary/route.ts';
import { readsOf } from './reads.ts';

/** What the routes of the APIs are made of. */
interface ApiParts {
  readonly config: Config;
  readonly db: Database;
  readonly replica: Replica | null;
  readonly requestLog: RequestLog;
  readonly events: ServiceEvents | null;
  readonly program: string;
  readonly keepErasures: KeepErasures;
  readonly findToken: FindViewer;
  readonly now: () => number;
  readonly stopping: AbortSignal | undefined;
  readonly refresh: RefreshOptions | null;
  /** Writes the audit log; null: nobody does. */
  readonly recorder: AuditRecorder | null;
}

/** Serves the APIs: all routes with a token. */
export async function apis(app: FastifyInstance, parts: ApiParts): Promise<void> {
  const { config, db, replica, requestLog, events, program, now, recorder } = parts;
  if (config.tracing) {
    const { traceRequests } = await import('../http/tracing/trace-requests.ts');
    traceRequests(app, config.tracing, requestLog, program);
  }
  const { policy } = config.audit;
  // Before the routes: each is asked what it does.
  if (recorder && policy !== 'off') auditRequests(app, { log: recorder, policy, noteFilter }, requestLog);
  const { admit, admitOperation } = await admissionOf(app, config, parts.findToken);
  // Bodies stay unread until the request is admitted; then they are streamed.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const closed = new AbortController();
  const signal = AbortSignal.any([closed.signal, ...(parts.stopping ? [parts.stopping] : [])]);
  const reads = readsOf(replica?.reads ?? db, config, { refresh: parts.refresh, log: app.log, signal });
  app.addHook('onClose', () => {
    closed.abort();
    return reads.ended;
  });
  const limits = config.exports;
  const { dataVersion, dataState } = reads;
  extractRoute(app, admit, { program, dataState, openExport: reads.openExport, now, limits });
  metricsRoute(app, admit, { program, state: dataState, open: reads.openGroups, now, limits });
  metricDefinitionsRoute(app, admit);
  summaryRoute(app, admit, reads.readSummary, now);
  odataRoute(app, admit, {
    program,
    dataVersion,
    openRows: reads.openRows,
    countRows: reads.countRows,
    state: dataState,
    openMetrics: reads.openGroups,
    now,
    limits,
  });
  const begin: BeginImport = async (onBusy, signal) => {
    const session = await beginImport(db.streams, FROM_HTTP, onBusy, signal);
    if (!replica) return session;
    const commit = () => session.commit().then(() => replica.catchUp());
    return { ...session, commit };
  };
  importRoutes(app, admit, {
    beginImport: begin,
    recordFailure: failureRecorder(db.pool, FROM_HTTP, (err, message) => app.log.warn({ err }, message)),
    limits: config.uploads,
    maxRemovalsPercent: config.maxRemovalsPercent,
  });
  erasuresRoute(app, admit, {
    async erase(people, { dryRun, onErased }, signal) {
      const erased = await erase(
        db.streams,
        people,
        { dryRun, rewrite: false, onWait: importBusy, keepList: parts.keepErasures, onErased },
        signal,
      );
      await replica?.catchUp();
      return { saved: !dryRun, ...erased };
    },
    timeoutMs: config.uploads.timeoutMs,
  });
  tokenRoutes(app, admit, {
    store: { ...tokenStore(db.prisma), findUnknown: (restriction) => findUnknown(db.pool, restriction) },
    maxLifetimeMs: config.tokenMaxLifetimeMs,
    timeoutMs: config.uploads.timeoutMs,
  });
  auditRoute(app, admit, { program, open: reads.openAudit, limits });
  graphqlRoute(app, admitOperation, {
    db: reads.db,
    readMetrics: reads.readMetrics,
    keptCounts: reads.keptCounts,
    program,
    dataVersion,
    dataState,
    clientLeft,
    bodyOf: ({ raw }, maxBytes) => uploadedText(raw, { maxBytes, timeoutMs: config.uploads.timeoutMs }),
    landing: config.graphiql ? graphiql(rootOf) : () => null,
    timeout: config.graphqlTimeoutMs,
    inTurn: reads.inTurn,
    bucketSize: config.rateLimits.points.size,
    persisted: config.persistedOperations,
    fast: config.graphqlFastPath,
  });
  if (config.monitoring) {
    const { monitor } = await import('../http/monitoring/monitor.ts');
    await monitor(app, config.monitoring, requestLog, events, {
      program,
      pools: {
        statements: db.pool,
        imports: db.streams,
        exports: reads.db.exports,
        operations: reads.db.operations,
      },
      queues: reads.queues,
      refreshed: reads.refreshed,
      audit: () => recorder?.state ?? NO_AUDIT,
      retentionMonths: config.retentionMonths,
      readState: async () => {
        const [state, expiringTokens] = await Promise.all([readStoredState(db.pool), countExpiringTokens(db.pool)]);
        return { ...state, expiringTokens };
      },
    });
  }
}

/** What is known of the audit log where none is written. */
const NO_AUDIT = { waiting: 0, spooledBytes: 0, written: 0, lost: 0 };

/** Returns what admits the requests of an app: their tokens are known, and their limits not exceeded. */
async function admissionOf(app: FastifyInstance, config: Config, findToken: FindViewer) {
  // Their packages take a tenth of a second and 30 MB, so they are loaded only where they are configured.
  const redis = config.redisUrl
    ? await (await import('../http/limits/redis.ts')).openRedis(app, config.redisUrl)
    : null;
  const findViewer = config.identityProvider
    ? (await import('../http/identity/provider.ts')).withIdentityProvider(config.identityProvider, findToken, app.log)
    : findToken;
  return admission(app, config.rateLimits, redis, findViewer);
}
