import type pg from 'pg';
import { MAX_AHEAD_MS } from '../../domain/import/as-of.ts';
import { importBusy } from '../../domain/import/import-busy.ts';
import type { ImportFrom } from '../../domain/import/import-record.ts';
import { retryOnConflict, throwDatabaseError } from '../connection/errors/database-errors.ts';
import { holdConnection } from '../connection/locks/held-connection.ts';
import { IMPORT_SETTINGS, lockImports } from '../import/import-transaction.ts';
import { recordSaved } from './record-import.ts';

/** The last sync of an upstream that was saved, if its rows are still those stored: nothing has moved the version since. */
const STILL_STORED = `FROM import_record r WHERE r.version = (SELECT version FROM dataset)
  AND r.id = (SELECT max(id) FROM import_record WHERE origin = 'SYNC' AND upstream = $1 AND outcome IN ('CHANGED', 'UNCHANGED'))`;

/** Returns the ETag that an upstream gave the rows that are stored; null if they may be others. Errors: those of `throwDatabaseError`. */
export async function storedEntityTag(pool: pg.Pool, upstream: string): Promise<string | null> {
  const { rows } = await retryOnConflict(() =>
    pool.query<{ tag: string | null }>(`/* sync.tag */ SELECT r.entity_tag AS tag ${STILL_STORED}`, [upstream]),
  ).catch(throwDatabaseError);
  return rows[0]?.tag ?? null;
}

/**
 * Saves that the upstream still has the rows that are stored: `from` has the ETag with which it says so, `asOf`, in milliseconds since 1970, is
 * the time at which it was asked. Returns false, and saves nothing, if they may be others by now.
 * Errors: CONFLICT while an import is running; DATABASE_UNAVAILABLE.
 */
export async function confirmRows(
  pool: pg.Pool,
  from: ImportFrom,
  asOf: number,
  signal: AbortSignal,
): Promise<boolean> {
  const client = await pool.connect().catch(throwDatabaseError);
  const connection = holdConnection(client, pool, signal);
  try {
    signal.throwIfAborted();
    await connection.begin(`BEGIN; ${IMPORT_SETTINGS}`);
    await lockImports(client, importBusy);
    const { rowCount } = await client.query(
      `/* sync.confirm */ UPDATE dataset SET imported_at = clock_timestamp(),
         known_at = CASE WHEN known_at <= clock_timestamp() + $4 * interval '1 millisecond' THEN greatest(known_at, $3) ELSE $3 END
       WHERE EXISTS (SELECT 1 ${STILL_STORED} AND r.entity_tag = $2)`,
      [from.upstream, from.entityTag, new Date(asOf), MAX_AHEAD_MS],
    );
    if (rowCount === 1) await recordSaved(client, from, { rows: null, read: 0, namesChanged: 0, asOf });
    connection.retain();
    await client.query('COMMIT');
    connection.release(false);
    return rowCount === 1;
  } catch (error) {
    connection.release(true);
    throwDatabaseError(error);
  }
}
