import { type FastifyBaseLogger, type FastifyInstance, fastify } from 'fastify';
import type { Config } from './config.ts';
import { throwDatabaseError } from './db/connection/database-errors.ts';
import type { Database } from './db/connection/open.ts';
import { inSnapshot } from './db/connection/snapshot.ts';
import { isStandby } from './db/connection/standby.ts';
import { failureRecorder } from './db/history/record-import.ts';
import { beginImport } from './db/import/import-session.ts';
import { KeptMetrics, readerOfMetrics } from './db/metrics/kept-metrics.ts';
import { findStream, keepStream } from './db/metrics/kept-streams.ts';
import { openMetrics } from './db/metrics/open-metrics.ts';
import { findMissing } from './db/migrations/ready.ts';
import { currentDataState } from './db/query/data-state.ts';
import { currentVersion } from './db/query/data-version.ts';
import { openEntityRows } from './db/query/entity-rows.ts';
import { openExport } from './db/query/export.ts';
import { KeptCounts } from './db/query/kept-counts.ts';
import { countRows } from './db/query/pages.ts';
import { readSummary } from './db/query/summary.ts';
import type { Replica } from './db/servers/replica.ts';
import { findOutdated, readStoredState } from './db/stored-data.ts';
import { tokenFinder } from './db/tokens.ts';
import { FROM_HTTP } from './domain/import/import-record.ts';
import {
  DASHBOARD_PATH,
  FILES_PATH,
  GRAPHIQL_FILES_PATH,
  IMPORT_PATH,
  OPENAPI_PATH,
  REFERENCE_PATH,
  TABLEAU_PATH,
} from './domain/paths.ts';
import { MAX_COST } from './graphql/limits.ts';
import { operationQueue } from './graphql/operation/operation-queue.ts';
import { graphqlRoute } from './graphql/over-http/route.ts';
import type { FindViewer } from './http/authenticate.ts';
import { clientLeft } from './http/client-left.ts';
import { allowOrigins } from './http/cors.ts';
import { handleErrors, sendFailure } from './http/errors.ts';
import { exportSlots, inSlot, limitExports } from './http/limits/export-queue.ts';
import { metricsQueue } from './http/limits/metrics-queue.ts';
import { admission } from './http/limits/rate-limits.ts';
import { expectContinue } from './http/node-quirks/expect-continue.ts';
import { closeIdleConnections } from './http/node-quirks/idle-connections.ts';
import { MalformedRequests } from './http/node-quirks/malformed-requests.ts';
import { fileRoutes, publicRoute } from './http/public-files.ts';
import { requestId } from './http/request-log/request-id.ts';
import { RequestLog } from './http/request-log/request-log.ts';
import { trustOf } from './http/request-log/trusted-proxies.ts';
import { canonicalTarget, rootOf } from './http/request-target.ts';
import type { ServiceLog } from './log.ts';
import { MIGRATIONS, PROGRAM_VERSION } from './package-info.ts';
import { dashboardPage } from './pages/dashboard/page.ts';
import { PAGE_FILES } from './pages/files.ts';
import { GRAPHIQL_FILES } from './pages/graphiql/files.ts';
import { graphiql } from './pages/graphiql/landing.ts';
import { importPage } from './pages/import/page.ts';
import { referencePage } from './pages/reference/page.ts';
import { startPage } from './pages/start/page.ts';
import { tableauPage } from './pages/tableau/page.ts';
import { extractRoute } from './rest/extract/route.ts';
import { healthRoutes } from './rest/health/routes.ts';
import { type BeginImport, importRoutes } from './rest/import/route.ts';
import { awaitBody, limitLinger, uploadedText } from './rest/import/upload.ts';
import { metricDefinitionsRoute } from './rest/metrics/definitions.ts';
import { type MetricsSource, metricsRoute } from './rest/metrics/route.ts';
import { odataRoute } from './rest/odata/route.ts';
import { openapi } from './rest/openapi/document.ts';
import { summaryRoute } from './rest/summary/route.ts';

interface AppParts {
  readonly config: Config;
  readonly db: Database;
  /** What exports, metrics, GraphQL, OData and summaries are read from; by default `db`. */
  readonly replica?: Replica | null;
  readonly log: ServiceLog;
  /** Version of the program. */
  readonly program?: string;
  /** Finds the viewer of a token; by default in the database. */
  readonly findToken?: FindViewer;
  /** The clock from which periods such as `last-week` are counted, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Aborted once the service is to stop; it may still accept requests for a while. */
  readonly stopping?: AbortSignal;
}

/** Assembles the service. This is the table of all its routes. It does not listen yet. */
export function createApp({
  config,
  db,
  log,
  program = PROGRAM_VERSION,
  now = Date.now,
  ...parts
}: AppParts): FastifyInstance {
  const { findToken = tokenFinder(db.pool, config.adminTokens), replica = null } = parts;
  const reads = replica?.reads ?? db;
  const malformed = new MalformedRequests(config.corsOrigins);
  const trust = trustOf(config.trustedProxies);
  const requestLog = new RequestLog(log.isLevelEnabled('info'));
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: requestLog,
    genReqId: (raw) => requestId(raw, trust),
    trustProxy: trust ?? false,
    exposeHeadRoutes: false,
    rewriteUrl: canonicalTarget,
    frameworkErrors: sendFailure,
    clientErrorHandler: malformed.refuse,
    // Silent clients are probed by the operating system: otherwise a connection lost with its network would never be
    // noticed.
    http: { requireHostHeader: false, keepAlive: true, keepAliveInitialDelay: 60_000 },
  });
  // Only the routes with a token read bodies; elsewhere, path and method are checked before anything about a body.
  app.removeAllContentTypeParsers();
  closeIdleConnections(app);
  handleErrors(app);
  requestLog.watchCut(app);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    // What keeps connections open, such as a proxy, then opens its next one elsewhere, and loses no request to the end.
    if (parts.stopping?.aborted) reply.header('connection', 'close');
    limitLinger(request.raw, reply);
    done();
  });
  app.addHook('onSend', (request, reply, _payload, done) => awaitBody(request.raw, reply, done));
  malformed.watch(app);
  expectContinue(app.server);
  allowOrigins(app, config.corsOrigins);

  healthRoutes(
    app,
    () => findMissing(db.pool, MIGRATIONS),
    async () => ({
      ...((await isStandby(db.pool).catch(throwDatabaseError)) && { standby: true }),
      ...(replica && { reads: (await replica.whereabouts()).reads }),
    }),
    () => findOutdated(db.pool, config.readyMaxAgeMs),
    parts.stopping,
  );
  const description = openapi(program);
  publicRoute(app, OPENAPI_PATH, {
    headers: { 'content-type': 'application/json; charset=utf-8' },
    bytes: async (root) => Buffer.from(JSON.stringify({ ...description, servers: [{ url: root.slice(0, -1) }] })),
  });
  const pages = {
    '/': startPage(config),
    [DASHBOARD_PATH]: dashboardPage(config),
    [REFERENCE_PATH]: referencePage(config, description),
    [IMPORT_PATH]: importPage(config),
    [TABLEAU_PATH]: tableauPage(config, config.tableauLibrary),
  };
  for (const [url, { html, headers }] of Object.entries(pages))
    publicRoute(app, url, { headers, bytes: async (root) => Buffer.from(html(root)) });
  fileRoutes(app, FILES_PATH, PAGE_FILES);
  if (config.graphiql) fileRoutes(app, GRAPHIQL_FILES_PATH, GRAPHIQL_FILES);
  app.register(async (extract) => {
    if (config.tracing) {
      const { traceRequests } = await import('./http/tracing/trace-requests.ts');
      traceRequests(extract, config.tracing, requestLog, program);
    }
    // Their packages take a tenth of a second and 30 MB, so they are loaded only where they are configured.
    const redis = config.redisUrl
      ? await (await import('./http/limits/redis.ts')).openRedis(extract, config.redisUrl)
      : null;
    const findViewer = config.identityProvider
      ? (await import('./http/identity/provider.ts')).withIdentityProvider(
          config.identityProvider,
          findToken,
          extract.log,
        )
      : findToken;
    const { admit, admitOperation } = await admission(extract, config.rateLimits, redis, findViewer);
    // Bodies stay unread until the request is admitted; then they are streamed.
    extract.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const slots = exportSlots(config.exports);
    const metricsSlots = metricsQueue(config.metricsAtOnce);
    const keptMetrics = new KeptMetrics();
    const keptCounts = new KeptCounts();
    extractRoute(extract, admit, {
      program,
      dataVersion: () => currentVersion(reads.pool),
      openExport: limitExports(
        (request, signal) => openExport(reads, request, signal, config.exports.databaseStallTimeoutMs),
        slots,
      ),
      now,
      limits: config.exports,
    });
    const openGroups: MetricsSource['open'] = async (state, ask, signal) => {
      const findKept = () => findStream(keptMetrics, state.version, ask(state));
      const found = findKept();
      if (found) return found;
      // What waits for its turn here holds no slot that exports need. Once the first group has arrived, all are computed.
      const release = await metricsSlots.acquire(signal);
      try {
        const read = () =>
          inSlot(slots.pages, signal, async (untilEnd) => {
            const opened = await openMetrics(reads, ask, signal, config.exports.databaseStallTimeoutMs);
            const { groups, ...rest } = await keepStream(keptMetrics, opened);
            return { ...rest, groups: untilEnd(groups) };
          });
        // Whoever had the turn may have asked the same.
        return findKept() ?? (await read());
      } finally {
        release();
      }
    };
    metricsRoute(extract, admit, {
      program,
      state: () => currentDataState(reads.pool),
      open: openGroups,
      now,
      limits: config.exports,
    });
    metricDefinitionsRoute(extract, admit);
    const milliseconds = config.graphqlTimeoutMs;
    const { inTurn, use: operationsInUse } = operationQueue(reads.operations.options.max, milliseconds);
    summaryRoute(
      extract,
      admit,
      (where, viewer, signal) =>
        inTurn({ caller: viewer.caller, cost: MAX_COST, signal }, (waitedMs) =>
          inSnapshot(reads, { milliseconds, waitedMs, signal, single: true }, ({ query }) =>
            readSummary(query, keptCounts, where, viewer),
          ),
        ),
      now,
    );
    odataRoute(extract, admit, {
      program,
      dataVersion: () => currentVersion(reads.pool),
      openRows: (request, signal) =>
        inSlot(slots.pages, signal, async (untilEnd) => {
          const opened = await openEntityRows(reads, request, signal, config.exports.databaseStallTimeoutMs);
          return { ...opened, rows: untilEnd(opened.rows) };
        }),
      countRows: (entity, where, viewer, signal) =>
        inTurn({ caller: viewer.caller, cost: MAX_COST, signal }, (waitedMs) =>
          inSnapshot(reads, { milliseconds, waitedMs, signal, single: true }, ({ query }) =>
            countRows(query, entity, where),
          ),
        ),
      state: () => currentDataState(reads.pool),
      openMetrics: openGroups,
      now,
      limits: config.exports,
    });
    const begin: BeginImport = async (onBusy, signal) => {
      const session = await beginImport(db.streams, FROM_HTTP, onBusy, signal);
      if (!replica) return session;
      const commit = () => session.commit().then(() => replica.catchUp());
      return { ...session, commit };
    };
    importRoutes(extract, admit, {
      beginImport: begin,
      recordFailure: failureRecorder(db.pool, FROM_HTTP, (err, message) => extract.log.warn({ err }, message)),
      limits: config.uploads,
      maxRemovalsPercent: config.maxRemovalsPercent,
    });
    graphqlRoute(extract, admitOperation, {
      db: reads,
      readMetrics: readerOfMetrics(keptMetrics, (signal) => metricsSlots.acquire(signal)),
      keptCounts,
      program,
      dataVersion: () => currentVersion(reads.pool),
      dataState: () => currentDataState(reads.pool),
      clientLeft,
      bodyOf: ({ raw }, maxBytes) => uploadedText(raw, { maxBytes, timeoutMs: config.uploads.timeoutMs }),
      landing: config.graphiql ? graphiql(rootOf) : () => null,
      timeout: milliseconds,
      inTurn,
      bucketSize: config.rateLimits.points.size,
      persisted: config.persistedOperations,
      fast: config.graphqlFastPath,
    });
    if (config.monitoring) {
      const { monitor } = await import('./http/monitoring/monitor.ts');
      await monitor(extract, config.monitoring, requestLog, {
        program,
        pools: { statements: db.pool, imports: db.streams, exports: reads.exports, operations: reads.operations },
        queues: {
          downloads: () => slots.downloads.use(),
          pages: () => slots.pages.use(),
          metrics: () => metricsSlots.use(),
          operations: operationsInUse,
        },
        readState: () => readStoredState(db.pool),
      });
    }
  });
  return app;
}
