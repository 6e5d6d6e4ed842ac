import type pg from 'pg';
import { areOfOneServer } from '../servers/server-pool.ts';

/** Receives errors of background work. */
export type ReportError = (error: Error, message: string) => void;

/**
 * Cancels the current statement of a backend. Otherwise the backend would notice that nobody reads its result only when it next writes. The
 * caller still holds the connection, so the process ID cannot belong to another backend. Nothing is canceled if the pool has moved to another
 * server, where the process ID is another's. Does not throw.
 */
export async function cancelBackend(
  pool: pg.Pool,
  pid: number,
  held: pg.ClientBase,
  report: ReportError,
): Promise<void> {
  let failed = true;
  let client: pg.PoolClient | undefined;
  try {
    client = await pool.connect();
    if (areOfOneServer(client, held))
      await client.query('/* backend.cancel */ SELECT pg_cancel_backend($1::integer)', [pid]);
    failed = false;
  } catch (error) {
    // A closing pool closes its connections, which ends their statements too.
    if (!pool.ending) report(error as Error, 'a statement that nobody waits for any more could not be canceled');
  } finally {
    client?.release(failed);
  }
}
