import type pg from 'pg';
import { retryOnConflict, throwDatabaseError } from '../connection/database-errors.ts';

/**
 * The next version of the data, as SQL in an UPDATE of dataset: of the clock, so that a database that was made anew or set back doesn't come
 * to the same ones again.
 */
export const NEXT_VERSION = 'greatest(version + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)';

/** The statement that gives the data the next version. */
export const MOVE_VERSION = `UPDATE dataset SET version = ${NEXT_VERSION}`;

/**
 * The version of the data, which every import that changes something moves in its own transaction: in a snapshot's transaction that of its
 * rows, otherwise the current one. Read where it is needed, by its primary key, in a fraction of a millisecond, so that no process can
 * hold an old one and nothing has to be told of a new one. Errors: those of the database.
 */
export async function dataVersion(connection: pg.ClientBase | pg.Pool): Promise<string> {
  const { rows } = await connection.query<{ version: string }>(
    '/* extract.version */ SELECT version FROM dataset WHERE id = 1',
  );
  return rows[0]?.version ?? '';
}

/** The current version. Errors: those of `rethrow`. */
export const currentVersion = (pool: pg.Pool): Promise<string> =>
  retryOnConflict(() => dataVersion(pool)).catch(throwDatabaseError);
