import type pg from 'pg';

/** Receives errors of background work. */
export type ReportError = (error: Error, message: string) => void;

/**
 * Cancels the current statement of a backend. Otherwise the backend would notice that nobody reads its result only when it next writes. The
 * caller still holds the connection, so the process ID cannot belong to another backend. Does not throw.
 */
export async function cancelBackend(pool: pg.Pool, pid: number, report: ReportError): Promise<void> {
  try {
    await pool.query('/* backend.cancel */ SELECT pg_cancel_backend($1::integer)', [pid]);
  } catch (error) {
    // A closing pool closes its connections, which ends their statements too.
    if (!pool.ending) report(error as Error, 'a statement that nobody waits for any more could not be canceled');
  }
}
