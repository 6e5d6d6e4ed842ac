import type { FastifyRateLimitStore } from '@fastify/rate-limit';
import { LRUCache } from 'lru-cache';

/** Callers whose requests are counted at a time. */
const MAX_CALLERS = 5_000;

/**
 * The counts of the rate-limit plug-in in this process. The plug-in's own store goes by the clock of the system: where that was set back by an
 * hour, a window would last an hour, and refuse its caller for so long. Times are of `performance.now()`.
 */
export class LocalCounts implements FastifyRateLimitStore {
  readonly #windows = new LRUCache<string, { count: number; readonly since: number }>({ max: MAX_CALLERS });

  /** Counts a request of a caller; `windowMs` is how long a window lasts, `ttl` what is left of it. */
  incr(caller: string, callback: Parameters<FastifyRateLimitStore['incr']>[1], windowMs = 1_000): void {
    const now = performance.now();
    const last = this.#windows.get(caller);
    const window = last && now - last.since < windowMs ? last : { count: 0, since: now };
    window.count++;
    this.#windows.set(caller, window);
    callback(null, { current: window.count, ttl: windowMs - (now - window.since) });
  }

  child(): LocalCounts {
    return new LocalCounts();
  }
}
