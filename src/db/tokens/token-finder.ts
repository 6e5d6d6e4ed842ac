import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import { EXPIRES_SOON_MS } from '../../domain/tokens/lifetime.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { withTimeout } from '../connection/with-timeout.ts';
import { hashOfSecret } from './secret.ts';
import { isCutOff, type LookUp, lookUpToken, type StoredToken } from './stored-token.ts';
import { TokenUses } from './token-uses.ts';

/** Milliseconds for which a viewer is remembered. A revoked token is refused after at most so long, by every instance. */
const REMEMBERED_MS = 1_000;

/** The maximum number of tokens that are remembered. */
const MAX_REMEMBERED = 1_000;

/** Milliseconds that a look-up gets while the last one failed: requests don't each wait for a server that is away. */
const AWAY_TIMEOUT_MS = 500;

/** Milliseconds between two looks whether a standby still receives from its primary. */
const LOOK_EVERY_MS = 10_000;

/** Milliseconds between two lines about a token that expires soon. */
const WARN_EVERY_MS = 86_400_000;

/** Writes a line to the log. */
interface Log {
  warn(fields: object, message: string): void;
  debug(fields: object, message: string): void;
}

interface FinderOptions {
  /** The administrators' tokens from the environment. */
  readonly adminTokens: readonly string[];
  /** Milliseconds for which known tokens are accepted while the primary server can't say whether they were revoked. */
  readonly graceMs: number;
  readonly log: Log;
}

/**
 * Finds the viewers of tokens. Requests of a token that come within a second share one look-up. Unknown and revoked tokens are not
 * remembered, so that a new token is accepted at once.
 *
 * While the primary server can't be asked, tokens that it knew are accepted for a while: those that this instance looked up, where the
 * database is away; all, where it is a standby that is cut off from its primary.
 */
export class TokenFinder {
  readonly #pool: pg.Pool;
  readonly #administrators: readonly Uint8Array[];
  readonly #graceMs: number;
  readonly #log: Log;
  readonly #uses: TokenUses;
  readonly #remembered = new LRUCache<string, Promise<StoredToken | null>>({ max: MAX_REMEMBERED, ttl: REMEMBERED_MS });
  /** The last answers about tokens, and when they were asked for, by `performance.now()`. */
  readonly #answers = new LRUCache<string, { readonly stored: StoredToken; readonly at: number }>({
    max: MAX_REMEMBERED,
  });
  /** When tokens that expire soon were last warned of, by their ids. */
  readonly #warned = new LRUCache<number, true>({ max: MAX_REMEMBERED, ttl: WARN_EVERY_MS });
  readonly #looks: NodeJS.Timeout;
  #isAway = false;
  #isStandby = false;
  /** When the server last was a primary, or received from one. */
  #connectedAt = performance.now();

  constructor(pool: pg.Pool, { adminTokens, graceMs, log }: FinderOptions) {
    this.#pool = pool;
    this.#administrators = adminTokens.map(hashOfSecret);
    this.#graceMs = graceMs;
    this.#log = log;
    this.#uses = new TokenUses(pool, log);
    this.#looks = setInterval(() => void this.#look(), LOOK_EVERY_MS).unref();
  }

  /**
   * Returns the viewer of a token; null if it is unknown or was revoked. Errors: NOT_AUTHENTICATED if it has expired;
   * DATABASE_UNAVAILABLE.
   */
  async find(token: string): Promise<Viewer | null> {
    const administrator = this.#findAdministrator(token);
    if (administrator) return administrator;
    const stored = await this.#remember(token);
    if (!stored) return null;
    const { id, viewer, expiresAt } = stored;
    const now = Date.now();
    if (expiresAt && expiresAt.getTime() <= now)
      throw new Failure('NOT_AUTHENTICATED', `The token expired at ${expiresAt.toISOString()}.`);
    if (!this.#isStandby) this.#uses.note(id, now);
    this.#warnOf(stored, now);
    return viewer;
  }

  /** Writes what is known of the use of tokens, and looks no more. Does not throw. */
  async close(): Promise<void> {
    clearInterval(this.#looks);
    await this.#uses.close();
  }

  /** The administrators' tokens are compared in constant time. */
  #findAdministrator(token: string): Viewer | null {
    if (this.#administrators.length === 0) return null;
    const hash = hashOfSecret(token);
    const index = this.#administrators.findIndex((known) => timingSafeEqual(hash, known));
    if (index < 0) return null;
    // Each of several has a name of its own: the log then shows whether the old one is still in use.
    const name = index === 0 ? 'ADMIN_TOKEN' : `ADMIN_TOKEN ${index + 1}`;
    return { name, caller: `token ${name}`, scopes: ['admin'], restriction: null, isConfigured: true };
  }

  #remember(token: string): Promise<StoredToken | null> {
    const known = this.#remembered.get(token);
    if (known) return known;
    const found = this.#lookUp(token);
    this.#remembered.set(token, found);
    const forget = () => {
      if (this.#remembered.peek(token) === found) this.#remembered.delete(token);
    };
    found.then((stored) => stored ?? forget(), forget);
    return found;
  }

  async #lookUp(token: string): Promise<StoredToken | null> {
    const hash = hashOfSecret(token);
    const at = performance.now();
    const asked = lookUpToken(this.#pool, hash).then((answer) => this.#note(token, answer, at));
    try {
      return await withTimeout(this.#isAway && this.#answers.has(token) ? AWAY_TIMEOUT_MS : 0, asked);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'DATABASE_UNAVAILABLE') throw error;
      this.#isAway = true;
      const last = this.#answers.get(token);
      if (last && at - last.at <= this.#graceMs) return last.stored;
      throw error;
    }
  }

  /** Notes what the server has answered. Errors: DATABASE_UNAVAILABLE if it has been cut off from its primary for too long. */
  #note(token: string, { stored, isStandby, isCutOff: cutOff }: LookUp, at: number): StoredToken | null {
    this.#isAway = false;
    this.#isStandby = isStandby;
    if (!cutOff) this.#connectedAt = at;
    else if (at - this.#connectedAt > this.#graceMs)
      throw new Failure(
        'DATABASE_UNAVAILABLE',
        'The database of this instance is a standby that has been cut off from its primary server for too long to say which tokens were revoked. Try again later, or at another instance.',
      );
    if (stored === null) this.#answers.delete(token);
    else this.#answers.set(token, { stored, at });
    return stored;
  }

  /** Without it, a standby that nobody asked for long would seem to have been cut off for as long. */
  async #look(): Promise<void> {
    if (!this.#isStandby) return;
    const at = performance.now();
    const cutOff = await isCutOff(this.#pool).catch(() => true);
    if (!cutOff) this.#connectedAt = Math.max(this.#connectedAt, at);
  }

  #warnOf({ id, viewer, expiresAt, isReplaced }: StoredToken, now: number): void {
    if (!expiresAt || isReplaced || expiresAt.getTime() - now > EXPIRES_SOON_MS || this.#warned.has(id)) return;
    this.#warned.set(id, true);
    this.#log.warn({ token: viewer.name, expiresAt }, 'a token that is in use expires soon');
  }
}
