import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../domain/errors.ts';
import type { Admitted, Allowance } from '../../domain/viewer.ts';
import { authenticate, type FindViewer } from '../authenticate.ts';
import type { SharedRedis } from './redis.ts';
import { requestRate } from './request-rate.ts';
import { UnderWay } from './under-way.ts';

/** How much one token may ask for, or one address without a valid token; 0: any number. */
export interface RateLimits {
  readonly perSecond: number;
  readonly atOnce: number;
}

/**
 * Lets a request in: finds out whose it is and counts it; to be called once, first of all, for every request. All answers then say what is
 * left (docs/contract.md, "Rate limits").
 * Errors: NOT_AUTHENTICATED, RATE_LIMITED, DATABASE_UNAVAILABLE.
 */
export type Admit = (request: FastifyRequest, reply: FastifyReply) => Promise<Admitted>;

/** Seconds after which to try again where too many requests are under way. */
const RETRY_AFTER = 1;

/** Of all instances that share a Redis; without one, or while it is away, of this instance. */
export async function admission(
  app: FastifyInstance,
  limits: RateLimits,
  redis: SharedRedis | null,
  findViewer: FindViewer,
): Promise<Admit> {
  const callers = new WeakMap<FastifyRequest, string>();
  const count = await requestRate(app, limits.perSecond, (request) => callers.get(request) ?? '', redis);
  const underWay = new UnderWay(redis);
  app.addHook('onClose', async () => underWay.close());

  /** Counts a request; gives the refusal where it is one too many. */
  async function countRate(request: FastifyRequest, reply: FastifyReply): Promise<Share> {
    const limit = limits.perSecond;
    if (limit === 0) return { allowance: null, refusal: null };
    const { remaining, exceeded, seconds } = await count(request);
    reply.header('x-ratelimit-limit', limit).header('x-ratelimit-remaining', remaining);
    const refusal = exceeded ? { seconds, message: `These are more than ${limit} requests in a second.` } : null;
    return { allowance: { limit, remaining }, refusal };
  }

  /** Takes the request's place and gives what gives it back, or the refusal where there is none. */
  async function takePlace(caller: string, reply: FastifyReply): Promise<Share & { leave(): void }> {
    const limit = limits.atOnce;
    if (limit === 0) return UNCOUNTED;
    const { others, leave } = await underWay.enter(caller, limit);
    const remaining = Math.max(0, limit - others - 1);
    reply.header('x-ratelimit-concurrent-limit', limit).header('x-ratelimit-concurrent-remaining', remaining);
    const message = `These are more than ${limit} requests at once; wait until one has ended.`;
    const refusal = leave ? null : { seconds: RETRY_AFTER, message };
    return { allowance: { limit, remaining }, refusal, leave: leave ?? (() => {}) };
  }

  return async (request, reply) => {
    // Asked at once: of a client that has left the system tells no address.
    const { ip = '' } = request;
    // Whatever becomes of a request, its answer is closed, once; it may be so before we know whose it is.
    let closed = request.socket.destroyed;
    let leave = () => {};
    reply.raw.once('close', () => {
      closed = true;
      leave();
    });
    const viewer = await authenticate(request, findViewer).catch((error: unknown) => ({ error }));
    const caller = 'error' in viewer ? `address ${normalizeIP(ip)}` : viewer.caller;
    callers.set(request, caller);
    const place = closed ? UNCOUNTED : await takePlace(caller, reply);
    leave = place.leave;
    // It may have been closed while Redis was asked.
    if (closed) leave();
    const rate = await countRate(request, reply);
    const refusal = rate.refusal ?? place.refusal;
    if (refusal) refuse(reply, refusal);
    if ('error' in viewer) throw viewer.error;
    return { viewer, budget: { perSecond: rate.allowance, atOnce: place.allowance } };
  };
}

/** What one request has of a limit. */
interface Share {
  readonly allowance: Allowance | null;
  readonly refusal: Refusal | null;
}

const UNCOUNTED = { allowance: null, refusal: null, leave: () => {} };

interface Refusal {
  /** After which to try again. */
  readonly seconds: number;
  readonly message: string;
}

function refuse(reply: FastifyReply, { seconds, message }: Refusal): never {
  reply.header('retry-after', Math.max(1, seconds));
  throw new Failure('RATE_LIMITED', message);
}
