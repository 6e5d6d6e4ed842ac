/** Distributes the rows over the workers of a cluster, and brings them back. */
import pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import { throwDatabaseError } from '../connection/errors/database-errors.ts';
import { DISTRIBUTED_TABLES, DISTRIBUTION_COLUMN } from '../connection/layout.ts';
import { GATE } from '../connection/one-state.ts';
import { changeRows } from '../erasure/change-rows.ts';
import { lockMigrations } from '../migrations/migrate.ts';
import { findCluster, workersOf } from './cluster.ts';

/** What is distributed, or brought back. */
export interface Distribution {
  /** The tables that change. */
  readonly tables: readonly string[];
  /** The tables that are already as they should be. */
  readonly unchanged: readonly string[];
  /** The number of rows of the tables that change. */
  readonly rows: number;
  /** The workers, as `host:port`. */
  readonly workers: readonly string[];
}

/** How to distribute. */
export interface DistributeOptions {
  /** Brings the rows back to the coordinator. */
  readonly undo: boolean;
  /** Changes nothing and only reports. */
  readonly dryRun: boolean;
  /** Called if an import is running, for which this then waits. */
  readonly onWait: () => void;
  /** Called before a table is moved, with the number of its rows. */
  readonly onTable: (table: string, rows: number) => void;
}

/**
 * Distributes the rows in one transaction, in which nothing else changes rows or tables: what is interrupted leaves everything as it was, and what
 * is distributed already stays. Aborting the signal rolls it back. Errors: BAD_CONFIGURATION as those of `findCluster` and `workersOf`, or if
 * the user does not own the tables; DATABASE_UNAVAILABLE.
 */
export async function distribute(
  pool: pg.Pool,
  { undo, dryRun, onWait, onTable }: DistributeOptions,
  signal?: AbortSignal,
): Promise<Distribution> {
  const workers = await workersFor(pool, undo);
  const work = async (client: pg.ClientBase) => {
    const distributed = await distributedTables(client);
    const tables = DISTRIBUTED_TABLES.filter((table) => distributed.has(table) === undo);
    // Before the tables: who has passed the gate waits for them, and Citus drops no view after it has worked at several connections.
    if (undo && !dryRun) await client.query(DROP_GATE);
    let rows = 0;
    for (const table of undo ? [...tables].reverse() : tables) {
      const count = await countRows(client, table);
      rows += count;
      if (dryRun) continue;
      onTable(table, count);
      for (const statement of undo ? bringBack(table) : moveOut(table)) await client.query(statement);
    }
    if (!undo && !dryRun) await client.query(CREATE_GATE);
    const unchanged = DISTRIBUTED_TABLES.filter((table) => !tables.includes(table));
    return { result: { tables, unchanged, rows, workers }, save: !dryRun };
  };
  // In the order of a restore.
  const done = await changeRows(pool, onWait, signal, work, lockMigrations).catch(explain);
  if (!dryRun && done.tables.length > 0)
    await pool.query(`/* distribute.analyze */ ANALYZE ${DISTRIBUTED_TABLES.join(', ')}`).catch(throwDatabaseError);
  return done;
}

/** Returns the workers. Errors: BAD_CONFIGURATION if the database can't be distributed as it is, or is not; DATABASE_UNAVAILABLE. */
async function workersFor(pool: pg.Pool, undo: boolean): Promise<readonly string[]> {
  const client = await pool.connect().catch(throwDatabaseError);
  try {
    const cluster = await findCluster(client);
    const workers = undo ? cluster.filter(({ isCoordinator }) => !isCoordinator) : workersOf(cluster);
    return workers.map(({ address }) => address);
  } catch (error) {
    throwDatabaseError(error);
  } finally {
    client.release();
  }
}

/** The copy that the coordinator would keep, out of sight, would be found by nobody who erases. */
const moveOut = (table: string): string[] => [
  `/* distribute.table */ SELECT create_distributed_table('public.${table}', '${DISTRIBUTION_COLUMN}'${table === DISTRIBUTED_TABLES[0] ? '' : `, colocate_with => 'public.${DISTRIBUTED_TABLES[0]}'`})`,
  `/* distribute.truncate */ SELECT truncate_local_data_after_distributing_table('public.${table}')`,
];

/** Who reads or changes rows locks the gate, so who may do that with the rows may do it here; to lock it alone needs UPDATE. */
const CREATE_GATE = `/* distribute.gate */ DO $$ DECLARE given record; BEGIN
    IF to_regclass('public.${GATE}') IS NOT NULL THEN RETURN; END IF;
    CREATE VIEW public.${GATE} AS SELECT 1 AS gate;
    FOR given IN SELECT privilege_type AS privilege, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS role
      FROM pg_class, aclexplode(relacl) WHERE oid = 'public.appointment'::regclass AND privilege_type IN ('SELECT', 'UPDATE')
    LOOP EXECUTE format('GRANT %s ON public.${GATE} TO %s', given.privilege, given.role); END LOOP; END $$`;

const DROP_GATE = `/* distribute.gate */ DROP VIEW IF EXISTS public.${GATE}`;

const bringBack = (table: string): string[] => [`/* distribute.undo */ SELECT undistribute_table('public.${table}')`];

async function distributedTables(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(
    `/* distribute.tables */ SELECT relname AS name FROM pg_dist_partition JOIN pg_class ON oid = logicalrelid
     WHERE relnamespace = 'public'::regnamespace AND partmethod = 'h'`,
  );
  return new Set(rows.map(({ name }) => name));
}

async function countRows(client: pg.ClientBase, table: string): Promise<number> {
  const { rows } = await client.query<{ rows: string }>(`/* distribute.rows */ SELECT count(*) AS rows FROM ${table}`);
  return Number(rows[0]?.rows);
}

const INSUFFICIENT_PRIVILEGE = '42501';

function explain(error: unknown): never {
  const cause = error instanceof Failure ? error.cause : error;
  if (cause instanceof pg.DatabaseError && cause.code === INSUFFICIENT_PRIVILEGE)
    throw new Failure(
      'BAD_CONFIGURATION',
      `The database user may not distribute the tables: ${cause.message}. Run this as their owner, who runs the migrations.`,
      { cause: error },
    );
  throw error;
}
