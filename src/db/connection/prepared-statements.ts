import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import type { PreparedStatementsMode } from '../../domain/configuration/prepared-statements.ts';
import { isDirect } from './direct-connections.ts';

/** The maximum number of texts that have names at a time, and of characters of one. Each connection of Postgres keeps plans of its own. */
const MAX_NAMES = 200;
const MAX_CHARACTERS = 20_000;

/** The maximum number of statements that Postgres keeps for one connection. The connection is then closed, which frees them. */
const MAX_PREPARED = 400;

/**
 * SQLSTATEs of a pooler that gives a client another server connection for each transaction and does not carry its prepared statements
 * over: the statement does not exist there, or another client has prepared it already (PgBouncer before 1.21, or without
 * max_prepared_statements).
 */
const LOST_STATES = new Set(['26000', '42P05']);

/**
 * The prepared statements of the connections of operations. Postgres parses a statement with a name once for each connection, and plans it
 * only as often as it has to. The name is a hash of the text: two programs behind one pooler never mean different statements by one name.
 */
export class PreparedStatements {
  #mode: PreparedStatementsMode;
  readonly #names = new LRUCache<string, string>({ max: MAX_NAMES });
  readonly #prepared = new WeakMap<pg.PoolClient, Set<string>>();
  readonly #onLost: (cause: Error) => void;

  /** `onLost` is called when the first statement is lost. */
  constructor(mode: PreparedStatementsMode, onLost: (cause: Error) => void) {
    this.#mode = mode;
    this.#onLost = onLost;
  }

  /** Returns the name of a statement on a connection; undefined if it is sent without one. */
  nameOf(client: pg.PoolClient, text: string): string | undefined {
    if (this.#mode === 'off' || (this.#mode === 'auto' && !isDirect(client))) return undefined;
    if (text.length > MAX_CHARACTERS) return undefined;
    const name = this.#names.get(text) ?? this.#newName(text);
    const prepared = this.#prepared.get(client) ?? new Set();
    this.#prepared.set(client, prepared);
    if (!prepared.has(name) && prepared.size >= MAX_PREPARED) return undefined;
    prepared.add(name);
    return name;
  }

  #newName(text: string): string {
    const name = hash('sha256', text).slice(0, 40);
    this.#names.set(text, name);
    return name;
  }

  /** Whether a connection has as many statements as it may have. It is closed when it is released. */
  isWorn(client: pg.PoolClient): boolean {
    return (this.#prepared.get(client)?.size ?? 0) >= MAX_PREPARED;
  }

  /** Whether an error means that a pooler has lost a statement. From then on no statement has a name, and the work can be retried. */
  areLost(error: unknown): boolean {
    if (!(error instanceof Error && 'code' in error && LOST_STATES.has(String(error.code)))) return false;
    // Concurrent operations all fail by it.
    if (this.#mode !== 'off') this.#onLost(error);
    this.#mode = 'off';
    return true;
  }
}
