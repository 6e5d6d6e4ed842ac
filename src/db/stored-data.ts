import type pg from 'pg';
import { retryOnConflict, throwDatabaseError } from './connection/database-errors.ts';

/** Where the stored rows are from: the sample extract, an import, or nowhere, because nothing was ever imported. */
export type DataOrigin = 'sample' | 'import' | null;

/** Returns where the stored rows are from. Errors: DATABASE_UNAVAILABLE. */
export async function readDataOrigin(pool: pg.Pool): Promise<DataOrigin> {
  const { rows } = await retryOnConflict(() =>
    pool.query<{ sample: boolean; imported: boolean }>(
      '/* stored.origin */ SELECT sample, imported_at IS NOT NULL AS imported FROM dataset',
    ),
  ).catch(throwDatabaseError);
  if (!rows[0]?.imported) return null;
  return rows[0].sample ? 'sample' : 'import';
}

/** Returns the number of stored rows. Errors: DATABASE_UNAVAILABLE. */
export async function countStoredRows(pool: pg.Pool): Promise<number> {
  const { rows } = await retryOnConflict(() =>
    pool.query<{ rows: number }>('/* stored.rows */ SELECT count(*)::int AS rows FROM appointment'),
  ).catch(throwDatabaseError);
  return rows[0]?.rows ?? 0;
}
