import type pg from 'pg';
import type { ImportRecord } from '../../domain/import/import-record.ts';
import { retryOnConflict, throwDatabaseError } from '../connection/errors/database-errors.ts';
import type { Query } from '../connection/snapshot.ts';
import { sql } from '../sql.ts';

const COLUMNS = sql`begun_at AS "begunAt", ended_at AS "endedAt", origin, upstream, outcome, rows_read AS read, inserted, updated,
  removed, moved, refused, names_changed AS "namesChanged", as_of AS "asOf", code, message`;

/** Returns the last imports in the history, the latest first. Errors: those of the query. */
export const readImports = (query: Query, first: number): Promise<ImportRecord[]> =>
  query<ImportRecord>(sql`/* history.read */ SELECT ${COLUMNS} FROM import_record ORDER BY id DESC LIMIT $1`, [first]);

/** The last sync of an upstream. */
interface LastSync {
  /** Milliseconds since its end, by the clock of the database; negative if that was set back since. */
  readonly endedMsAgo: number;
  /** How many syncs failed since the last one that came to its end: 0 if this one did. */
  readonly failures: number;
}

const OF_UPSTREAM = sql`FROM import_record WHERE origin = 'SYNC' AND upstream = $1`;

/** Returns the last sync of an upstream in the history; null if there was none. Errors: those of `throwDatabaseError`. */
export async function lastSync(pool: pg.Pool, upstream: string): Promise<LastSync | null> {
  const statement = sql`/* sync.last */ SELECT (extract(epoch FROM clock_timestamp() - ended_at) * 1000)::float8 AS "endedMsAgo",
      (SELECT count(*)::int ${OF_UPSTREAM} AND id > (SELECT coalesce(max(id), 0) ${OF_UPSTREAM} AND outcome <> 'FAILED')) AS failures
    ${OF_UPSTREAM} ORDER BY id DESC LIMIT 1`;
  const { rows } = await retryOnConflict(() => pool.query<LastSync>(statement, [upstream])).catch(throwDatabaseError);
  return rows[0] ?? null;
}

/** Returns the last syncs in the history, the latest first. Errors: those of `throwDatabaseError`. */
export async function readSyncs(pool: pg.Pool, first: number): Promise<ImportRecord[]> {
  const statement = sql`/* history.syncs */ SELECT ${COLUMNS} FROM import_record WHERE origin = 'SYNC' ORDER BY id DESC LIMIT $1`;
  const { rows } = await retryOnConflict(() => pool.query<ImportRecord>(statement, [first])).catch(throwDatabaseError);
  return rows;
}
