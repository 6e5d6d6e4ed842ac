import type pg from 'pg';

/**
 * Cancels what a backend works on; without it the backend would notice only when it next writes that nobody wants its answer. The caller's
 * transaction is still open, so that the process id can't be anybody else's.
 */
export async function cancelBackend(pool: pg.Pool, pid: number): Promise<void> {
  await pool.query('/* backend.cancel */ SELECT pg_cancel_backend($1)', [pid]).catch(() => {});
}
