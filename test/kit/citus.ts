/**
 * Databases on a cluster of Citus. CITUS_URL names a database with the extension at its coordinator, which knows the nodes, and a superuser who
 * may log in at all of them.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { run } from './command.ts';
import { type TestDatabase, urlOf } from './database.ts';
import { type Connection, createDatabase, withClient } from './server.ts';

export const CITUS_URL = process.env.CITUS_URL;

/** Shards of a table: enough for every worker to have several. */
const SHARDS = 8;

function coordinator(): Connection {
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

/** Gives an empty database with the extension on all nodes, which the coordinator knows. */
export async function emptyCitusDatabase(): Promise<TestDatabase> {
  const at = coordinator();
  const workers = await workersOf(at);
  const database = `test_${randomBytes(6).toString('hex')}`;
  const nodes = [at, ...workers];
  const everywhere = async (statement: string, inside?: string) => {
    for (const node of nodes)
      await withClient({ ...node, ...(inside && { database: inside }) }, (client) => client.query(statement));
  };
  const drop = () => everywhere(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
  const connection = { ...at, database };
  try {
    await everywhere(createDatabase(database));
    await everywhere('CREATE EXTENSION citus', database);
    await withClient(connection, async (client) => {
      await client.query(`ALTER DATABASE "${database}" SET citus.shard_count TO ${SHARDS}`);
      await client.query('SELECT citus_set_coordinator_host($1, $2)', [at.host, at.port]);
      for (const { host, port } of workers) await client.query('SELECT citus_add_node($1, $2)', [host, port]);
    });
  } catch (error) {
    await drop();
    throw error;
  }
  return { connection, url: urlOf(connection), drop };
}

/** Gives a database that is migrated and distributed, and else empty. Drop it afterwards. */
export async function citusDatabase(): Promise<TestDatabase> {
  const database = await emptyCitusDatabase();
  for (const command of ['migrate', 'distribute']) {
    const { code, stderr } = await run([command], { DATABASE_URL: database.url });
    if (code === 0) continue;
    await database.drop();
    throw new Error(`${command} failed: ${stderr}`);
  }
  return database;
}
