import { entityOf } from '../../../domain/entities.ts';
import type { Query } from '../../connection/snapshot.ts';
import { column, comment, joinSql, parameterList, type Sql, sql } from '../../sql.ts';
import { tableOf } from '../where/to-sql.ts';
import { type CompiledSelection, compileSelection } from './compile-selection.ts';
import { type Key, primaryKeys } from './key-list.ts';
import type { Item, ItemValues } from './page.ts';
import type { Selection } from './selection.ts';

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
    { prepare: !binds, othersFollow: selection.othersFollow },
  );
  const items = new Map(rows.map(({ n, item }) => [Number(n) - 1, read(item)]));
  return keys.map((_, index) => items.get(index));
}

/** A statement that reads one item by primary key, and its values beside the key. */
interface ItemStatement {
  readonly text: Sql;
  readonly bound: readonly unknown[];
  readonly selected: CompiledSelection;
}

/** The statements in which nothing but the key is bound. */
const kept = new WeakMap<Selection, ItemStatement>();

/**
 * Returns the statement that reads an item of a selection. It compares the key itself: Postgres can tell that this plan is as good for every
 * key, and plans it once. The key comes first among the values.
 */
function itemStatement(selection: Selection): ItemStatement {
  const known = kept.get(selection);
  if (known) return known;
  const { entity } = selection;
  const { parameters, bind } = parameterList();
  const linked = entityOf(entity).key.map((part) => sql`${column('a', part.column)} = ${bind('', part.type)}`);
  const selected = compileSelection(selection, 'a', bind);
  const text = sql`${comment(`item.${entity}`)} SELECT ${selected.value} AS item FROM ${tableOf(entity)} a${selected.joins} WHERE ${joinSql(linked, ' AND ')}`;
  const statement = { text, bound: parameters.slice(linked.length), selected };
  if (!selected.binds) kept.set(selection, statement);
  return statement;
}

/** Reads one item by primary key. Errors: DATABASE_UNAVAILABLE. */
async function readItem(query: Query, selection: Selection, key: Key): Promise<Item | undefined> {
  const { text, bound, selected } = itemStatement(selection);
  const [row] = await query<{ item: ItemValues }>(text, [...key, ...bound], {
    prepare: !selected.binds,
    othersFollow: selection.othersFollow,
  });
  return row && selected.read(row.item);
}
