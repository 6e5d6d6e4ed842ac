import { entityOf } from '../../domain/entities.ts';
import type { Query } from '../connection/snapshot.ts';
import { column, comment, joinSql, parameterList, sql } from '../sql.ts';
import { compileSelection } from './compile-selection.ts';
import { type Key, primaryKeys } from './key-list.ts';
import type { Item, ItemValues } from './page.ts';
import type { Selection } from './selection.ts';
import { tableOf } from './to-sql.ts';

/** Reads items by primary key, in the order of the keys; `undefined` for a key that no item has. Errors: DATABASE_UNAVAILABLE. */
export async function readItems(
  query: Query,
  selection: Selection,
  keys: readonly Key[],
): Promise<(Item | undefined)[]> {
  const [first] = keys;
  if (first && keys.length === 1) return [await readItem(query, selection, first)];
  const { parameters, bind } = parameterList();
  const { entity } = selection;
  const { list, matches } = primaryKeys(entity, keys, bind);
  const { value, joins, binds, read } = compileSelection(selection, 'a', bind);
  const rows = await query<{ n: string; item: ItemValues }>(
    sql`${comment(`items.${entity}`)} SELECT p.n, ${value} AS item
      FROM ${list}
      JOIN ${tableOf(entity)} a ON ${matches}${joins}`,
    parameters,
    { prepare: !binds, more: selection.more },
  );
  const items = new Map(rows.map(({ n, item }) => [Number(n) - 1, read(item)]));
  return keys.map((_, index) => items.get(index));
}

/**
 * Reads one item by primary key. Its statement compares the key itself: Postgres can tell that this plan is as good for every key, and plans
 * it once. Errors: DATABASE_UNAVAILABLE.
 */
async function readItem(query: Query, selection: Selection, values: Key): Promise<Item | undefined> {
  const { parameters, bind } = parameterList();
  const { entity } = selection;
  const linked = entityOf(entity).key.map(
    (part, index) => sql`${column('a', part.column)} = ${bind(values[index] ?? '', part.type)}`,
  );
  const { value, joins, binds, read } = compileSelection(selection, 'a', bind);
  const [row] = await query<{ item: ItemValues }>(
    sql`${comment(`item.${entity}`)} SELECT ${value} AS item FROM ${tableOf(entity)} a${joins} WHERE ${joinSql(linked, ' AND ')}`,
    parameters,
    { prepare: !binds, more: selection.more },
  );
  return row && read(row.item);
}
