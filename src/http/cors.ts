import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { methodsOf } from './errors.ts';
import { REQUEST_HEADERS, RESPONSE_HEADERS } from './headers.ts';
import { pathOf } from './request-target.ts';

const OPTIONS: FastifyCorsOptions = {
  methods: ['GET', 'HEAD', 'POST'],
  allowedHeaders: [...REQUEST_HEADERS],
  exposedHeaders: [...RESPONSE_HEADERS],
  // The service uses no cookies.
  credentials: false,
  // Seconds; the maximum in Chromium.
  maxAge: 7_200,
};

/**
 * Lets pages of these origins (`*`: any) read every response, including errors (Fetch, "CORS protocol"). A preflight
 * needs no token and isn't counted. With no origins nothing changes.
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const options = { ...OPTIONS, origin: origins.includes('*') ? '*' : [...origins] };
  app.register(cors, {
    delegator: (request: FastifyRequest, done: (error: null, options: FastifyCorsOptions) => void) =>
      done(null, { ...options, preflight: isPreflight(app, request) }),
  });
  // A route that sets Vary replaces the value of the plug-in.
  app.addHook('onSend', async (_request, reply) => {
    const vary = String(reply.getHeader('vary') ?? '');
    if (!/\bOrigin\b/.test(vary)) reply.header('vary', `${vary}, Origin`);
  });
}

/**
 * Returns whether a request is a preflight for an existing path. Other OPTIONS requests, and other paths, are refused
 * as without CORS.
 */
const isPreflight = (app: FastifyInstance, request: FastifyRequest): boolean =>
  request.headers.origin !== undefined &&
  request.headers['access-control-request-method'] !== undefined &&
  methodsOf(app, pathOf(request)).length > 0;
