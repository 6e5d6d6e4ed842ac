import type { Config } from '../../config.ts';
import { throwDatabaseError } from '../../db/connection/errors/database-errors.ts';
import { openDatabase } from '../../db/connection/open.ts';
import { Replica, ReplicaChecks } from '../../db/servers/replica.ts';
import { candidatesOf, Servers } from '../../db/servers/servers.ts';
import { databaseServers } from '../../domain/configuration/database-servers.ts';
import { Failure } from '../../domain/errors.ts';
import type { ServiceLog } from '../../log.ts';
import { logMove, type OpenDatabase, poolOptions } from './database.ts';

/**
 * Opens the pools for reads of an instance with DATABASE_REPLICA_URL; null without it. They go to the servers of DATABASE_URL while there is no
 * replica. Errors: BAD_CONFIGURATION if the replica is one of another database; DATABASE_UNAVAILABLE.
 */
export async function openReplica(config: Config, db: OpenDatabase, log: ServiceLog): Promise<Replica | null> {
  const { database } = config;
  if (database.kind !== 'url' || database.replicaUrl === null) return null;
  const candidates = [
    ...candidatesOf(databaseServers(database.replicaUrl)),
    ...candidatesOf(databaseServers(database.url)).map((candidate) => ({ ...candidate, preferred: false })),
  ];
  const checks = new ReplicaChecks(db.pool);
  const servers = new Servers(candidates, logMove(log, 'reads go to another server now'), checks);
  const reads = openDatabase(servers, (err, message) => log.warn({ err }, message), poolOptions(config));
  const replica = new Replica(reads, servers, checks);
  try {
    await checks.needCommitted().catch(throwDatabaseError);
    const { reads: used, fault } = await replica.whereabouts();
    if (checks.isForeign)
      throw new Failure(
        'BAD_CONFIGURATION',
        'DATABASE_REPLICA_URL: leads to another database than DATABASE_URL; name a standby of its server, and the same database.',
      );
    if (used === 'primary')
      log.warn({ reason: fault }, 'no replica can be used; reads go to the primary until there is one');
    return replica;
  } catch (error) {
    await reads.close();
    throw error;
  }
}
