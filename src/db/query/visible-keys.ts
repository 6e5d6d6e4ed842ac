import { type EntityName, entityOf } from '../../domain/entities.ts';
import { type Viewer, visible } from '../../domain/viewer.ts';
import type { Query } from '../connection/snapshot.ts';
import { column, joinSql, name, parameterList, sql } from '../sql.ts';
import { tableOf, toSql } from './to-sql.ts';

/** Tells for each item, identified by its primary key, whether a viewer sees it. Errors: DATABASE_UNAVAILABLE. */
export async function visibleKeys(
  query: Query,
  entity: EntityName,
  keys: readonly (readonly string[])[],
  viewer: Viewer,
): Promise<boolean[]> {
  const { parameters, bind } = parameterList();
  const { key } = entityOf(entity);
  const lists = key.map(({ type }, index) =>
    bind(
      keys.map((values) => values[index] ?? ''),
      `${type}[]`,
    ),
  );
  const names = key.map((_, index) => name(`k${index}`));
  const linked = key.map((part, index) => sql`${column('a', part.column)} = ${column('p', `k${index}`)}`);
  const rows = await query<{ n: string }>(
    sql`/* visible.keys */ SELECT p.n FROM unnest(${joinSql(lists, ', ')}) WITH ORDINALITY AS p(${joinSql([...names, name('n')], ', ')})
      JOIN ${tableOf(entity)} a ON ${joinSql(linked, ' AND ')} WHERE ${toSql(visible(entity, viewer), bind, entity)}`,
    parameters,
  );
  const found = new Set(rows.map(({ n }) => Number(n)));
  return keys.map((_, index) => found.has(index + 1));
}
