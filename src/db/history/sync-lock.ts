import type pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import { throwDatabaseError } from '../connection/errors/database-errors.ts';
import { holdConnection } from '../connection/locks/held-connection.ts';
import { LOCKS } from '../connection/locks/locks.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../connection/with-timeout.ts';
import { IMPORT_SETTINGS } from '../import/import-transaction.ts';

/**
 * Does work while no other sync runs, of this instance or another one on the same database. It holds a transaction, and no snapshot, on a
 * connection of its own: a lock of the session would not work through poolers. If that connection is lost, the lock of imports still keeps
 * two syncs from changing rows at the same time. Errors: CONFLICT while another sync runs; DATABASE_UNAVAILABLE; those of `work`.
 */
export async function exclusiveSync<T>(pool: pg.Pool, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(throwDatabaseError);
  const connection = holdConnection(client, pool, signal);
  try {
    signal.throwIfAborted();
    await connection.begin(`BEGIN; ${IMPORT_SETTINGS}`).catch(throwDatabaseError);
    const { rows } = await client
      .query<{ locked: boolean }>(`/* sync.lock */ SELECT pg_try_advisory_xact_lock(${LOCKS.sync}) AS locked`)
      .catch(throwDatabaseError);
    if (!rows[0]?.locked) throw new Failure('CONFLICT', 'Another sync is running; try again when it has finished.');
    return await work();
  } finally {
    const isUnlocked = await withTimeout(STATEMENT_TIMEOUT_MS, client.query('ROLLBACK')).then(
      () => true,
      () => false,
    );
    connection.release(!isUnlocked);
  }
}
