import { LRUCache } from 'lru-cache';
import type pg from 'pg';

/** Milliseconds between two writes of the last use of a token, and between two looks whether there is something to write. */
const WRITE_EVERY_MS = 600_000;
const FLUSH_EVERY_MS = 60_000;

/** The maximum number of tokens whose use waits to be written, or is known to be written. */
const MAX_TOKENS = 10_000;

/** Another instance may have written a later use, or just written one. */
const WRITE = `/* token.uses */ UPDATE access_token t SET used_at = u.used_at
  FROM unnest($1::integer[], $2::timestamptz[]) AS u(id, used_at)
  WHERE t.id = u.id AND (t.used_at IS NULL OR t.used_at <= u.used_at - make_interval(secs => $3::integer))`;

interface Log {
  debug(fields: object, message: string): void;
}

/**
 * Writes when tokens were last used: in the background, all by one statement, and each at most every ten minutes. No request waits for it or
 * fails by it.
 */
export class TokenUses {
  readonly #pool: pg.Pool;
  readonly #log: Log;
  /** The last uses that are not written, in milliseconds since 1970, by the ids of tokens. */
  #waiting = new Map<number, number>();
  /** The last uses that were. */
  readonly #written = new LRUCache<number, number>({ max: MAX_TOKENS });
  readonly #timer: NodeJS.Timeout;

  constructor(pool: pg.Pool, log: Log) {
    this.#pool = pool;
    this.#log = log;
    this.#timer = setInterval(() => void this.#flush(), FLUSH_EVERY_MS).unref();
  }

  /** Notes that a token was used. `now` is in milliseconds since 1970. */
  note(id: number, now: number): void {
    if (now - (this.#written.get(id) ?? Number.NEGATIVE_INFINITY) < WRITE_EVERY_MS) return;
    if (this.#waiting.size < MAX_TOKENS || this.#waiting.has(id)) this.#waiting.set(id, now);
  }

  /** Writes what waits, and nothing more from then on. Does not throw. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush();
  }

  async #flush(): Promise<void> {
    const uses = this.#waiting;
    if (uses.size === 0) return;
    this.#waiting = new Map();
    try {
      const times = [...uses.values()].map((at) => new Date(at).toISOString());
      await this.#pool.query(WRITE, [[...uses.keys()], times, WRITE_EVERY_MS / 1000]);
      for (const [id, at] of uses) this.#written.set(id, at);
    } catch (err) {
      this.#log.debug({ err }, 'the last uses of tokens could not be written; they will be with the next ones');
      for (const [id, at] of uses) if (!this.#waiting.has(id)) this.#waiting.set(id, at);
    }
  }
}
