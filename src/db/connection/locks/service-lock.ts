import type pg from 'pg';
import { Failure } from '../../../domain/errors.ts';
import { throwDatabaseError } from '../errors/database-errors.ts';
import { LOCKS } from './locks.ts';

/** The lock of the only service on an embedded database, for as long as this process runs. */
export interface ServiceLock {
  /** Publishes the address of this service for other processes. */
  announce(address: string): Promise<void>;
  release(): void;
}

/** Interval in milliseconds between attempts to lock again after a lost connection. */
const RELOCK_INTERVAL_MS = 1_000;

/**
 * Locks the data in a folder for one service. The lock is an advisory lock of a session, so a killed service leaves none; it is
 * acquired again when Postgres comes back.
 * Errors: CONFLICT, naming the service that holds the lock; DATABASE_UNAVAILABLE.
 */
export async function lockService(pool: pg.Pool, dataDir: string): Promise<ServiceLock> {
  let released = false;
  let name: string | null = null;
  let client: pg.PoolClient | null = null;

  async function take(): Promise<void> {
    const taken = await pool.connect().catch(throwDatabaseError);
    try {
      const holder = await tryLock(taken);
      if (holder !== null)
        throw new Failure(
          'CONFLICT',
          `The data in ${dataDir} are already served by ${holder}. Stop it first, or set DATA_DIR to another folder.`,
        );
      if (name !== null) await nameConnection(taken, name);
    } catch (error) {
      taken.release(true);
      throwDatabaseError(error);
    }
    if (released) {
      taken.release(true);
      return;
    }
    client = taken;
    taken.once('end', lost);
  }

  function lost(): void {
    // Without this the pool would count the connection as in use, and wait for it on closing.
    client?.release(true);
    client = null;
    again();
  }

  function again(): void {
    if (!released) setTimeout(() => take().catch(again), RELOCK_INTERVAL_MS).unref();
  }

  await take();
  return {
    async announce(address) {
      name = `${address} (process ${process.pid})`;
      if (client) await nameConnection(client, name).catch(throwDatabaseError);
    },
    release() {
      released = true;
      client?.off('end', lost);
      client?.release(true);
      client = null;
    },
  };
}

/** Acquires the lock. Returns null, or else the application name of the session that holds it. */
async function tryLock(client: pg.ClientBase): Promise<string | null> {
  const { rows } = await client.query(`/* serving.claim */ SELECT pg_try_advisory_lock(${LOCKS.serving}) AS claimed`);
  if (rows[0]?.claimed) return null;
  const { rows: holders } = await client.query<{ name: string }>(
    `/* serving.holder */ SELECT application_name AS name FROM pg_stat_activity a JOIN pg_locks l USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND ((l.classid::bigint << 32) | l.objid::bigint) = ${LOCKS.serving}`,
  );
  return holders[0]?.name ?? 'another process';
}

/** Sets the application name under which others find this session: at most 63 characters. */
async function nameConnection(client: pg.ClientBase, name: string): Promise<void> {
  await client.query("/* serving.name */ SELECT set_config('application_name', $1, false)", [name.slice(0, 63)]);
}
