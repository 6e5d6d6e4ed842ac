import { type FastifyBaseLogger, type FastifyInstance, fastify } from 'fastify';
import type { Config } from '../config.ts';
import { AuditRecorder } from '../db/audit/recorder.ts';
import type { AuditSpool } from '../db/audit/spool.ts';
import { throwDatabaseError } from '../db/connection/errors/database-errors.ts';
import type { Database } from '../db/connection/open.ts';
import { isStandby } from '../db/connection/standby.ts';
import type { KeepErasures } from '../db/erasure/erase.ts';
import { REFRESH, type RefreshOptions } from '../db/kept/refresh.ts';
import { findMissing } from '../db/migrations/ready.ts';
import type { Replica } from '../db/servers/replica.ts';
import { findOutdated } from '../db/stored-data.ts';
import { TokenFinder } from '../db/tokens/token-finder.ts';
import type { ServiceEvents } from '../domain/service-events.ts';
import type { FindViewer } from '../http/authenticate.ts';
import { allowOrigins } from '../http/cors.ts';
import { handleErrors, sendFailure } from '../http/errors.ts';
import { FIXED_HEADERS } from '../http/headers.ts';
import { expectContinue } from '../http/node-quirks/expect-continue.ts';
import { resetHalfClosed } from '../http/node-quirks/half-closed.ts';
import { closeIdleConnections } from '../http/node-quirks/idle-connections.ts';
import { MalformedRequests } from '../http/node-quirks/malformed-requests.ts';
import { headersWhileClosing } from '../http/node-quirks/while-closing.ts';
import { requestId } from '../http/request-log/request-id.ts';
import { RequestLog } from '../http/request-log/request-log.ts';
import { trustOf } from '../http/request-log/trusted-proxies.ts';
import { canonicalTarget } from '../http/request-target.ts';
import type { ServiceLog } from '../log.ts';
import { MIGRATIONS, PROGRAM_VERSION } from '../package-info.ts';
import { healthRoutes } from '../rest/health/routes.ts';
import { awaitBody, limitLinger } from '../rest/import/upload.ts';
import { apis } from './apis.ts';
import { noteEvents } from './note-events.ts';
import { publicRoutes } from './public-routes.ts';

interface AppParts {
  readonly config: Config;
  readonly db: Database;
  /** What exports, metrics, GraphQL, OData and summaries are read from; by default `db`. */
  readonly replica?: Replica | null;
  readonly log: ServiceLog;
  /** Tells of what this instance does by itself: for the audit log, and syncs are counted with its imports. */
  readonly events?: ServiceEvents | null;
  /** Keeps the list of erasures outside of the database; by default nobody does. */
  readonly keepErasures?: KeepErasures;
  /** Version of the program. */
  readonly program?: string;
  /** Finds the viewer of a token; by default in the database. */
  readonly findToken?: FindViewer;
  /** The clock from which periods such as `last-week` are counted, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Aborted once the service is to stop; it may still accept requests for a while. */
  readonly stopping?: AbortSignal;
  /** When kept answers are computed again; null: never. */
  readonly refresh?: RefreshOptions | null;
  /** Where the audit log is written; by default to `db`, and what waits for that is in memory. */
  readonly audited?: { readonly pool: Database['pool']; readonly spool: AuditSpool | null };
}

const keepNowhere: KeepErasures = async () => {};

/** Assembles the service: its server, and all of its routes. It does not listen yet. */
export function createApp({
  config,
  db,
  log,
  program = PROGRAM_VERSION,
  now = Date.now,
  ...parts
}: AppParts): FastifyInstance {
  const tokens = new TokenFinder(db.pool, { adminTokens: config.adminTokens, graceMs: config.tokenGraceMs, log });
  const {
    findToken = (token: string) => tokens.find(token),
    replica = null,
    events = null,
    keepErasures = keepNowhere,
  } = parts;
  const { refresh = REFRESH, stopping, audited = { pool: db.pool, spool: null } } = parts;
  const { policy, days } = config.audit;
  const recorder = policy === 'off' ? null : new AuditRecorder({ ...audited, days, log });
  if (recorder && events) noteEvents(recorder, events);
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
  headersWhileClosing(app);
  closeIdleConnections(app);
  resetHalfClosed(app);
  handleErrors(app);
  app.addHook('onClose', () => tokens.close());
  app.addHook('onClose', () => recorder?.close());
  requestLog.watchCut(app);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).headers(FIXED_HEADERS);
    // What keeps connections open, such as a proxy, then opens its next one elsewhere, and loses no request to the end.
    if (stopping?.aborted) reply.header('connection', 'close');
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
    stopping,
  );
  publicRoutes(app, config, program);
  app.register((api) =>
    apis(api, {
      ...{ config, db, replica, requestLog, events, program, findToken, keepErasures, now, stopping, refresh },
      recorder,
    }),
  );
  return app;
}
