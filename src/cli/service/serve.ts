import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { createApp } from '../../app/create-app.ts';
import type { Config } from '../../config.ts';
import { lockService, type ServiceLock } from '../../db/connection/locks/service-lock.ts';
import { countStoredRows, readDataOrigin } from '../../db/stored-data.ts';
import { toListenFailure } from '../../domain/configuration/listening.ts';
import { EXTRACT_PATH, GRAPHQL_PATH, ODATA_PATH } from '../../domain/paths.ts';
import type { ServiceEvents } from '../../domain/service-events.ts';
import type { Announce, CommandContext } from '../command-context.ts';
import { erasuresFile } from '../terminal/erasures-file.ts';
import { openAudit } from './audit.ts';
import type { OpenDatabase } from './database.ts';
import { firstToken } from './first-token.ts';
import { openReplica } from './replica.ts';
import { loadSample } from './sample.ts';
import { scheduledRetention } from './scheduled-retention.ts';
import { scheduledSync } from './scheduled-sync.ts';

/** Milliseconds that requests in progress get after Ctrl-C or SIGTERM. */
const SHUTDOWN_TIMEOUT_MS = 30_000;

interface ServeContext extends CommandContext {
  /** Says on the terminal what the first start is doing. */
  readonly announce: Announce;
}

/**
 * Serves REST, GraphQL and the web pages until the signal is aborted and the requests in progress have ended.
 *
 * Errors: BAD_CONFIGURATION; CONFLICT if the embedded database is served already; DATABASE_UNAVAILABLE.
 */
export async function serve(db: OpenDatabase, { config, log, signal, announce }: ServeContext): Promise<void> {
  const replica = await openReplica(config, db, log);
  const { pool, spool, close: closeAudit } = await openAudit(config, db, log);
  const events: ServiceEvents = new EventEmitter();
  const app = createApp({
    ...{ config, db, replica, log, events, stopping: signal },
    keepErasures: erasuresFile(config.erasuresFile).keep,
    audited: { pool, spool },
  });
  // One request must not end the service for all others.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled promise rejection'));
  let lock: ServiceLock | null = null;
  try {
    // Errors in the configured files are reported before anything is changed.
    await app.ready();
    lock = db.embedded ? await lockService(db.pool, db.embedded.dataDir) : null;
    if (db.embedded && config.sample) await loadSample(db, announce);
    const token = await firstToken(db);
    const address = await listen(app, config);
    await lock?.announce(address);
    process.stdout.write(await greeting(address, db, token, config));
    const syncing = scheduledSync(db, { config, log, signal }, events);
    const retaining = scheduledRetention(db, { config, log, signal }, events, async () => replica?.catchUp());
    if (!signal.aborted) await once(signal, 'abort');
    await Promise.all([syncing, retaining]);
    if (config.drainMs > 0) {
      log.info({ milliseconds: config.drainMs }, 'stopping: not ready any more, but still accepting requests');
      await sleep(config.drainMs);
    }
    await close(app);
  } finally {
    await app.close();
    await closeAudit();
    await replica?.reads.close();
    lock?.release();
  }
}

/** Listens and returns the URL of the service. Errors: BAD_CONFIGURATION if the address can't be listened on. */
async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw toListenFailure(error, { host, port, names: { port: 'PORT', host: 'HOST' } });
  }
  const { address, family, port: taken } = app.server.address() as AddressInfo;
  const everywhere = address === '0.0.0.0' || address === '::';
  const name = everywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${name}:${taken}`;
}

async function greeting(address: string, db: OpenDatabase, token: string | null, config: Config): Promise<string> {
  const [rows, from] = await Promise.all([countStoredRows(db.pool), readDataOrigin(db.pool)]);
  const origin = from === 'sample' ? 'the sample extract; `npm run import -- FILE` replaces it' : 'imported';
  const tokenAdvice =
    config.adminTokens.length === 0
      ? 'create one with `TOKEN=$(npm run -s token -- create --name NAME)`'
      : 'one of ADMIN_TOKEN, or of the file in ADMIN_TOKEN_FILE';
  return [
    `Interviews Data Service at ${address}`,
    `Data    ${db.location}, ${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'} (${rows === 0 ? 'nothing imported yet' : origin})`,
    token === null ? `Token   ${tokenAdvice}` : `Token   ${token}`,
    `Pages   ${address}/ (downloads, dashboard, imports, Tableau, API reference)`,
    `OData   ${address}${ODATA_PATH}/ (Excel, Power BI, Tableau: any user name, and the token as password)`,
    `GraphQL ${address}${GRAPHQL_PATH}${config.graphiql ? ' (in a browser: GraphiQL, with examples)' : ''}`,
    `curl -f -H 'Accept: text/csv' -H "X-SmartToken: ${token ?? '$TOKEN'}" '${address}${EXTRACT_PATH}' -o interviews-extract.csv`,
    '',
  ].join('\n');
}

/** Closes the app. Requests in progress may end first, within the timeout. */
async function close(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), SHUTDOWN_TIMEOUT_MS);
  await app.close();
  clearTimeout(timer);
}
