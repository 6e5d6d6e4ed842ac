import type pg from 'pg';
import { retryOnConflict, throwDatabaseError } from '../connection/errors/database-errors.ts';
import { type HeldConnection, holdConnection } from '../connection/locks/held-connection.ts';
import { BEGIN_READING, COMMIT_CHANGES } from '../connection/one-state.ts';
import type { Database } from '../connection/open.ts';
import { IMPORT_SETTINGS, lockImports } from '../import/import-transaction.ts';
import { MOVE_VERSION } from '../query/state/data-version.ts';
import { compareTables, type TableComparison } from './comparison.ts';
import { FOLLOWING } from './computed.ts';
import { DERIVED, deleteOrphans, upsertDerived } from './derive.ts';
import { type LargeValue, largeValues } from './large-values.ts';
import { repairRowIds } from './row-ids.ts';
import { repairSpellings } from './spelling-comparison.ts';

/** What was compared, and what a rebuild changed. */
export interface Verification {
  /** The comparison of each table. */
  readonly tables: readonly TableComparison[];
  /** The number of rows that a rebuild changed beforehand; 0 without a rebuild. */
  readonly rebuilt: number;
  /** Stored values that could not be imported again, the first of them listed. They are not wrong. */
  readonly large: { readonly count: number; readonly listed: readonly LargeValue[] };
}

/** Corrects what follows from the values of a row of `appointment`: its content hash and its computed columns. The few wrong rows are found first. */
const RECOMPUTE = [
  `/* rebuild.appointment */ CREATE TEMP TABLE recomputed ON COMMIT DROP AS
   SELECT interview_id, row_id, ${FOLLOWING.map(({ column, of }) => `${of('a')} AS ${column}`).join(', ')} FROM appointment a
   WHERE ${FOLLOWING.map(({ column, of }) => `a.${column} IS DISTINCT FROM ${of('a')}`).join(' OR ')}`,
  `/* rebuild.appointment */ UPDATE appointment a SET ${FOLLOWING.map(({ column }) => `${column} = r.${column}`).join(', ')}
   FROM recomputed r WHERE a.interview_id = r.interview_id AND a.row_id = r.row_id`,
];

const inAllTables = () => 'true';

/** Corrects the derived tables. */
const DERIVE: readonly string[] = DERIVED.flatMap((derived) => [
  upsertDerived(derived, inAllTables),
  deleteOrphans(derived, inAllTables),
]);

/**
 * Compares content hashes, row ids and all derived tables with the rows of `appointment`, in one snapshot, concurrently with everything
 * else. Aborting the signal ends it. Errors: DATABASE_UNAVAILABLE.
 */
export function verifyTables(
  { streams, state }: Pick<Database, 'streams' | 'state'>,
  signal: AbortSignal,
): Promise<Verification> {
  return onConnection(streams, signal, async (client, connection) => {
    const opened = await connection.open(state, `${BEGIN_READING}; ${IMPORT_SETTINGS}`);
    const found = { tables: await compareTables(client), rebuilt: 0, large: await largeValues(client) };
    await state.close(client, opened);
    return found;
  });
}

/**
 * Corrects what differs from the rows of `appointment` and compares again, all in one transaction. It waits for a running import, of which
 * `onWait` is told, and imports wait for it. The values of the rows and the imported names are kept, and rows that are right are not
 * touched. Aborting the signal rolls everything back. Errors: DATABASE_UNAVAILABLE.
 */
export function rebuild(
  { streams }: Pick<Database, 'streams'>,
  signal: AbortSignal,
  onWait: () => void,
): Promise<Verification> {
  return onConnection(streams, signal, async (client, connection) => {
    await connection.begin(`BEGIN; ${IMPORT_SETTINGS}`);
    await lockImports(client, onWait);
    const rebuilt = await repair(client);
    const found = { tables: await compareTables(client), rebuilt, large: await largeValues(client) };
    await client.query(COMMIT_CHANGES);
    return found;
  });
}

/**
 * Corrects what differs from the rows of `appointment`, in the caller's transaction, which must hold the import lock. Returns the number of
 * changed rows. Errors: those of the database.
 */
export async function repair(client: pg.ClientBase): Promise<number> {
  let rebuilt = 0;
  for (const statement of RECOMPUTE) rebuilt = (await client.query(statement)).rowCount ?? 0;
  rebuilt += await repairRowIds(client);
  for (const statement of DERIVE) rebuilt += (await client.query(statement)).rowCount ?? 0;
  rebuilt += await repairSpellings(client);
  if (rebuilt > 0) await client.query(`/* rebuild.dataset */ ${MOVE_VERSION}`);
  return rebuilt;
}

function onConnection<T>(
  pool: pg.Pool,
  signal: AbortSignal,
  work: (client: pg.PoolClient, connection: HeldConnection) => Promise<T>,
): Promise<T> {
  return retryOnConflict(async () => {
    const client = await pool.connect();
    const connection = holdConnection(client, pool, signal);
    try {
      const result = await work(client, connection);
      connection.release(false);
      return result;
    } catch (error) {
      connection.release(true);
      throw error;
    }
  }).catch(throwDatabaseError);
}
