import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SharedRedis } from './redis.ts';

/** The state of a caller's limit after a request was counted. */
export interface RequestCount {
  readonly remaining: number;
  /** Whether the request exceeds the limit. */
  readonly exceeded: boolean;
  /** Seconds until the count restarts. */
  readonly seconds: number;
}

type CountRequest = (request: FastifyRequest) => Promise<RequestCount>;

/**
 * Returns the function that counts the requests of a second by caller: across all instances if Redis is available,
 * otherwise in this one.
 */
export async function requestRate(
  app: FastifyInstance,
  max: number,
  callerOf: (request: FastifyRequest) => string,
  redis: SharedRedis | null,
): Promise<CountRequest> {
  const settings = { global: false, max: max, timeWindow: 1000, keyGenerator: callerOf };
  const local = await counter(app, settings);
  if (redis === null) return local;
  const shared = await counter(app, { ...settings, redis: redis.client, nameSpace: 'interviews:second:' });
  return async (request) => (await redis.query(() => shared(request))) ?? (await local(request));
}

/** Returns a counter with a store of its own: the plug-in has one store per context. */
async function counter(app: FastifyInstance, settings: object): Promise<CountRequest> {
  let count: ReturnType<FastifyInstance['createRateLimit']> | undefined;
  await app.register(async (context) => {
    await context.register(rateLimit, settings);
    count = context.createRateLimit();
  });
  return async (request) => {
    const found = await count?.(request);
    // The plug-in's allow list is empty.
    if (!found || found.isAllowed) throw new Error('a request was not counted');
    return { remaining: found.remaining, exceeded: found.isExceeded, seconds: found.ttlInSeconds };
  };
}
