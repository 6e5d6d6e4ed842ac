import type pg from 'pg';
import type { Restriction } from '../../domain/viewer.ts';
import { retryOnConflict, throwDatabaseError } from '../connection/errors/database-errors.ts';

const UNKNOWN = `/* token.unknown */ SELECT d AS value FROM unnest($1::text[]) AS d
  WHERE d NOT IN (SELECT department FROM job WHERE department IS NOT NULL)
  UNION ALL SELECT j::text FROM unnest($2::uuid[]) AS j WHERE j NOT IN (SELECT job_id FROM job)`;

/** Returns the departments and jobs of a restriction that no stored job has: perhaps they are misspelled. Errors: DATABASE_UNAVAILABLE. */
export async function findUnknown(pool: pg.Pool, { departments, jobIds }: Restriction): Promise<string[]> {
  const { rows } = await retryOnConflict(() => pool.query<{ value: string }>(UNKNOWN, [departments, jobIds])).catch(
    throwDatabaseError,
  );
  return rows.map(({ value }) => value);
}
