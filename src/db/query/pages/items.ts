import { ALWAYS } from '../../../domain/condition.ts';
import { entityOf } from '../../../domain/entities.ts';
import type { Layout } from '../../connection/layout.ts';
import type { Query } from '../../connection/snapshot.ts';
import { column, comment, joinSql, parameterList, type Sql, sql } from '../../sql.ts';
import { tableOf } from '../where/to-sql.ts';
import { compileSelection } from './compile-selection.ts';
import type { Key } from './key-list.ts';
import { readKeyedItems } from './keyed-items.ts';
import type { Item, ItemValues } from './page.ts';
import type { ReadSelection } from './read-selection.ts';
import type { Selection } from './selection.ts';

/** Reads items by primary key, in the order of the keys; `undefined` for a key that no item has. Errors: DATABASE_UNAVAILABLE. */
export async function readItems(
  query: Query,
  selection: Selection,
  keys: readonly Key[],
): Promise<(Item | undefined)[]> {
  const [first] = keys;
  if (first && keys.length === 1) return [await readItem(query, selection, first)];
  const { selected, found } = await readKeyedItems(query, selection.entity, ALWAYS, keys, (bind) =>
    compileSelection(selection, 'a', bind),
  );
  return found.map((values) => values && selected.read(values));
}

/** A statement that reads one item by primary key, and its values beside the key. */
interface ItemStatement {
  readonly text: Sql;
  readonly distributed: boolean;
  readonly bound: readonly unknown[];
  readonly selected: ReadSelection;
}

/** The statements in which nothing but the key is bound. */
const kept = new WeakMap<Selection, ItemStatement>();

/**
 * Returns the statement that reads an item of a selection. It compares the key itself: Postgres can tell that this plan is as good for every
 * key, and plans it once. The key comes first among the values.
 */
function itemStatement(selection: Selection, layout: Layout): ItemStatement {
  const known = kept.get(selection);
  if (known?.distributed === layout.distributed) return known;
  const { entity } = selection;
  const { parameters, bind } = parameterList(layout);
  const linked = entityOf(entity).key.map((part) => sql`${column('a', part.column)} = ${bind('', part.type)}`);
  const selected = compileSelection(selection, 'a', bind);
  const text = sql`${comment(`item.${entity}`)} SELECT ${selected.value} AS item FROM ${tableOf(entity)} a${selected.joins} WHERE ${joinSql(linked, ' AND ')}`;
  const statement = { text, distributed: layout.distributed, bound: parameters.slice(linked.length), selected };
  if (!selected.binds) kept.set(selection, statement);
  return statement;
}

/** Reads one item by primary key. Errors: DATABASE_UNAVAILABLE. */
async function readItem(query: Query, selection: Selection, key: Key): Promise<Item | undefined> {
  const { text, bound, selected } = itemStatement(selection, query);
  const [row] = await query<{ item: ItemValues }>(text, [...key, ...bound], {
    prepare: !selected.binds,
    othersFollow: selected.othersFollow,
  });
  if (!row) return undefined;
  await selected.complete(query, [row]);
  return selected.read(row.item);
}
