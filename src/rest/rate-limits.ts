import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../domain/errors.ts';
import type { Viewer } from '../domain/viewer.ts';
import { authenticate, type FindViewer } from './authenticate.ts';
import { requestRate } from './request-rate.ts';
import type { SharedRedis } from './shared-redis.ts';
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
export type Admit = (request: FastifyRequest, reply: FastifyReply) => Promise<Viewer>;

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
  async function countRate(request: FastifyRequest, reply: FastifyReply): Promise<Refusal | null> {
    if (limits.perSecond === 0) return null;
    const { remaining, exceeded, seconds } = await count(request);
    reply.header('x-ratelimit-limit', limits.perSecond).header('x-ratelimit-remaining', remaining);
    return exceeded ? { seconds, message: `These are more than ${limits.perSecond} requests in a second.` } : null;
  }

  /** Gives what ends the request's share, or the refusal where there is no place. */
  async function takePlace(caller: string, reply: FastifyReply): Promise<(() => void) | Refusal> {
    if (limits.atOnce === 0) return () => {};
    const { others, leave } = await underWay.enter(caller, limits.atOnce);
    reply
      .header('x-ratelimit-concurrent-limit', limits.atOnce)
      .header('x-ratelimit-concurrent-remaining', Math.max(0, limits.atOnce - others - 1));
    if (leave) return leave;
    return {
      seconds: RETRY_AFTER,
      message: `These are more than ${limits.atOnce} requests at once; wait until one has ended.`,
    };
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
    const caller = 'error' in viewer ? `address ${normalizeIP(ip)}` : `token ${viewer.name}`;
    callers.set(request, caller);
    const place = closed ? () => {} : await takePlace(caller, reply);
    if (typeof place === 'function') {
      leave = place;
      // It may have been closed while Redis was asked.
      if (closed) leave();
    }
    const over = await countRate(request, reply);
    if (over) refuse(reply, over);
    if (typeof place !== 'function') refuse(reply, place);
    if ('error' in viewer) throw viewer.error;
    return viewer;
  };
}

interface Refusal {
  /** After which to try again. */
  readonly seconds: number;
  readonly message: string;
}

function refuse(reply: FastifyReply, { seconds, message }: Refusal): never {
  reply.header('retry-after', Math.max(1, seconds));
  throw new Failure('RATE_LIMITED', message);
}
