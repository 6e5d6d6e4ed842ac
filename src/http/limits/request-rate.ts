import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SharedRedis } from './redis.ts';

/** What is left after a request was counted. */
export interface RequestCount {
  readonly remaining: number;
  /** Whether it is one too many. */
  readonly exceeded: boolean;
  /** Until the count begins anew. */
  readonly seconds: number;
}

type CountRequest = (request: FastifyRequest) => Promise<RequestCount>;

/** Makes what counts the requests of a second by caller: of all instances where Redis is there, otherwise of this one. */
export async function requestRate(
  app: FastifyInstance,
  max: number,
  callerOf: (request: FastifyRequest) => string,
  redis: SharedRedis | null,
): Promise<CountRequest> {
  const settings = { global: false, max: max, timeWindow: 1000, keyGenerator: callerOf };
  const here = await counter(app, settings);
  if (redis === null) return here;
  const everywhere = await counter(app, { ...settings, redis: redis.client, nameSpace: 'interviews:second:' });
  return async (request) => (await redis.ask(() => everywhere(request))) ?? (await here(request));
}

/** The plug-in has one store in each context. */
async function counter(app: FastifyInstance, settings: object): Promise<CountRequest> {
  let count: ReturnType<FastifyInstance['createRateLimit']> | undefined;
  await app.register(async (context) => {
    await context.register(rateLimit, settings);
    count = context.createRateLimit();
  });
  return async (request) => {
    const found = await count?.(request);
    // Nobody is on the list of those whose requests aren't counted.
    if (!found || found.isAllowed) throw new Error('a request was not counted');
    return { remaining: found.remaining, exceeded: found.isExceeded, seconds: found.ttlInSeconds };
  };
}
