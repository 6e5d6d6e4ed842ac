/** What a database must have before its tables can be distributed. */
import type pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import { isStandby } from '../connection/standby.ts';

/** Returns the failure of a database that can't be distributed as it is. */
const refusal = (message: string): Failure => new Failure('BAD_CONFIGURATION', `${message} Nothing was changed.`);

/** A server of a cluster. */
interface Node {
  /** As `host:port`. */
  readonly address: string;
  readonly isCoordinator: boolean;
  /** Whether it takes rows. */
  readonly holdsShards: boolean;
}

/**
 * Returns the servers of the cluster whose coordinator a database is at. Errors: BAD_CONFIGURATION if it is a standby or a worker, or lacks the
 * extension; those of the database.
 */
export async function findCluster(client: pg.ClientBase): Promise<readonly Node[]> {
  if (await isStandby(client))
    throw refusal('This database is a standby, which only reads: DATABASE_URL has to name the primary server.');
  await refuseWithoutExtension(client);
  const { rows: local } = await client.query<{ isCoordinator: boolean }>(
    '/* distribute.here */ SELECT groupid = 0 AS "isCoordinator" FROM pg_dist_local_group',
  );
  if (local[0]?.isCoordinator === false)
    throw refusal('This server is a worker of a cluster: DATABASE_URL has to name the coordinator.');
  const { rows } = await client.query<Node>(
    `/* distribute.nodes */ SELECT nodename || ':' || nodeport AS address, groupid = 0 AS "isCoordinator", shouldhaveshards AS "holdsShards"
     FROM pg_dist_node WHERE isactive AND noderole = 'primary' ORDER BY nodename, nodeport`,
  );
  return rows;
}

/** Returns the workers that take rows. Errors: BAD_CONFIGURATION if there is none, or if the coordinator would, too. */
export function workersOf(cluster: readonly Node[]): readonly Node[] {
  const taking = cluster.filter(({ holdsShards }) => holdsShards);
  const coordinator = taking.find(({ isCoordinator }) => isCoordinator);
  if (coordinator)
    throw refusal(
      `The coordinator would hold rows itself, which this service does not support. Run SELECT citus_set_node_property(HOST, PORT, 'shouldhaveshards', false) for ${coordinator.address} first.`,
    );
  if (taking.length === 0)
    throw refusal(
      'The coordinator knows no worker that takes rows. Run SELECT citus_add_node(HOST, PORT) for each: a Postgres with the extension in a database of the same name.',
    );
  return taking;
}

async function refuseWithoutExtension(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ installed: boolean; available: boolean }>(
    `/* distribute.extension */ SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus') AS installed,
       EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'citus') AS available`,
  );
  if (rows[0]?.installed) return;
  throw refusal(
    rows[0]?.available
      ? 'This database lacks the extension citus, which the server has. As a superuser, run CREATE EXTENSION citus in it, and in a database of the same name on each worker; shared_preload_libraries has to name citus.'
      : 'The server of this database lacks the extension citus, by which several servers share the rows. Install Citus 13 (its packages, its source, or a service such as Azure Cosmos DB for PostgreSQL) on this server and on each worker.',
  );
}
