import type { Query } from '../connection/snapshot.ts';
import { sql } from '../sql.ts';

/**
 * What Postgres is to assume for statements of metrics, until the transaction ends: slots and interviews are grouped in memory, where each of
 * a statement's few hash tables takes at most twice `work_mem` (hash_mem_multiplier); and pages cost the same in any order, as in memory or
 * on an SSD, so that an index that has all columns costs less than the wide rows. Nothing is compiled (jit): a statement has hundreds of short
 * expressions, and compiling them takes longer than it saves.
 */
const SETTINGS = sql`/* metrics.settings */ SELECT set_config('work_mem', '64MB', true), set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true)`;

/** Readies a transaction for the statements of metrics that follow. Errors: those of the query. */
export async function setPlanner(query: Query): Promise<void> {
  await query(SETTINGS);
}
