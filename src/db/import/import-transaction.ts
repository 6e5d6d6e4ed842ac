import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { LOCKS } from '../connection/locks/locks.ts';
import { WATCH_CLIENT } from '../connection/streams/watch-client.ts';
import { withTimeout } from '../connection/with-timeout.ts';

/**
 * The settings of a transaction with long statements; others keep the server's. A coordinator of Citus gathers at most 1 GiB for a statement,
 * which names of five million rows exceed; elsewhere the setting means nothing.
 */
export const LONG_STATEMENTS = `SET LOCAL work_mem TO '64MB'; SET LOCAL datestyle TO 'ISO'; SET LOCAL statement_timeout TO 0;
  SET LOCAL citus.max_intermediate_result_size TO -1;
  SET LOCAL idle_in_transaction_session_timeout TO 0; ${WATCH_CLIENT}`;

/**
 * Those of one that changes rows. While an answer is on its way, the server sends no keepalives, and a lost network would leave the lock held for
 * the quarter of an hour in which Linux sends the answer again (tcp(7), TCP_USER_TIMEOUT). This also cuts a client that takes nothing for so
 * long, so what is streamed to somebody, exports and backups, goes without.
 */
export const IMPORT_SETTINGS = `${LONG_STATEMENTS}; SET LOCAL tcp_user_timeout TO '40s'`;

/**
 * Lets ANALYZE take a smaller sample. For an import's temporary tables it is enough. For the stored tables it is enough until the server's
 * own ANALYZE follows: the rows of the import still count as changed for it after the commit.
 */
export const SMALL_SAMPLES = 'SET LOCAL default_statistics_target TO 30';

/**
 * Acquires the lock for changing rows until the end of the transaction. `onWait` is called if another session holds it; then this one
 * waits.
 */
export async function lockImports(client: pg.ClientBase, onWait: () => void): Promise<void> {
  const { rows } = await client.query<{ locked: boolean }>(
    `/* load.lock */ SELECT pg_try_advisory_xact_lock(${LOCKS.import}) AS locked`,
  );
  if (rows[0]?.locked) return;
  onWait();
  await client.query(`/* load.wait */ SELECT pg_advisory_xact_lock(${LOCKS.import})`);
}

/** Milliseconds between two looks at the lock, and at most for all of them. */
const UNLOCKING = { pause: 5, atMost: 2_000 };

/**
 * Waits until the process has given the lock up, after its connection was closed: the server takes a moment to notice, in which the next import
 * would be told that this one is running. Never throws: a database that is away holds no lock for long.
 */
export async function awaitUnlocked(pool: pg.Pool, pid: number): Promise<void> {
  const isHeld = async (): Promise<boolean> => {
    const { rows } = await pool.query<{ held: boolean }>(
      `/* load.unlocked */ SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = $1) AS held`,
      [pid],
    );
    return rows[0]?.held === true;
  };
  const until = performance.now() + UNLOCKING.atMost;
  const wait = async (): Promise<void> => {
    while (performance.now() < until && (await isHeld())) await sleep(UNLOCKING.pause);
  };
  await withTimeout(UNLOCKING.atMost, wait()).catch(() => {});
}
