import type pg from 'pg';
import { retryOnConflict, throwDatabaseError } from '../connection/database-errors.ts';
import { holdConnection } from '../connection/held-connection.ts';
import { IMPORT_SETTINGS, lockImports } from '../import/import-transaction.ts';
import { MOVE_VERSION } from '../query/data-version.ts';
import { compareTables, type TableComparison } from './comparison.ts';
import { FOLLOWING } from './computed.ts';
import { DERIVED, deleteOrphans, upsertDerived } from './derive.ts';
import { type LargeValue, largeValues } from './large-values.ts';
import { repairRowIds } from './row-ids.ts';

/** What was looked at, and what a rebuild had to change. */
export interface Verification {
  /** A table each. */
  readonly tables: readonly TableComparison[];
  /** How many rows were changed beforehand; 0 without a rebuild. */
  readonly rebuilt: number;
  /** Values that are stored and would not be imported again, the first of them by name; there is nothing wrong with them. */
  readonly large: { readonly count: number; readonly listed: readonly LargeValue[] };
}

/** What follows from the values of a row of `appointment` is put right: its content hash and its computed columns. */
const RECOMPUTE = `/* rebuild.appointment */ UPDATE appointment a
  SET ${FOLLOWING.map(({ column, of }) => `${column} = ${of('a')}`).join(', ')}
  WHERE ${FOLLOWING.map(({ column, of }) => `a.${column} IS DISTINCT FROM ${of('a')}`).join(' OR ')}`;

const inAllTables = () => 'true';

/** From the rows to the tables that are derived from them. */
const DERIVE: readonly string[] = DERIVED.flatMap((derived) => [
  upsertDerived(derived, inAllTables),
  deleteOrphans(derived, inAllTables),
]);

/**
 * Compares content hashes, row ids and every derived table with what the rows of `appointment` say, in one snapshot, beside whatever else
 * runs. Aborting the signal ends it. Errors: DATABASE_UNAVAILABLE.
 */
export async function verifyTables(pool: pg.Pool, signal: AbortSignal): Promise<Verification> {
  return await inTransaction(pool, signal, 'ISOLATION LEVEL REPEATABLE READ READ ONLY', async (client) => ({
    tables: await compareTables(client),
    rebuilt: 0,
    large: await largeValues(client),
  }));
}

/**
 * Puts right what differs from what the rows of `appointment` say, and compares again, all in one transaction, which no import runs beside:
 * `onWait` is called where one does, and it is waited for. The values of the rows and the names given to candidates
 * and jobs stay. What is right isn't touched. Aborting the signal undoes it. Errors: DATABASE_UNAVAILABLE.
 */
export async function rebuild(pool: pg.Pool, signal: AbortSignal, onWait: () => void): Promise<Verification> {
  return await inTransaction(pool, signal, '', async (client) => {
    await lockImports(client, onWait);
    const rebuilt = await repair(client);
    return { tables: await compareTables(client), rebuilt, large: await largeValues(client) };
  });
}

/**
 * Puts right what differs from what the rows of `appointment` say, in the caller's transaction, which has to hold the lock of imports. Gives
 * how many rows were changed. Errors: those of the database.
 */
export async function repair(client: pg.ClientBase): Promise<number> {
  let rebuilt = (await client.query(RECOMPUTE)).rowCount ?? 0;
  rebuilt += await repairRowIds(client);
  for (const statement of DERIVE) rebuilt += (await client.query(statement)).rowCount ?? 0;
  if (rebuilt > 0) await client.query(`/* rebuild.dataset */ ${MOVE_VERSION}`);
  return rebuilt;
}

function inTransaction<T>(
  pool: pg.Pool,
  signal: AbortSignal,
  mode: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return retryOnConflict(async () => {
    const client = await pool.connect();
    const connection = holdConnection(client, pool, signal);
    try {
      await client.query(`BEGIN ${mode}; ${IMPORT_SETTINGS}`);
      const result = await work(client);
      await client.query('COMMIT');
      connection.release(false);
      return result;
    } catch (error) {
      connection.release(true);
      throw error;
    }
  }).catch(throwDatabaseError);
}
