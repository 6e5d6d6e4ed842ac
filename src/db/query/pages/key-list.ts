import { type EntityName, entityOf } from '../../../domain/entities.ts';
import { type Bind, column, joinSql, name, type Sql, sql } from '../../sql.ts';

/** Key values as texts, one for each part of the key. */
export type Key = readonly string[];

/** Returns keys as a FROM item: table `p` of their parts `k0`, `k1`, … and their numbers `n`, from 1. `types`: those of the parts. */
export function keyListSql(types: readonly string[], keys: readonly Key[], bind: Bind): Sql {
  const lists = types.map((type, index) =>
    bind(
      keys.map((values) => values[index] ?? ''),
      `${type}[]`,
    ),
  );
  const names = types.map((_, index) => name(`k${index}`));
  return sql`unnest(${joinSql(lists, ', ')}) WITH ORDINALITY AS p(${joinSql([...names, name('n')], ', ')})`;
}

/** Returns the condition that these columns of table `a` are the key of `keyListSql`. */
export const keyMatches = (columns: readonly string[]): Sql =>
  joinSql(
    columns.map((one, index) => sql`${column('a', one)} = ${column('p', `k${index}`)}`),
    ' AND ',
  );

/** Returns primary keys as a FROM item, and the condition that joins the rows of an entity, named `a`, with it. */
export function primaryKeys(entity: EntityName, keys: readonly Key[], bind: Bind): { list: Sql; matches: Sql } {
  const { key } = entityOf(entity);
  return {
    list: keyListSql(
      key.map(({ type }) => type),
      keys,
      bind,
    ),
    matches: keyMatches(key.map((part) => part.column)),
  };
}
