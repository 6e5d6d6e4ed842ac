import type pg from 'pg';

/** Hears of what fails without anybody waiting for it. */
export type ReportError = (error: Error, message: string) => void;

/**
 * Cancels what a backend works on; without it the backend would notice only when it next writes that nobody wants its answer. The caller's
 * transaction is still open, so that the process id can't be anybody else's. It doesn't throw.
 */
export async function cancelBackend(pool: pg.Pool, pid: number, report: ReportError): Promise<void> {
  try {
    await pool.query('/* backend.cancel */ SELECT pg_cancel_backend($1::integer)', [pid]);
  } catch (error) {
    // A program that ends closes its connections, which ends their statements as well.
    if (!pool.ending) report(error as Error, 'a statement that nobody waits for any more could not be canceled');
  }
}
