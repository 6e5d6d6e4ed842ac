import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { actorOf } from '../../domain/audit/actor.ts';
import { Failure } from '../../domain/errors.ts';
import type { Allowance, RateBudget, Viewer } from '../../domain/viewer.ts';
import { authenticate, type FindViewer } from '../authenticate.ts';
import { recordOf } from '../request-log/request-record.ts';
import { clientAddress } from '../request-log/trusted-proxies.ts';
import { onceOver } from '../response-over.ts';
import { ConcurrentRequests } from './concurrent-requests.ts';
import { PointBuckets, type PointLimits } from './point-buckets.ts';
import type { SharedRedis } from './redis.ts';
import { RequestPoints } from './request-points.ts';
import { requestRate } from './request-rate.ts';

/** Limits of one token; 0: no limit. */
export interface RateLimits {
  /** Requests for the extract, and all requests of one address without a valid token. */
  readonly perSecond: number;
  readonly atOnce: number;
  /** GraphQL requests in progress on one instance, waiting ones included. */
  readonly operationsAtOnce: number;
  /** Points for GraphQL operations. */
  readonly points: PointLimits;
}

/**
 * Admits a request: finds its viewer and counts it. Call it once per request, before anything else. Every response then
 * says what is left of the limits (docs/contract.md, "Rate limits").
 *
 * Errors: NOT_AUTHENTICATED, RATE_LIMITED, DATABASE_UNAVAILABLE, IDENTITY_PROVIDER_UNAVAILABLE.
 */
export type Admit<T = Admitted> = (request: FastifyRequest, reply: FastifyReply) => Promise<T>;

/** An admitted request. */
export interface Admitted {
  readonly viewer: Viewer;
}

/** An admitted GraphQL request. It has taken no points yet. */
export interface AdmittedOperation extends Admitted {
  readonly points: RequestPoints;
  readonly budget: RateBudget;
}

/** Seconds after which to retry if too many requests are in progress. */
const RETRY_AFTER_SECONDS = 1;

/** Callers whose last count of a second is kept in memory. */
const MAX_COUNTED = 10_000;

/**
 * Returns the admission of requests for the extract, and that of GraphQL requests. The limits hold across all instances
 * that share a Redis; without one, or while it is unavailable, for this instance.
 */
export async function admission(
  app: FastifyInstance,
  limits: RateLimits,
  redis: SharedRedis | null,
  findViewer: FindViewer,
): Promise<{ readonly admit: Admit; readonly admitOperation: Admit<AdmittedOperation> }> {
  const callers = new WeakMap<FastifyRequest, { readonly name: string; readonly perMinute: number }>();
  const callerOf = (request: FastifyRequest) => callers.get(request)?.name ?? '';
  const count = await requestRate(app, { window: 'second', max: () => limits.perSecond, callerOf }, redis);
  const ownMax = (request: FastifyRequest) => callers.get(request)?.perMinute ?? 0;
  const countOwn = await requestRate(app, { window: 'minute', max: ownMax, callerOf }, redis);
  const lastCounts = new LRUCache<string, number>({ max: MAX_COUNTED });
  const concurrent = new ConcurrentRequests(redis);
  // What they hold is memory of this instance.
  const operations = new ConcurrentRequests(null);
  const buckets = new PointBuckets(limits.points, redis);
  app.addHook('onClose', async () => {
    concurrent.close();
    operations.close();
  });

  /** Counts a request; returns the refusal if it exceeds the limit. */
  async function countRate(request: FastifyRequest, caller: string, reply: FastifyReply): Promise<RateRefusal | null> {
    const limit = limits.perSecond;
    if (limit === 0) return null;
    callers.set(request, { name: caller, perMinute: 0 });
    const { remaining, exceeded, seconds } = await count(request);
    lastCounts.set(caller, remaining, { ttl: Math.max(1, seconds) * 1000 });
    reply.header('x-ratelimit-limit', limit).header('x-ratelimit-remaining', remaining);
    return exceeded ? { limit: 'per_second', seconds, message: `More than ${limit} requests in one second.` } : null;
  }

  /** Counts a request of a token with a rate of its own; returns the refusal if it exceeds that. */
  async function countOwnRate(
    request: FastifyRequest,
    caller: string,
    perMinute: number,
    reply: FastifyReply,
  ): Promise<RateRefusal | null> {
    callers.set(request, { name: caller, perMinute });
    const { remaining, exceeded, seconds } = await countOwn(request);
    reply.header('x-ratelimit-limit', perMinute).header('x-ratelimit-remaining', remaining);
    return exceeded
      ? { limit: 'per_minute', seconds, message: `More than ${perMinute} requests in one minute.` }
      : null;
  }

  /** Acquires a slot for the request and returns its release, or the refusal if there is none. */
  async function acquireSlot(
    slots: ConcurrentRequests,
    caller: string,
    limit: number,
    reply: FastifyReply,
  ): Promise<{ readonly refusal: RateRefusal | null; release(): void }> {
    if (limit === 0) return UNCOUNTED;
    const { others, release } = await slots.acquire(caller, limit);
    const remaining = Math.max(0, limit - others - 1);
    reply.header('x-ratelimit-concurrent-limit', limit).header('x-ratelimit-concurrent-remaining', remaining);
    const message = `More than ${limit} concurrent requests; wait for one to finish.`;
    return {
      refusal: release ? null : { limit: 'concurrent', seconds: RETRY_AFTER_SECONDS, message },
      release: release ?? (() => {}),
    };
  }

  /** Admits a request; requests with a valid token only by its slot if `isOperation`: their points are counted later. */
  async function enter(request: FastifyRequest, reply: FastifyReply, isOperation: boolean): Promise<Viewer> {
    // Read at once: once a client has disconnected, the operating system no longer knows its address.
    const address = clientAddress(request);
    const record = recordOf(request);
    record.address = address;
    // Whatever happens to a request, its response is over once, possibly before its viewer is known.
    let isOver = false;
    let release = () => {};
    onceOver(request, reply, () => {
      isOver = true;
      release();
    });
    const viewer = await authenticate(request, findViewer).catch((error: unknown) => ({ error }));
    if (!('error' in viewer)) {
      record.caller = viewer.name;
      record.audit.actor = actorOf(viewer);
    }
    const byPoints = isOperation && !('error' in viewer);
    const caller = 'error' in viewer ? `address ${normalizeIP(address)}` : viewer.caller;
    const [slots, atOnce] = byPoints ? [operations, limits.operationsAtOnce] : [concurrent, limits.atOnce];
    const slot = isOver ? UNCOUNTED : await acquireSlot(slots, caller, atOnce, reply);
    release = slot.release;
    // It may have come to its end while Redis was being queried.
    if (isOver) release();
    const perMinute = 'error' in viewer ? undefined : viewer.ratePerMinute;
    const tooMany =
      perMinute !== undefined
        ? await countOwnRate(request, caller, perMinute, reply)
        : byPoints
          ? null
          : await countRate(request, caller, reply);
    const refusal = tooMany ?? slot.refusal;
    if (refusal) {
      record.limit = refusal.limit;
      refuse(reply, refusal);
    }
    if ('error' in viewer) throw viewer.error;
    return viewer;
  }

  const budgetOf = ({ caller, ratePerMinute }: Viewer, points: RequestPoints): RateBudget => ({
    points: () => points.allowance,
    perSecond: () =>
      ratePerMinute === undefined ? allowance(limits.perSecond, lastCounts.get(caller) ?? limits.perSecond) : null,
    async atOnce() {
      if (limits.atOnce === 0) return null;
      // Of no slots at all none can be acquired.
      const { others } = await concurrent.acquire(caller, 0);
      return allowance(limits.atOnce, Math.max(0, limits.atOnce - others));
    },
  });

  return {
    admit: async (request, reply) => ({ viewer: await enter(request, reply, false) }),
    async admitOperation(request, reply) {
      const viewer = await enter(request, reply, true);
      const points = new RequestPoints(buckets, viewer.caller, reply);
      return { viewer, points, budget: budgetOf(viewer, points) };
    },
  };
}

const allowance = (limit: number, remaining: number): Allowance | null => (limit === 0 ? null : { limit, remaining });

const UNCOUNTED = { refusal: null, release: () => {} };

interface RateRefusal {
  readonly limit: 'per_second' | 'per_minute' | 'concurrent';
  /** Seconds after which to retry. */
  readonly seconds: number;
  readonly message: string;
}

function refuse(reply: FastifyReply, { seconds, message }: RateRefusal): never {
  reply.header('retry-after', Math.max(1, seconds));
  throw new Failure('RATE_LIMITED', message);
}
