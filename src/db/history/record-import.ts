import type pg from 'pg';
import type { FailedImport, ImportFrom, RecordFailure } from '../../domain/import/import-record.ts';
import type { ChangeCounts } from '../../domain/import/import-session.ts';
import type { ReportError } from '../connection/cancel-backend.ts';
import { ENDS_IN_QUIET, SAVED } from './quiet-time.ts';

/** The number of imports that the history keeps, beside the last one that was saved, and the last ones before long times without any. */
const MAX_RECORDS = 1_000;

/** Maximum number of characters of a message. */
const MAX_MESSAGE = 500;

const COLUMNS =
  'begun_at, ended_at, origin, upstream, outcome, rows_read, inserted, updated, removed, moved, refused, names_changed, as_of, entity_tag, version, code, message';

/** Ids come from a sequence, so that at most so many are among the last. */
const PRUNE = `/* history.prune */ DELETE FROM import_record r WHERE id <= (SELECT max(id) FROM import_record) - ${MAX_RECORDS}
  AND id <> (SELECT coalesce(max(id), 0) FROM import_record WHERE ${SAVED}) AND NOT ${ENDS_IN_QUIET}`;

/** What a saved import did. */
interface SavedImport {
  /** Null if it had files of names only. */
  readonly rows: (ChangeCounts & { readonly moved: number }) | null;
  readonly read: number;
  readonly namesChanged: number;
  /** In milliseconds since 1970; null if it had files of names only. */
  readonly asOf: number | null;
}

/** What tells the record of an import from all others: its id, and its end to the microsecond. */
export interface SavedRecord {
  readonly id: string;
  readonly endedAt: string;
}

/** Adds a saved import to the history, within its transaction and after its changes. Errors: those of the database. */
export async function recordSaved(client: pg.ClientBase, from: ImportFrom, saved: SavedImport): Promise<SavedRecord> {
  const { inserted = 0, updated = 0, removed = 0, moved = 0, refused = 0 } = saved.rows ?? {};
  const changed = inserted + updated + removed + moved + saved.namesChanged > 0;
  const { rows } = await client.query<SavedRecord>(
    `/* history.saved */ INSERT INTO import_record (${COLUMNS})
     SELECT now(), clock_timestamp(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, version, NULL, NULL FROM dataset
     RETURNING id::text, ended_at::text AS "endedAt"`,
    [
      ...[from.origin, from.upstream, changed ? 'CHANGED' : 'UNCHANGED', saved.read],
      ...[inserted, updated, removed, moved, refused, saved.namesChanged],
      ...[saved.asOf === null ? null : new Date(saved.asOf), from.entityTag],
    ],
  );
  await client.query(PRUNE);
  const [record] = rows;
  if (!record) throw new Error('the dataset has no row');
  return record;
}

/**
 * Returns the function that adds imports that saved nothing to the history. `report` gets the error where it can't; not if the database was the
 * reason already, which the import's own error says.
 */
export const failureRecorder =
  (pool: pg.Pool, from: ImportFrom, report: ReportError): RecordFailure =>
  (failed) =>
    recordFailed(pool, from, failed).catch((error) => {
      if (failed.code !== 'DATABASE_UNAVAILABLE' && failed.code !== 'DATABASE_FULL')
        report(error, 'an import that saved nothing can’t be added to the history');
    });

async function recordFailed(pool: pg.Pool, from: ImportFrom, failed: FailedImport): Promise<void> {
  await pool.query(
    `/* history.failed */ INSERT INTO import_record (${COLUMNS})
     SELECT clock_timestamp() - $1 * interval '1 millisecond', clock_timestamp(), $2, $3, $4, $5, 0, 0, 0, 0, $6, 0, NULL, NULL, NULL, $7, $8`,
    [
      ...[Math.round(failed.milliseconds), from.origin, from.upstream, failed.outcome, failed.read, failed.refused],
      ...[failed.code, failed.message.slice(0, MAX_MESSAGE)],
    ],
  );
  await pool.query(PRUNE);
}
