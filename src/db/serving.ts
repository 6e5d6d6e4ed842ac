import type pg from 'pg';
import { LOCKS } from './locks.ts';

/**
 * Claims to be the one service on these data. Gives null once claimed, or else the words in which the one that has the claim describes
 * itself. The claim ends with the connection, so a killed service leaves none.
 */
export async function claimServing(client: pg.ClientBase): Promise<string | null> {
  const { rows } = await client.query(`/* serving.claim */ SELECT pg_try_advisory_lock(${LOCKS.serving}) AS claimed`);
  if (rows[0]?.claimed) return null;
  const { rows: holders } = await client.query<{ name: string }>(
    `/* serving.holder */ SELECT application_name AS name FROM pg_stat_activity a JOIN pg_locks l USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND ((l.classid::bigint << 32) | l.objid::bigint) = ${LOCKS.serving}`,
  );
  return holders[0]?.name ?? 'another process';
}

/** Says under what words others find this service: at most 63 characters. */
export async function nameService(client: pg.ClientBase, name: string): Promise<void> {
  await client.query("/* serving.name */ SELECT set_config('application_name', $1, false)", [name.slice(0, 63)]);
}
