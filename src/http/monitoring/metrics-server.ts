import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Registry } from 'prom-client';
import { FIXED_HEADERS } from '../headers.ts';

const PATH = '/metrics';

/** Milliseconds for a request to arrive. It has no body. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Scrapers of one instance are few. */
const MAX_CONNECTIONS = 50;

/** Returns a server of `GET /metrics` alone. `tokens`: those that are accepted; empty: none is needed. It does not listen yet. */
export function metricsServer(registry: Registry, tokens: readonly string[]): Server {
  const hashes = tokens.map(hashOf);
  const isAllowed = ({ headers }: IncomingMessage): boolean => {
    if (hashes.length === 0) return true;
    const sent = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
    if (sent === undefined) return false;
    const hash = hashOf(sent);
    return hashes.some((known) => timingSafeEqual(known, hash));
  };
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, async (request, response) => {
    for (const [name, value] of Object.entries(FIXED_HEADERS)) response.setHeader(name, value);
    const refuse = (status: number, text: string, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers }).end(`${text}\n`);
    if (request.url?.split('?')[0] !== PATH) return refuse(404, `There is only ${PATH} here.`);
    if (request.method !== 'GET') return refuse(405, `${PATH} is for GET.`, { Allow: 'GET' });
    if (!isAllowed(request))
      return refuse(401, 'A token of METRICS_TOKEN is required, as Authorization: Bearer.', {
        'WWW-Authenticate': 'Bearer realm="metrics"',
      });
    try {
      const body = await registry.metrics();
      return response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(body);
    } catch {
      return refuse(500, 'The metrics can’t be collected.');
    }
  });
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
