import type { SharedRedis } from './redis.ts';

/** Milliseconds after which the places of an instance that has died are free again. */
const LEASE_MS = 15_000;

/** Milliseconds after which an instance that lives says so; two of them may be lost. */
const RENEW_INTERVAL_MS = LEASE_MS / 3;

/**
 * The places of a caller are a sorted set: who has one, by the millisecond at which the lease ends, on the clock of Redis. Gives how many
 * others have one. ARGV: the lease, the greatest number of places, who asks.
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

/** Renews places, and takes them again where Redis has lost them. ARGV: the lease, who has them. */
const RENEW_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for at = 2, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[at]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])`;

const key = (caller: string): string => `interviews:under-way:${caller}`;

/** The places of all instances. Each holds its own as a lease, so that they are free again soon after it has died. */
export class SharedSlots {
  readonly #redis: SharedRedis;
  readonly #timer: NodeJS.Timeout;

  /** `held` gives the places that this instance holds now, by caller: whatever is not among them is let go. */
  constructor(redis: SharedRedis, held: () => Iterable<readonly [string, ReadonlySet<string>]>) {
    this.#redis = redis;
    const renew = () => {
      for (const [caller, ids] of held())
        void redis.ask((client) => client.eval(RENEW_SCRIPT, 1, key(caller), LEASE_MS, ...ids).then(() => true));
    };
    this.#timer = setInterval(renew, RENEW_INTERVAL_MS).unref();
    redis.onBack(renew);
  }

  /** Takes a place of a caller's `most`, unless they are taken. Gives how many others are taken; null where Redis is away. */
  async acquire(caller: string, max: number, id: string): Promise<number | null> {
    return await this.#redis.ask((client) =>
      client.eval(ACQUIRE_SCRIPT, 1, key(caller), LEASE_MS, max, id).then((others) => Number(others)),
    );
  }

  /** Gives a place back; where Redis is away its lease runs out. */
  release(caller: string, id: string): void {
    void this.#redis.ask((client) => client.zrem(key(caller), id));
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
