import type pg from 'pg';
import type { ImportRecord } from '../../domain/import/import-record.ts';
import { retryOnConflict, throwDatabaseError } from '../connection/database-errors.ts';
import type { Query } from '../connection/snapshot.ts';
import { sql } from '../sql.ts';

const COLUMNS = sql`begun_at AS "begunAt", ended_at AS "endedAt", origin, upstream, outcome, rows_read AS read, inserted, updated,
  removed, moved, refused, names_changed AS "namesChanged", as_of AS "asOf", code, message`;

/** Returns the last imports in the history, the latest first. Errors: those of the query. */
export const readImports = (query: Query, first: number): Promise<ImportRecord[]> =>
  query<ImportRecord>(sql`/* history.read */ SELECT ${COLUMNS} FROM import_record ORDER BY id DESC LIMIT $1`, [first]);

/** Returns the last syncs in the history, the latest first. Errors: those of `throwDatabaseError`. */
export async function readSyncs(pool: pg.Pool, first: number): Promise<ImportRecord[]> {
  const statement = sql`/* history.syncs */ SELECT ${COLUMNS} FROM import_record WHERE origin = 'SYNC' ORDER BY id DESC LIMIT $1`;
  const { rows } = await retryOnConflict(() => pool.query<ImportRecord>(statement, [first])).catch(throwDatabaseError);
  return rows;
}
