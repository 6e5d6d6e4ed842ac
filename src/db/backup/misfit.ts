import pg from 'pg';
import { Failure } from '../../domain/errors.ts';

/** SQLSTATEs of a value that is invalid for its column or violates a constraint, and of a row that is not COPY's text format. */
const DOES_NOT_FIT = /^2[23]/;

/** Throws INVALID_BACKUP if Postgres refused a value of the backup. Rethrows any other error. */
export function refuseMisfit(error: unknown, what: string): never {
  if (!(error instanceof pg.DatabaseError) || !DOES_NOT_FIT.test(error.code ?? '')) throw error;
  throw new Failure('INVALID_BACKUP', `The backup’s ${what}: ${error.message}.`, { cause: error });
}
