import type pg from 'pg';
import { throwDatabaseError } from '../connection/errors/database-errors.ts';
import { holdConnection } from '../connection/locks/held-connection.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../connection/with-timeout.ts';
import { TABLES_OF_ROWS } from '../derived/derive.ts';

const TABLES = [...TABLES_OF_ROWS, 'audit_entry'];

/** The statements that do it. */
const vacuum = (rewrite: boolean): string[] =>
  rewrite
    ? [...TABLES.map((table) => `VACUUM (FULL, ANALYZE) ${table}`), 'VACUUM (FULL) pg_catalog.pg_statistic']
    : TABLES.map((table) => `VACUUM (ANALYZE) ${table}`);

/**
 * Removes the former rows of erased people from the tables, their indexes and the planner’s statistics, which hold examples of values. Rows
 * that an older transaction may still read stay until the server's own VACUUM. `rewrite`: also removes their bytes from the free space of the
 * files, by writing tables, indexes and statistics anew; meanwhile nobody can read a table. Returns whether the database's user may do it; up to
 * Postgres 16 only the owner of the tables may, and to rewrite the statistics only that of the database. Aborting the signal ends the wait: the
 * server goes on with the table that it is at. Errors: DATABASE_UNAVAILABLE, also when aborted.
 */
export async function vacuumErased(pool: pg.Pool, rewrite: boolean, signal?: AbortSignal): Promise<boolean> {
  const client = await pool.connect().catch(throwDatabaseError);
  const connection = holdConnection(client, pool, signal);
  let refused = false;
  // The server passes over tables that the user may not vacuum, with a warning.
  const onNotice = ({ severity }: { severity: string | undefined }) => {
    if (severity === 'WARNING') refused = true;
  };
  client.on('notice', onNotice);
  let broken = true;
  try {
    // A connection that the network forgot while nobody used it answers nothing, and what follows may take hours.
    await withTimeout(STATEMENT_TIMEOUT_MS, client.query('/* erasure.vacuum */ SELECT 1'));
    for (const statement of vacuum(rewrite)) {
      signal?.throwIfAborted();
      await client.query(`/* erasure.vacuum */ ${statement}`);
    }
    broken = false;
    return !refused;
  } catch (error) {
    throwDatabaseError(error);
  } finally {
    client.off('notice', onNotice);
    connection.release(broken);
  }
}
