/** How many rows of tables a statement reads. */
import type pg from 'pg';
import type { Json } from './graphql.ts';
import type { Statement } from './statements.ts';

/** A step of a plan, as EXPLAIN (ANALYZE, FORMAT JSON) gives it. Its numbers of rows are averages of its loops. */
interface Step {
  /** Only steps that read a table have one. */
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Step[];
}

function scannedRows(step: Step): number {
  const within = (step.Plans ?? []).reduce((sum, one) => sum + scannedRows(one), 0);
  if (step['Relation Name'] === undefined) return within;
  const given = step['Actual Rows'];
  const removed = (step['Rows Removed by Filter'] ?? 0) + (step['Rows Removed by Index Recheck'] ?? 0);
  return within + Math.round((given + removed) * step['Actual Loops']);
}

/**
 * Runs a statement again and counts the rows that its scans of tables looked at, whether or not a filter kept them. The tables of a test are so
 * small that Postgres reads them whole where it would use an index of large ones; here it uses one wherever there is one.
 */
export async function rowsRead(client: pg.Client, { text, values }: Statement): Promise<number> {
  await client.query('BEGIN READ ONLY; SET LOCAL enable_seqscan = off');
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': Json }>(
      `EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON) ${text}`,
      [...values],
    );
    return scannedRows(rows[0]?.['QUERY PLAN'][0].Plan);
  } finally {
    await client.query('ROLLBACK');
  }
}
