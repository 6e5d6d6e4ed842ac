import { type Condition, isAlways } from '../../../domain/condition.ts';
import type { EntityName } from '../../../domain/entities.ts';
import type { Query } from '../../connection/snapshot.ts';
import { type Bind, comment, parameterList, sql } from '../../sql.ts';
import { tableOf, toSql } from '../where/to-sql.ts';
import { type Key, primaryKeys } from './key-list.ts';
import type { ItemValues } from './page.ts';
import type { ReadSelection } from './read-selection.ts';

/**
 * Reads the values of the items that have primary keys and meet a condition, in the order of the keys; `undefined` for a key without such an
 * item. Errors: DATABASE_UNAVAILABLE.
 */
export async function readKeyedItems(
  query: Query,
  entity: EntityName,
  where: Condition,
  keys: readonly Key[],
  compile: (bind: Bind) => ReadSelection,
): Promise<{ readonly selected: ReadSelection; readonly found: readonly (ItemValues | undefined)[] }> {
  const { parameters, bind } = parameterList(query);
  const { list, matches } = primaryKeys(entity, keys, bind);
  const selected = compile(bind);
  const { value, joins, binds, othersFollow, complete } = selected;
  const condition = isAlways(where) ? sql`` : sql` WHERE ${toSql(where, bind, entity)}`;
  const rows = await query<{ n: string; item: ItemValues }>(
    sql`${comment(`items.${entity}`)} SELECT p.n, ${value} AS item
      FROM ${list}
      JOIN ${tableOf(entity)} a ON ${matches}${joins}${condition}`,
    parameters,
    { prepare: !binds && isAlways(where), othersFollow },
  );
  await complete(query, rows);
  const items = new Map(rows.map(({ n, item }) => [Number(n) - 1, item]));
  return { selected, found: keys.map((_, index) => items.get(index)) };
}
