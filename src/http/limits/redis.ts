import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
import { reasonOf } from '../identity/reason.ts';

/** Timeouts for connecting and for a reply, in milliseconds: counting must not hold a request up for long. */
const CONNECT_TIMEOUT_MS = 2_000;
const COMMAND_TIMEOUT_MS = 500;

/** Milliseconds after a failure during which Redis is not queried. */
const PAUSE_MS = 2_000;

/** Maximum interval between two attempts to reconnect, in milliseconds. */
const MAX_RETRY_DELAY_MS = 2_000;

/**
 * A Redis that may be unavailable: callers must have a fallback. The log has one line when it fails and one when it is
 * back.
 */
export class SharedRedis {
  readonly client: Redis;
  readonly #log: FastifyBaseLogger;
  readonly #backListeners: (() => void)[] = [];
  #unavailable = false;
  /** Of `performance.now()`: a clock that is set back must not make the pause longer. */
  #retryAt = 0;
  #closed = false;

  /** `url` is REDIS_URL; no part of it is logged. */
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
    this.client.on('ready', () => this.#recovered());
  }

  /** Waits until Redis is connected, or the attempt has failed. It then keeps trying. It never throws. */
  async open(): Promise<void> {
    // The listeners are told about a failure, too.
    await this.client.connect().catch(() => {});
  }

  /** Calls `listener` each time Redis becomes available, including the first time. */
  onBack(listener: () => void): void {
    this.#backListeners.push(listener);
    if (this.client.status === 'ready') listener();
  }

  /** Returns the result of `work`, or null if Redis is unavailable or fails. */
  async query<T>(work: (client: Redis) => Promise<T>): Promise<T | null> {
    if (this.client.status !== 'ready' || performance.now() < this.#retryAt) return null;
    try {
      const answer = await work(this.client);
      if (this.#unavailable) this.#recovered();
      return answer;
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  /** Closes the connection after the pending commands. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.client.quit().catch(() => this.client.disconnect());
  }

  #failed(error: unknown): void {
    this.#retryAt = performance.now() + PAUSE_MS;
    if (this.#unavailable || this.#closed) return;
    this.#unavailable = true;
    // Only the reason: ioredis stores the command with its error, and that may contain the password.
    this.#log.warn(
      { reason: reasonOf(error) },
      'Redis is unavailable: until it is back, each instance counts requests on its own',
    );
  }

  #recovered(): void {
    this.#retryAt = 0;
    if (this.#unavailable) this.#log.info('Redis is back: the instances share their request counts again');
    this.#unavailable = false;
    for (const listener of this.#backListeners) listener();
  }
}

/**
 * Opens the Redis of REDIS_URL for as long as the app is open. An unreachable Redis is no error.
 */
export async function openRedis(app: FastifyInstance, url: string): Promise<SharedRedis> {
  const redis = new SharedRedis(url, app.log);
  app.addHook('onClose', () => redis.close());
  await redis.open();
  return redis;
}
