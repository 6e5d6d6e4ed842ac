import type pg from 'pg';
import { LOCKS } from '../connection/locks.ts';
import { WATCH_CLIENT } from '../connection/watch-client.ts';

/** The memory settings of the import's statements; other transactions keep the server's. */
export const IMPORT_SETTINGS = `SET LOCAL work_mem TO '64MB'; SET LOCAL datestyle TO 'ISO'; SET LOCAL statement_timeout TO 0;
  SET LOCAL idle_in_transaction_session_timeout TO 0; ${WATCH_CLIENT}`;

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
  const { rows } = await client.query(`/* load.lock */ SELECT pg_try_advisory_xact_lock(${LOCKS.import}) AS locked`);
  if (rows[0]?.locked) return;
  onWait();
  await client.query(`/* load.wait */ SELECT pg_advisory_xact_lock(${LOCKS.import})`);
}
