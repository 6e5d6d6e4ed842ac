import { both, type Condition } from '../../domain/condition.ts';
import { restrict, type Viewer, visible } from '../../domain/viewer.ts';
import type { Query } from '../connection/snapshot.ts';
import { parameterList, sql } from '../sql.ts';
import { toSql } from './to-sql.ts';

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

/** Counts the rows that meet a condition, and all rows, as far as the viewer sees them. Errors: those of the query. */
export async function readSummary(query: Query, where: Condition, viewer: Viewer): Promise<Summary> {
  const { parameters, bind } = parameterList();
  const rows = restrict(viewer);
  const [state] = await query<Summary['dataset'] & { readonly found: number }>(
    sql`/* extract.summary */ SELECT version::text, imported_at AS "importedAt", known_at AS "knownAt", sample,
        (SELECT count(*)::int FROM appointment a WHERE ${toSql(rows, bind)}) AS rows,
        (SELECT count(*)::int FROM interview a WHERE ${toSql(visible('interview', viewer), bind, 'interview')}) AS interviews,
        (SELECT count(*)::int FROM appointment a WHERE ${toSql(both(rows, where), bind)}) AS found
       FROM dataset`,
    parameters,
  );
  if (!state) throw new Error('the dataset has no row');
  const { found, ...dataset } = state;
  return { rows: found, dataset };
}
