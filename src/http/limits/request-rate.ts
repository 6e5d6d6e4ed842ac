import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LocalCounts } from './local-counts.ts';
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

/** What is counted: the requests of each caller in a second or a minute, and how many there may be. */
interface Rate {
  readonly window: 'second' | 'minute';
  max(request: FastifyRequest): number;
  callerOf(request: FastifyRequest): string;
}

const WINDOWS_MS = { second: 1_000, minute: 60_000 };

/** Returns the function that counts requests: across all instances if Redis is available, otherwise in this one. */
export async function requestRate(
  app: FastifyInstance,
  { window, max, callerOf }: Rate,
  redis: SharedRedis | null,
): Promise<CountRequest> {
  const settings = { global: false, max, timeWindow: WINDOWS_MS[window], keyGenerator: callerOf };
  const local = await counter(app, { ...settings, store: LocalCounts });
  if (redis === null) return local;
  const shared = await counter(app, { ...settings, redis: redis.client, nameSpace: `interviews:${window}:` });
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
