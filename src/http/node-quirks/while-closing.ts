import type { FastifyInstance } from 'fastify';
import { FIXED_HEADERS } from '../headers.ts';

/**
 * Gives the headers of every response to the 503 with which Fastify itself answers what arrives on an open connection once the app closes; no
 * hook sees those requests.
 */
export function headersWhileClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.server.prependListener('request', (_request, response) => {
    if (!closing) return;
    for (const [name, value] of Object.entries(FIXED_HEADERS)) response.setHeader(name, value);
  });
}
