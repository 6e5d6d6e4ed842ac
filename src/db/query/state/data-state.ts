import type pg from 'pg';
import { retryOnConflict, throwDatabaseError } from '../../connection/errors/database-errors.ts';
import type { Query } from '../../connection/snapshot.ts';
import { sql } from '../../sql.ts';

/** What answers depend on that are counted by the clock of the data. */
export interface DataState {
  /** The data version (data-version.ts). */
  readonly version: string;
  /** The time that the rows are known to be of, in milliseconds since 1970; null if no rows were imported. It can move without the version. */
  readonly knownAt: number | null;
}

interface StateRow {
  readonly version: string;
  readonly knownAt: Date | null;
}

const STATE = sql`/* dataset.clock */ SELECT version::text, known_at AS "knownAt" FROM dataset WHERE id = 1`;

function stateOf([row]: readonly StateRow[]): DataState {
  if (!row) throw new Error('the dataset has no row');
  return { version: row.version, knownAt: row.knownAt?.getTime() ?? null };
}

/** Reads the state of a snapshot’s rows. Errors: those of the query. */
export const readDataState = async (query: Query): Promise<DataState> =>
  stateOf(await query<StateRow>(STATE, [], { prepare: true }));

/** Reads the current state. Errors: those of `throwDatabaseError`. */
export const currentDataState = async (pool: pg.Pool): Promise<DataState> => {
  const { rows } = await retryOnConflict(() => pool.query<StateRow>(STATE)).catch(throwDatabaseError);
  return stateOf(rows);
};
