import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { methodsOf } from './errors.ts';
import { pathOf } from './request-target.ts';

const OPTIONS: FastifyCorsOptions = {
  methods: ['GET', 'HEAD', 'POST'],
  allowedHeaders: [
    ...['X-SmartToken', 'Authorization', 'Accept', 'Content-Type', 'Content-Encoding', 'If-None-Match'],
    // What Apollo’s clients add of their own, and tracing (W3C, Trace Context and Baggage).
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
  // There are no cookies here.
  credentials: false,
  // Seconds; the most that Chromium keeps.
  maxAge: 7_200,
};

/**
 * Lets pages of these origins (`*`: any) read every answer, those of errors too (Fetch, "CORS protocol"). What a browser asks beforehand
 * needs no token and isn't counted. Without an origin nothing is different.
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const options = { ...OPTIONS, origin: origins.includes('*') ? '*' : [...origins] };
  app.register(cors, {
    delegator: (request: FastifyRequest, done: (error: null, options: FastifyCorsOptions) => void) =>
      done(null, { ...options, preflight: isPreflight(app, request) }),
  });
  // Routes that say what else their answers depend on put that in its place.
  app.addHook('onSend', async (_request, reply) => {
    const vary = String(reply.getHeader('vary') ?? '');
    if (!/\bOrigin\b/.test(vary)) reply.header('vary', `${vary}, Origin`);
  });
}

/** Other OPTIONS requests, and paths that don't exist, are refused as without CORS. */
const isPreflight = (app: FastifyInstance, request: FastifyRequest): boolean =>
  request.headers.origin !== undefined &&
  request.headers['access-control-request-method'] !== undefined &&
  methodsOf(app, pathOf(request)).length > 0;
