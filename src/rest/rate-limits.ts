import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../domain/errors.ts';
import type { Viewer } from '../domain/viewer.ts';
import { authenticate, type FindViewer } from './authenticate.ts';

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

/** The counts are this process's own. */
export async function admission(app: FastifyInstance, limits: RateLimits, findViewer: FindViewer): Promise<Admit> {
  await app.register(rateLimit, { global: false });
  const callers = new WeakMap<FastifyRequest, string>();
  const count = app.createRateLimit({
    max: limits.perSecond,
    timeWindow: 1000,
    keyGenerator: (request) => callers.get(request) ?? '',
  });
  const underWay = new Map<string, number>();

  /** Counts a request; gives the refusal where it is one too many. */
  async function countRate(request: FastifyRequest, reply: FastifyReply): Promise<Refusal | null> {
    if (limits.perSecond === 0) return null;
    const found = await count(request);
    if (found.isAllowed) return null;
    reply.header('x-ratelimit-limit', limits.perSecond).header('x-ratelimit-remaining', found.remaining);
    if (!found.isExceeded) return null;
    return { seconds: found.ttlInSeconds, message: `These are more than ${limits.perSecond} requests in a second.` };
  }

  /** Gives what ends the request's share, or the refusal where there is no place. */
  function takePlace(caller: string, reply: FastifyReply): (() => void) | Refusal {
    if (limits.atOnce === 0) return () => {};
    const before = underWay.get(caller) ?? 0;
    reply
      .header('x-ratelimit-concurrent-limit', limits.atOnce)
      .header('x-ratelimit-concurrent-remaining', Math.max(0, limits.atOnce - before - 1));
    if (before >= limits.atOnce)
      return {
        seconds: RETRY_AFTER,
        message: `These are more than ${limits.atOnce} requests at once; wait until one has ended.`,
      };
    underWay.set(caller, before + 1);
    return () => {
      const left = (underWay.get(caller) ?? 1) - 1;
      if (left === 0) underWay.delete(caller);
      else underWay.set(caller, left);
    };
  }

  return async (request, reply) => {
    // Whatever becomes of a request, its answer is closed, once; it may be so before we know whose it is.
    let closed = request.socket.destroyed;
    let leave = () => {};
    reply.raw.once('close', () => {
      closed = true;
      leave();
    });
    const viewer = await authenticate(request, findViewer).catch((error: unknown) => ({ error }));
    const caller = 'error' in viewer ? `address ${normalizeIP(request.ip)}` : `token ${viewer.name}`;
    callers.set(request, caller);
    const place = closed ? () => {} : takePlace(caller, reply);
    if (typeof place === 'function') leave = place;
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
