import type { Condition } from '../../domain/condition.ts';
import type { Query } from '../connection/snapshot.ts';
import { parameterList, toSql } from './to-sql.ts';

/** How many rows a filter lets through, and what is stored as a whole. */
export interface Summary {
  readonly rows: number;
  readonly dataset: {
    readonly version: string;
    /** The end of the last import. */
    readonly importedAt: Date | null;
    /** Whether it is the sample that came with the program. */
    readonly sample: boolean;
    readonly rows: number;
    readonly interviews: number;
  };
}

/** Counts the rows for which a condition holds. Errors: those of the query. */
export async function readSummary(query: Query, where: Condition): Promise<Summary> {
  const { parameters, bind } = parameterList();
  const [state] = await query<Summary['dataset'] & { readonly found: number }>(
    `/* extract.summary */ SELECT version::text, imported_at AS "importedAt", sample,
        (SELECT count(*)::int FROM appointment) AS rows, (SELECT count(*)::int FROM interview) AS interviews,
        (SELECT count(*)::int FROM appointment a WHERE ${toSql(where, bind)}) AS found
       FROM dataset`,
    parameters,
  );
  if (!state) throw new Error('the dataset has no row');
  const { found, ...dataset } = state;
  return { rows: found, dataset };
}
