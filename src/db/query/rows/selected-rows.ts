import type { OutputOptions } from '../../../extract/output-options.ts';
import { asksOtherTables, selectListOf } from '../../../extract/select-list.ts';
import type { Layout } from '../../connection/layout.ts';
import { orderBy, type SortKey } from '../pages/keyset.ts';

/** What of which rows an export reads. */
interface SelectedRows {
  readonly output: OutputOptions;
  /** The clauses after SELECT …, over `appointment a`. */
  readonly source: string;
  /** The order that they give; null: none. */
  readonly keys: readonly SortKey[] | null;
  /** Further columns of `a`, after those of the output. Default: none. */
  readonly more?: string;
}

/**
 * Returns the query of an export's rows. Distributed rows can't be asked about jobs and candidates, which are at the coordinator, one by one; so
 * they are gathered there first.
 */
export function selectedRows({ output, source, keys, more = '' }: SelectedRows, { distributed }: Layout): string {
  const list = `${selectListOf(output)}${more}`;
  if (!distributed || !asksOtherTables(output)) return `SELECT ${list} ${source}`;
  return `WITH a AS MATERIALIZED (SELECT a.* ${source}) SELECT ${list} FROM a${keys ? ` ORDER BY ${orderBy(keys)}` : ''}`;
}
