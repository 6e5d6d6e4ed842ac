import type pg from 'pg';
import { secondsText } from '../domain/import/as-of.ts';
import { retryOnConflict, throwDatabaseError } from './connection/errors/database-errors.ts';

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

/**
 * The data version; when rows or names were imported last, what time the rows are known to be of, and when retention was applied last:
 * milliseconds since 1970, or null.
 */
interface StoredState {
  readonly version: string;
  readonly importedAt: number | null;
  readonly knownAt: number | null;
  readonly retainedAt: number | null;
}

/** Returns what is stored about the imports of all instances and commands. Errors: DATABASE_UNAVAILABLE. */
export async function readStoredState(pool: pg.Pool): Promise<StoredState> {
  const { rows } = await pool
    .query<{ version: string; importedAt: Date | null; knownAt: Date | null; retainedAt: Date | null }>(
      `/* stored.state */ SELECT version::text, imported_at AS "importedAt", known_at AS "knownAt", retained_at AS "retainedAt"
       FROM dataset WHERE id = 1`,
    )
    .catch(throwDatabaseError);
  const [state] = rows;
  if (!state) throw new Error('the dataset has no row');
  const { version, importedAt, knownAt, retainedAt } = state;
  return {
    version,
    importedAt: importedAt?.getTime() ?? null,
    knownAt: knownAt?.getTime() ?? null,
    retainedAt: retainedAt?.getTime() ?? null,
  };
}

/** Returns the number of stored rows. Errors: DATABASE_UNAVAILABLE. */
export async function countStoredRows(pool: pg.Pool): Promise<number> {
  const { rows } = await retryOnConflict(() =>
    pool.query<{ rows: number }>('/* stored.rows */ SELECT count(*)::int AS rows FROM appointment'),
  ).catch(throwDatabaseError);
  return rows[0]?.rows ?? 0;
}

/**
 * Returns the time that the rows are known at if it is longer ago than so many milliseconds, or null as the time if no rows were imported;
 * null if it isn't, or null milliseconds are given. Errors: DATABASE_UNAVAILABLE.
 */
export async function findOutdated(pool: pg.Pool, maxAgeMs: number | null): Promise<{ knownAt: string | null } | null> {
  if (maxAgeMs === null) return null;
  const { knownAt } = await readStoredState(pool);
  if (knownAt === null) return { knownAt };
  return Date.now() - knownAt > maxAgeMs ? { knownAt: secondsText(knownAt) } : null;
}
