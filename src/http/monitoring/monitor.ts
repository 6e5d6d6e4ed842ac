import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { type Listening, toListenFailure } from '../../domain/configuration/listening.ts';
import type { ServiceEvents } from '../../domain/service-events.ts';
import type { RequestLog } from '../request-log/request-log.ts';
import { importMetrics } from './import-metrics.ts';
import { metricsServer } from './metrics-server.ts';
import { requestMetrics } from './request-metrics.ts';
import { stateMetrics, type WatchedState } from './state-metrics.ts';

/** Where metrics are served, and to whom. */
export interface MonitoringConfig {
  /** 0 picks a free one. */
  readonly port: number;
  readonly host: string;
  /** The tokens that are accepted; empty: none is needed. */
  readonly tokens: readonly string[];
}

/**
 * Counts the requests of the app and the syncs, and serves `GET /metrics` on a port of its own, from now on until the app is closed and its last
 * request has ended. Errors: BAD_CONFIGURATION if the address can't be listened on.
 */
export async function monitor(
  app: FastifyInstance,
  { port, host, tokens }: MonitoringConfig,
  requestLog: RequestLog,
  events: ServiceEvents | null,
  state: WatchedState,
): Promise<void> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  stateMetrics(registry, state);
  const countImport = importMetrics(registry);
  requestLog.observe(requestMetrics(registry, countImport));
  events?.on('sync', (sync) => countImport({ origin: 'sync', ...sync }));
  const server = metricsServer(registry, tokens);
  const where: Listening = { port, host, names: { port: 'METRICS_PORT', host: 'METRICS_HOST' } };
  server.listen(port, host);
  await once(server, 'listening').catch((error: unknown) => {
    throw toListenFailure(error, where);
  });
  app.log.info({ port: (server.address() as AddressInfo).port, host }, 'metrics are served');
  app.addHook('onClose', async () => {
    server.close();
    server.closeAllConnections();
  });
}
