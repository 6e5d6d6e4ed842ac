import type { EntityName } from '../../../domain/entities.ts';
import { type Viewer, visible } from '../../../domain/viewer.ts';
import type { Query } from '../../connection/snapshot.ts';
import { parameterList, sql } from '../../sql.ts';
import { tableOf, toSql } from '../where/to-sql.ts';
import { type Key, primaryKeys } from './key-list.ts';

/** Tells for each item, identified by its primary key, whether a viewer sees it. Errors: DATABASE_UNAVAILABLE. */
export async function visibleKeys(
  query: Query,
  entity: EntityName,
  keys: readonly Key[],
  viewer: Viewer,
): Promise<boolean[]> {
  const { parameters, bind } = parameterList(query);
  const { list, matches } = primaryKeys(entity, keys, bind);
  const rows = await query<{ n: string }>(
    sql`/* visible.keys */ SELECT p.n FROM ${list}
      JOIN ${tableOf(entity)} a ON ${matches} WHERE ${toSql(visible(entity, viewer), bind, entity)}`,
    parameters,
  );
  const found = new Set(rows.map(({ n }) => Number(n)));
  return keys.map((_, index) => found.has(index + 1));
}
