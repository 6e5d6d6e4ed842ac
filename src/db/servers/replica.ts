import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { throwDatabaseError } from '../connection/errors/database-errors.ts';
import { GATE } from '../connection/one-state.ts';
import type { Database } from '../connection/open.ts';
import { withTimeout } from '../connection/with-timeout.ts';
import type { Candidate, ServerChecks, Servers } from './servers.ts';

/** Milliseconds for which an import waits for the replica before reads go to the primary, and between two looks. */
const CATCH_UP_MS = 5_000;
const LOOK_EVERY_MS = 20;

/** How far the write-ahead log of a server reaches: what it has written, or what a standby has replayed. */
const POSITION = 'CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END';

const ASK_PRIMARY = `/* replica.primary */ SELECT ${POSITION}::text AS position,
  (SELECT system_identifier::text FROM pg_control_system()) || '/' || current_database() AS identity`;

const ASK_REPLICA = `/* replica.ask */ SELECT NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() >= $1::pg_lsn AS "isFresh",
  (SELECT system_identifier::text FROM pg_control_system()) || '/' || current_database() AS identity,
  to_regclass('${GATE}') IS NOT NULL AS "isDistributed"`;

/**
 * What keeps reads at a replica honest: it must be one of the same database, and have replayed what an import of this instance has committed, or
 * what readers may have seen at the primary while it was away.
 */
export class ReplicaChecks implements ServerChecks {
  readonly #primary: pg.Pool;
  #needed = '0/0';
  #identity: string | null = null;
  #isForeign = false;

  constructor(primary: pg.Pool) {
    this.#primary = primary;
  }

  /** Whether a replica was found to be of another database than the primary. */
  get isForeign(): boolean {
    return this.#isForeign;
  }

  /** From now on, a replica must have replayed what the primary has committed until now. Errors: those of the database. */
  async needCommitted(): Promise<void> {
    const { rows } = await this.#primary.query<{ position: string; identity: string }>(ASK_PRIMARY);
    const [primary] = rows;
    if (!primary) return;
    this.#needed = primary.position;
    this.#identity = primary.identity;
  }

  // Without the primary, a replica is all that can be read.
  async beforeLook(): Promise<void> {
    await this.needCommitted().catch(() => {});
  }

  async fault(client: Pick<pg.ClientBase, 'query'>, { preferred }: Candidate): Promise<string | null> {
    if (!preferred) return null;
    type Answer = { isFresh: boolean | null; identity: string; isDistributed: boolean };
    const { rows } = await client.query<Answer>(ASK_REPLICA, [this.#needed]);
    const [replica] = rows;
    this.#isForeign = this.#identity !== null && replica?.identity !== this.#identity;
    if (this.#isForeign) return 'it is not a replica of the database of DATABASE_URL';
    // A standby of the coordinator is at another moment than the workers, of which it sees the rows as they are.
    if (replica?.isDistributed)
      return 'its rows are distributed over other servers, which only the coordinator reads in one state';
    return replica?.isFresh ? null : 'it has not yet replayed what the primary has committed';
  }

  /** Whether the replica that a pool uses has replayed what it must. Errors: those of the database. */
  async isFresh(pool: pg.Pool): Promise<boolean> {
    const { rows } = await pool.query<{ isFresh: boolean | null }>(ASK_REPLICA, [this.#needed]);
    return rows[0]?.isFresh === true;
  }
}

/** The servers that reads go to: a replica while there is one, otherwise the primary. */
export class Replica {
  /** The pools for reads. */
  readonly reads: Database;
  readonly #servers: Servers;
  readonly #checks: ReplicaChecks;

  constructor(reads: Database, servers: Servers, checks: ReplicaChecks) {
    this.reads = reads;
    this.#servers = servers;
    this.#checks = checks;
  }

  /**
   * Waits until reads see what the primary has committed: for a moment in the replica; then they go to the primary, until the replica has
   * replayed it. Does not throw, as what was committed stays so.
   */
  async catchUp(): Promise<void> {
    try {
      await this.#checks.needCommitted();
      const end = performance.now() + CATCH_UP_MS;
      while (performance.now() < end) {
        if (!this.#servers.preference.isMet || (await this.#isFresh())) return;
        await sleep(LOOK_EVERY_MS);
      }
    } catch {
      // Neither the primary nor the replica may answer.
    }
    this.#servers.leavePreferred(`it had not replayed an import after ${CATCH_UP_MS / 1000} seconds`);
  }

  async #isFresh(): Promise<boolean> {
    return await withTimeout(CATCH_UP_MS, this.#checks.isFresh(this.reads.pool));
  }

  /** Returns where reads go now, and why not to a replica. Errors: DATABASE_UNAVAILABLE if there is no server. */
  async whereabouts(): Promise<{ readonly reads: 'replica' | 'primary'; readonly fault: string }> {
    await this.reads.pool.query('/* replica.used */ SELECT 1').catch(throwDatabaseError);
    const { isMet, fault } = this.#servers.preference;
    return { reads: isMet ? 'replica' : 'primary', fault };
  }
}
