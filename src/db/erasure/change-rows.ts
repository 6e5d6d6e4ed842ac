import type pg from 'pg';
import { throwDatabaseError } from '../connection/errors/database-errors.ts';
import { holdConnection } from '../connection/locks/held-connection.ts';
import { COMMIT_CHANGES } from '../connection/one-state.ts';
import { refuseOnStandby } from '../connection/standby.ts';
import { IMPORT_SETTINGS, lockImports } from '../import/import-transaction.ts';

/** What a change did within its transaction, and whether to save that. */
interface Change<T> {
  readonly result: T;
  readonly save: boolean;
}

/**
 * Changes stored rows in one transaction, which holds the import lock: readers see all of it or nothing. `onWait`: called if an import is
 * running, for which the change then waits. `lockFirst`: takes other locks, before that of imports. Aborting the signal rolls it back. Returns
 * the change's result.
 * Errors: those of `change` and `onWait`; CONFLICT on a standby; DATABASE_UNAVAILABLE.
 */
export async function changeRows<T>(
  pool: pg.Pool,
  onWait: () => void,
  signal: AbortSignal | undefined,
  change: (client: pg.ClientBase) => Promise<Change<T>>,
  lockFirst: (client: pg.ClientBase) => Promise<void> = async () => {},
): Promise<T> {
  const client = await pool.connect().catch(throwDatabaseError);
  const connection = holdConnection(client, pool, signal);
  try {
    signal?.throwIfAborted();
    await connection.begin(`BEGIN; ${IMPORT_SETTINGS}`);
    await refuseOnStandby(client);
    await lockFirst(client);
    await lockImports(client, onWait);
    const { result, save } = await change(client);
    connection.retain();
    await client.query(save ? COMMIT_CHANGES : 'ROLLBACK');
    connection.release(false);
    return result;
  } catch (error) {
    connection.release(true);
    throwDatabaseError(error);
  }
}
