import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
import { reasonOf } from '../identity/reason.ts';

/** Milliseconds for a connection, and for an answer: a request must not wait long for being counted. */
const CONNECT_TIMEOUT_MS = 2_000;
const COMMAND_TIMEOUT_MS = 500;

/** Milliseconds that Redis isn't asked after it failed. */
const PAUSE_MS = 2_000;

/** Milliseconds between two tries to connect again, at most. */
const MAX_RETRY_DELAY_MS = 2_000;

/** A Redis that may be away: whoever asks it must know what to do then. The log has one line when it goes and one when it is back. */
export class SharedRedis {
  readonly client: Redis;
  readonly #log: FastifyBaseLogger;
  readonly #backs: (() => void)[] = [];
  #away = false;
  #askAgainAt = 0;
  #closed = false;

  /** `url` as REDIS_URL; nothing of it is logged. */
  constructor(url: string, log: FastifyBaseLogger) {
    this.#log = log;
    this.client = new Redis(url, {
      lazyConnect: true,
      // RESP2 is what every server and proxy speaks.
      protocol: 2,
      connectTimeout: CONNECT_TIMEOUT_MS,
      commandTimeout: COMMAND_TIMEOUT_MS,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(times * 100, MAX_RETRY_DELAY_MS),
    });
    this.client.on('error', (error: Error) => this.#failed(error));
    this.client.on('close', () => this.#failed(new Error('the connection was closed')));
    this.client.on('ready', () => this.#works());
  }

  /** Waits until it is connected, or can't be. It goes on trying then. */
  async open(): Promise<void> {
    // The listeners hear of a failure, too.
    await this.client.connect().catch(() => {});
  }

  /** Calls `listener` each time it is there, the first time as well. */
  onBack(listener: () => void): void {
    this.#backs.push(listener);
    if (this.client.status === 'ready') listener();
  }

  /** What `work` gives, or null where Redis is away or fails. */
  async ask<T>(work: (client: Redis) => Promise<T>): Promise<T | null> {
    if (this.client.status !== 'ready' || Date.now() < this.#askAgainAt) return null;
    try {
      const answer = await work(this.client);
      if (this.#away) this.#works();
      return answer;
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  /** Lets it go, once nothing is asked any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.client.quit().catch(() => this.client.disconnect());
  }

  #failed(error: unknown): void {
    this.#askAgainAt = Date.now() + PAUSE_MS;
    if (this.#away || this.#closed) return;
    this.#away = true;
    // No more than this: ioredis keeps the command with its error, and that may hold the password.
    this.#log.warn(
      { reason: reasonOf(error) },
      'Redis is away: until it is back each instance counts requests for itself',
    );
  }

  #works(): void {
    this.#askAgainAt = 0;
    if (this.#away) this.#log.info('Redis is back: the instances count requests together again');
    this.#away = false;
    for (const back of this.#backs) back();
  }
}

/** Opens the Redis of REDIS_URL for as long as the app is open; null where there is none. One that can't be reached is no error. */
export async function openRedis(app: FastifyInstance, url: string | null): Promise<SharedRedis | null> {
  if (url === null) return null;
  const redis = new SharedRedis(url, app.log);
  app.addHook('onClose', () => redis.close());
  await redis.open();
  return redis;
}
