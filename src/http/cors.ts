import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { methodsOf } from './errors.ts';
import { pathOf } from './request-target.ts';

const OPTIONS: FastifyCorsOptions = {
  methods: ['GET', 'HEAD', 'POST'],
  allowedHeaders: [
    ...['X-SmartToken', 'Authorization', 'Accept', 'Content-Type', 'Content-Encoding', 'If-None-Match'],
    // Headers that Apollo’s clients and tracing add (W3C, Trace Context and Baggage).
    ...[
      'Apollo-Require-Preflight',
      'Apollographql-Client-Name',
      'Apollographql-Client-Version',
      'X-Apollo-Operation-Name',
    ],
    ...['Traceparent', 'Tracestate', 'Baggage'],
  ],
  exposedHeaders: [
    ...[
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Concurrent-Limit',
      'X-RateLimit-Concurrent-Remaining',
    ],
    ...[
      'X-Request-Id',
      'Link',
      'ETag',
      'Retry-After',
      'Content-Disposition',
      'Content-Length',
      'WWW-Authenticate',
      'Allow',
    ],
  ],
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
