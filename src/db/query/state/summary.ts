import { both, type Condition } from '../../../domain/condition.ts';
import { restrict, type Viewer, visible } from '../../../domain/viewer.ts';
import type { Query } from '../../connection/snapshot.ts';
import type { KeptCounts } from '../../kept/kept-counts.ts';
import { sql } from '../../sql.ts';

/** The number of rows that match a filter, and the state of the dataset as a viewer sees it. */
export interface Summary {
  readonly rows: number;
  readonly dataset: {
    readonly version: string;
    /** The end of the last import. */
    readonly importedAt: Date | null;
    /** The time that the rows are known to be of, in whole seconds; null if no rows were imported. */
    readonly knownAt: Date | null;
    /** Whether the data are the sample that comes with the program. */
    readonly sample: boolean;
    readonly rows: number;
    readonly interviews: number;
  };
}

const STATE = sql`/* extract.summary */ SELECT version::text, imported_at AS "importedAt", known_at AS "knownAt", sample FROM dataset`;

/** Counts the rows that meet a condition, and all rows, as far as the viewer sees them. Errors: those of the query. */
export async function readSummary(query: Query, kept: KeptCounts, where: Condition, viewer: Viewer): Promise<Summary> {
  const [state] = await query<Omit<Summary['dataset'], 'rows' | 'interviews'>>(STATE);
  if (!state) throw new Error('the dataset has no row');
  const rows = restrict(viewer);
  const { found, ...counts } = await kept.read(query, state.version, {
    rows: { entity: 'appointment', where: rows },
    interviews: { entity: 'interview', where: visible('interview', viewer) },
    found: { entity: 'appointment', where: both(rows, where) },
  });
  return { rows: found, dataset: { ...state, ...counts } };
}
