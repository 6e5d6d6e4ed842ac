import { LRUCache } from 'lru-cache';
import type { SharedRedis } from './redis.ts';

/** The bucket of each caller; size 0: no limit. */
export interface PointLimits {
  /** Points of a full bucket. */
  readonly size: number;
  /** Points that come back per second. */
  readonly perSecond: number;
}

/** A bucket after an attempt to take points. */
export interface PointCount {
  /** Whether the points were taken; they are not if fewer are left. */
  readonly taken: boolean;
  readonly remaining: number;
  /** Whether the bucket is that of all instances. */
  readonly shared: boolean;
}

/** Callers whose buckets an instance keeps in memory; the bucket of one that it has forgotten is full. */
const MAX_CALLERS = 10_000;

/**
 * Takes points from a bucket, or gives back a negative number of them, on the clock of Redis. A bucket is a hash of its level and of the
 * millisecond at which it was last changed; it expires when it would be full. ARGV: the size, the points per second, the points to take.
 */
const TAKE_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local size, perSecond, points = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local bucket = redis.call('HMGET', KEYS[1], 'level', 'at')
local passed = math.max(0, now - (tonumber(bucket[2]) or now))
local level = math.min(size, (tonumber(bucket[1]) or size) + passed * perSecond / 1000)
local taken = level >= points and 1 or 0
if taken == 1 then level = math.min(size, level - points) end
redis.call('HSET', KEYS[1], 'level', tostring(level), 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil((size - level) * 1000 / perSecond) + 1000)
return { taken, math.floor(level) }`;

const key = (caller: string): string => `interviews:points:${caller}`;

interface Bucket {
  level: number;
  /** The millisecond at which the level was last changed. */
  at: number;
}

/** The buckets of all callers (token bucket): across all instances if Redis is available, otherwise in this one. */
export class PointBuckets {
  readonly limits: PointLimits;
  readonly #redis: SharedRedis | null;
  readonly #local = new LRUCache<string, Bucket>({ max: MAX_CALLERS });

  constructor(limits: PointLimits, redis: SharedRedis | null) {
    this.limits = limits;
    this.#redis = redis;
  }

  /** Takes points from a caller's bucket if that many are left. */
  async take(caller: string, points: number): Promise<PointCount> {
    return (await this.#changeShared(caller, points)) ?? this.#changeLocal(caller, points);
  }

  /** Gives points back to the bucket that they were taken from. The promise never rejects. */
  async giveBack(caller: string, points: number, { shared }: Pick<PointCount, 'shared'>): Promise<void> {
    if (shared) await this.#changeShared(caller, -points);
    else this.#changeLocal(caller, -points);
  }

  async #changeShared(caller: string, points: number): Promise<PointCount | null> {
    const { size, perSecond } = this.limits;
    const answer = await this.#redis?.query(
      // The script returns two numbers.
      async (client) => (await client.eval(TAKE_SCRIPT, 1, key(caller), size, perSecond, points)) as [number, number],
    );
    return answer ? { taken: answer[0] === 1, remaining: answer[1], shared: true } : null;
  }

  #changeLocal(caller: string, points: number): PointCount {
    const { size, perSecond } = this.limits;
    const now = performance.now();
    const bucket = this.#local.get(caller) ?? { level: size, at: now };
    const level = Math.min(size, bucket.level + ((now - bucket.at) * perSecond) / 1000);
    const taken = level >= points;
    bucket.level = taken ? Math.min(size, level - points) : level;
    bucket.at = now;
    this.#local.set(caller, bucket);
    return { taken, remaining: Math.floor(bucket.level), shared: false };
  }
}
