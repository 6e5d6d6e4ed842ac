import type { Query } from '../../connection/snapshot.ts';
import type { Sql } from '../../sql.ts';
import type { Item, ItemValues } from './page.ts';

/** How a selection is read, for the rows of a table alias: SQL in the statement that reads them, and what is read after it. */
export interface ReadSelection {
  /** The item as a JSON array. */
  readonly value: Sql;
  /** What follows the alias in FROM. */
  readonly joins: Sql;
  /** The columns of the alias that both use. */
  readonly columns: readonly string[];
  /** Whether values are bound in it. */
  readonly binds: boolean;
  /** Whether other statements follow, to complete the items or to read more below them. */
  readonly othersFollow: boolean;
  /** Reads what the statement left out of the items of rows, and puts it there. Errors: those of the query. */
  readonly complete: (query: Query, rows: readonly { readonly item: ItemValues }[]) => Promise<void>;
  /** Returns the item of its values, once they are complete. */
  readonly read: (values: ItemValues) => Item;
}
