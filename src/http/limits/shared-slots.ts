import type { SharedRedis } from './redis.ts';

/** Milliseconds after which the slots of an instance that has died are free again. */
const LEASE_MS = 15_000;

/** Interval at which an instance renews its leases, in milliseconds; two renewals may be lost. */
const RENEW_INTERVAL_MS = LEASE_MS / 3;

/**
 * Acquires a slot and returns how many others are held. The slots of a caller are a sorted set of their ids, scored by
 * the millisecond at which the lease ends, on the clock of Redis. ARGV: the lease, the maximum number of slots, the id.
 */
const ACQUIRE_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local others = redis.call('ZCARD', KEYS[1])
if others < tonumber(ARGV[2]) then
  redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return others`;

/** Renews slots, and restores them if Redis has lost them. ARGV: the lease, the ids. */
const RENEW_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for at = 2, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[at]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])`;

const key = (caller: string): string => `interviews:under-way:${caller}`;

/**
 * The slots of all instances. Each instance holds its own as leases, so that they are free again soon after it has
 * died.
 */
export class SharedSlots {
  readonly #redis: SharedRedis;
  readonly #timer: NodeJS.Timeout;

  /** `held` returns the slots that this instance holds now, by caller: all others are not renewed. */
  constructor(redis: SharedRedis, held: () => Iterable<readonly [string, ReadonlySet<string>]>) {
    this.#redis = redis;
    const renew = () => {
      for (const [caller, ids] of held())
        void redis.query((client) => client.eval(RENEW_SCRIPT, 1, key(caller), LEASE_MS, ...ids).then(() => true));
    };
    this.#timer = setInterval(renew, RENEW_INTERVAL_MS).unref();
    redis.onBack(renew);
  }

  /**
   * Acquires one of a caller's `max` slots, unless all are held. Returns how many others are held; null if Redis is
   * unavailable.
   */
  async acquire(caller: string, max: number, id: string): Promise<number | null> {
    return await this.#redis.query((client) =>
      client.eval(ACQUIRE_SCRIPT, 1, key(caller), LEASE_MS, max, id).then((others) => Number(others)),
    );
  }

  /** Releases a slot; if Redis is unavailable, its lease expires. */
  release(caller: string, id: string): void {
    void this.#redis.query((client) => client.zrem(key(caller), id));
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
