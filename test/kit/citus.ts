/**
 * Databases on a cluster of Citus. CITUS_URL names a database with the extension at its coordinator, which knows the nodes, and a superuser who
 * may log in at all of them.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { distribute } from '../../src/db/distribute/distribute.ts';
import { migrate } from '../../src/db/migrations/migrate.ts';
import { type TestDatabase, urlOf } from './database.ts';
import { BY_FILES, type Connection, createDatabase, MIGRATIONS, withClient } from './server.ts';

export const CITUS_URL = process.env.CITUS_URL;

/** Shards of a table: enough for every worker to have several. */
const SHARDS = 8;

/** How to reach the database that CITUS_URL names. */
export function coordinator(): Connection {
  const { host, port, user = '', password, database = '' } = new pg.Client(CITUS_URL);
  return { host, port, user, database, ...(password !== null && { password }) };
}

const workersOf = async (at: Connection): Promise<readonly Connection[]> => {
  const { rows } = await withClient(at, (client) =>
    client.query<{ host: string; port: number }>(
      `SELECT nodename AS host, nodeport AS port FROM pg_dist_node WHERE noderole = 'primary' AND isactive AND groupid <> 0`,
    ),
  );
  return rows.map((worker) => ({ ...at, ...worker }));
};

/** A database as its superuser reaches it at the coordinator and at each worker. */
export const nodesOf = async ({ connection }: Pick<TestDatabase, 'connection'>) => ({
  coordinator: connection,
  workers: await workersOf(connection),
});

/** Sends statements to all nodes, in a database of each: by default the one that CITUS_URL names. */
async function everywhere(statements: readonly string[], database?: string): Promise<void> {
  const at = coordinator();
  for (const node of [at, ...(await workersOf(at))])
    await withClient({ ...node, ...(database !== undefined && { database }) }, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
}

const drop = (name: string): Promise<void> => everywhere([`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`]);

const databaseNamed = (name: string): TestDatabase => {
  const connection = { ...coordinator(), database: name };
  return { connection, url: urlOf(connection), drop: () => drop(name) };
};

/** Gives an empty database with the extension on all nodes, which the coordinator knows. */
export async function emptyCitusDatabase(name = `test_${randomBytes(6).toString('hex')}`): Promise<TestDatabase> {
  const at = coordinator();
  const database = databaseNamed(name);
  try {
    await everywhere([createDatabase(name)]);
    await everywhere(['CREATE EXTENSION citus'], name);
    await withClient(database.connection, async (client) => {
      await client.query(`ALTER DATABASE "${name}" SET citus.shard_count TO ${SHARDS}`);
      await client.query('SELECT citus_set_coordinator_host($1, $2)', [at.host, at.port]);
      for (const { host, port } of await workersOf(at))
        await client.query('SELECT citus_add_node($1, $2)', [host, port]);
    });
  } catch (error) {
    await database.drop();
    throw error;
  }
  return database;
}

/** Gives a database that is migrated and distributed, and else empty. Drop it afterwards. */
export async function citusDatabase(name?: string): Promise<TestDatabase> {
  const database = await emptyCitusDatabase(name);
  const pool = new pg.Pool({ ...database.connection, max: 2 });
  try {
    await withClient(database.connection, (client) => migrate(client, MIGRATIONS));
    await distribute(pool, { undo: false, dryRun: false, onWait: () => {}, onTable: () => {} });
  } catch (error) {
    await database.drop();
    throw error;
  } finally {
    await pool.end();
  }
  return database;
}

/** Makes a migrated and distributed database of which `copyOfTemplate` makes copies. */
export async function citusTemplate(name: string): Promise<void> {
  await citusDatabase(name);
  // Each node has a process of the extension in each database, and one that is copied must have none.
  await everywhere([
    `ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '${name}'`,
  ]);
}

/** Copies a database at each node: what the nodes know of each other has no name of a database in it. */
export async function copyOfTemplate(template: string, name: string): Promise<TestDatabase> {
  await everywhere([`CREATE DATABASE "${name}" TEMPLATE "${template}" ${BY_FILES}`]);
  return databaseNamed(name);
}

/** Removes all databases whose names begin so. */
export async function dropCitusDatabases(prefix: string): Promise<void> {
  const { rows } = await withClient(coordinator(), (client) =>
    client.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)', [prefix]),
  );
  for (const { name } of rows) await drop(name);
}
