import type pg from 'pg';
import { retryOnConflict, throwDatabaseError } from '../../connection/errors/database-errors.ts';

/**
 * SQL for the next data version in an UPDATE of `dataset`. It follows the clock, so that a database that was recreated or restored does not
 * repeat its versions.
 *
 * What moves when, in the row of `dataset`: the version with every import that changes rows or names; `imported_at` with these and with imports
 * of rows that change nothing; `known_at` with imports of rows, also with those that change nothing, never with those of names. So an answer that
 * depends on `imported_at` or `known_at` must not be kept by its version alone: it is not kept (NOT_VERSIONED), or by the version and that time.
 */
export const NEXT_VERSION = 'greatest(version + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)';

/** The statement that sets the next data version. */
export const MOVE_VERSION = `UPDATE dataset SET version = ${NEXT_VERSION}`;

/**
 * Returns the current data version, which every import that changes something increases in its own transaction. It is read from the database each
 * time, by primary key in a fraction of a millisecond, so no process can hold an outdated version or needs to be notified. Errors: those of
 * `throwDatabaseError`.
 */
export async function currentVersion(pool: pg.Pool): Promise<string> {
  const { rows } = await retryOnConflict(() =>
    pool.query<{ version: string }>('/* extract.version */ SELECT version FROM dataset WHERE id = 1'),
  ).catch(throwDatabaseError);
  return rows[0]?.version ?? '';
}
