import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../domain/errors.ts';
import type { Admitted, Allowance } from '../../domain/viewer.ts';
import { authenticate, type FindViewer } from '../authenticate.ts';
import { ConcurrentRequests } from './concurrent-requests.ts';
import type { SharedRedis } from './redis.ts';
import { requestRate } from './request-rate.ts';

/** Limits of one token, or of one address without a valid token; 0: no limit. */
export interface RateLimits {
  readonly perSecond: number;
  readonly atOnce: number;
}

/**
 * Admits a request: finds its viewer and counts it. Call it once per request, before anything else. Every response then
 * says what is left of the limits (docs/contract.md, "Rate limits").
 *
 * Errors: NOT_AUTHENTICATED, RATE_LIMITED, DATABASE_UNAVAILABLE, IDENTITY_PROVIDER_UNAVAILABLE.
 */
export type Admit = (request: FastifyRequest, reply: FastifyReply) => Promise<Admitted>;

/** Seconds after which to retry if too many requests are in progress. */
const RETRY_AFTER_SECONDS = 1;

/**
 * Returns the admission of requests. The limits hold across all instances that share a Redis; without one, or while it
 * is unavailable, for this instance.
 */
export async function admission(
  app: FastifyInstance,
  limits: RateLimits,
  redis: SharedRedis | null,
  findViewer: FindViewer,
): Promise<Admit> {
  const callers = new WeakMap<FastifyRequest, string>();
  const count = await requestRate(app, limits.perSecond, (request) => callers.get(request) ?? '', redis);
  const concurrent = new ConcurrentRequests(redis);
  app.addHook('onClose', async () => concurrent.close());

  /** Counts a request; returns the refusal if it exceeds the limit. */
  async function countRate(request: FastifyRequest, reply: FastifyReply): Promise<LimitShare> {
    const limit = limits.perSecond;
    if (limit === 0) return { allowance: null, refusal: null };
    const { remaining, exceeded, seconds } = await count(request);
    reply.header('x-ratelimit-limit', limit).header('x-ratelimit-remaining', remaining);
    const refusal = exceeded ? { seconds, message: `More than ${limit} requests in one second.` } : null;
    return { allowance: { limit, remaining }, refusal };
  }

  /** Acquires a slot for the request and returns its release, or the refusal if there is none. */
  async function acquireSlot(caller: string, reply: FastifyReply): Promise<LimitShare & { release(): void }> {
    const limit = limits.atOnce;
    if (limit === 0) return UNCOUNTED;
    const { others, release } = await concurrent.acquire(caller, limit);
    const remaining = Math.max(0, limit - others - 1);
    reply.header('x-ratelimit-concurrent-limit', limit).header('x-ratelimit-concurrent-remaining', remaining);
    const message = `More than ${limit} concurrent requests; wait for one to finish.`;
    const refusal = release ? null : { seconds: RETRY_AFTER_SECONDS, message };
    return { allowance: { limit, remaining }, refusal, release: release ?? (() => {}) };
  }

  return async (request, reply) => {
    // Read at once: once a client has disconnected, the operating system no longer knows its address.
    const { ip = '' } = request;
    // Whatever happens to a request, its response is closed once, possibly before its viewer is known.
    let closed = request.socket.destroyed;
    let release = () => {};
    reply.raw.once('close', () => {
      closed = true;
      release();
    });
    const viewer = await authenticate(request, findViewer).catch((error: unknown) => ({ error }));
    const caller = 'error' in viewer ? `address ${normalizeIP(ip)}` : viewer.caller;
    callers.set(request, caller);
    const slot = closed ? UNCOUNTED : await acquireSlot(caller, reply);
    release = slot.release;
    // It may have been closed while Redis was being queried.
    if (closed) release();
    const rate = await countRate(request, reply);
    const refusal = rate.refusal ?? slot.refusal;
    if (refusal) refuse(reply, refusal);
    if ('error' in viewer) throw viewer.error;
    return { viewer, budget: { perSecond: rate.allowance, atOnce: slot.allowance } };
  };
}

/** The share of a limit that one request gets. */
interface LimitShare {
  readonly allowance: Allowance | null;
  readonly refusal: RateRefusal | null;
}

const UNCOUNTED = { allowance: null, refusal: null, release: () => {} };

interface RateRefusal {
  /** Seconds after which to retry. */
  readonly seconds: number;
  readonly message: string;
}

function refuse(reply: FastifyReply, { seconds, message }: RateRefusal): never {
  reply.header('retry-after', Math.max(1, seconds));
  throw new Failure('RATE_LIMITED', message);
}
