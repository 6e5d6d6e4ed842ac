import { entityOf, type Relation } from '../../../domain/entities.ts';
import { allOf, column, joinSql, name, type Sql, sql } from '../../sql.ts';

/** A relation from a row, in each form in which SQL can test it. */
export interface RelatedSql {
  /**
   * Whether a related item exists, for a WHERE whose conditions are ANDed. With a link table it does not refer to the row itself, so that
   * Postgres can join the three tables in any order. It may be null.
   */
  readonly semiJoin: Sql;
  /**
   * Whether a related item exists, for any other context, where nothing is joined: an index finds it for each row, or all items are hashed
   * once. Never null.
   */
  readonly exists: Sql;
  /**
   * Whether at least `count` related items exist. Never null. `joinable`: it is ANDed with the conditions of a subquery. There the items
   * are counted for all rows at once and joined, because the planner cannot estimate how often it would count row by row.
   */
  atLeast(count: Sql, joinable: boolean): Sql;
}

/** The rows on the other side of a relation. */
export interface OtherSide {
  /** The alias of their table. */
  readonly alias: string;
  /** The condition that they must meet. */
  readonly condition: Sql;
}

/**
 * Returns the SQL forms of a relation for a row of a table named `alias`. A link table is always joined with the table behind it: an `IN`
 * whose subquery refers to the row would compare every pair.
 */
export function relatedSql(
  { to, on, through }: Relation,
  alias: string,
  { alias: other, condition }: OtherSide,
): RelatedSql {
  const { table, key } = entityOf(to);
  const locals = on.map(([local]) => column(alias, local));
  const link = `${other}_link`;
  const foreigns = through ? [column(link, through.local)] : on.map(([, foreign]) => column(other, foreign));
  const linkedBy = on.map(([, foreign]) => column(other, foreign));
  const from = through
    ? sql`FROM ${name(entityOf(through.entity).table)} ${name(link)}
        JOIN ${name(table)} ${name(other)} ON ${joinSql(linkedBy, ', ')} = ${column(link, through.foreign)}`
    : sql`FROM ${name(table)} ${name(other)}`;
  const linked = (columns: readonly Sql[]) => columns.map((one, at) => sql`${one} = ${locals[at] ?? sql`NULL`}`);
  const exists = sql`EXISTS (SELECT 1 ${from} WHERE ${allOf([...linked(foreigns), condition])})`;
  const [local = sql`NULL`] = locals;
  const [foreign = sql`NULL`] = foreigns;

  /**
   * Where it is not joined, Postgres counts for each row, or for all at once with hashing, whichever costs less: an expression that is
   * compared with true is never joined. Nested counts are also computed once.
   */
  const atLeast = (count: Sql, joinable: boolean): Sql => {
    const groups = `${other}_groups`;
    const names = foreigns.map((_, at) => name(`k${at}`));
    const keys = foreigns.map((one, at) => sql`${one} AS ${name(`k${at}`)}`);
    const parts = key.map((part, at) => sql`${column(other, part.column)} AS ${name(`o${at}`)}`);
    // A link table may contain the same item several times.
    const distinct = through ? sql`DISTINCT ` : sql``;
    const each = sql`SELECT ${distinct}${joinSql([...keys, ...parts], ', ')} ${from} WHERE ${condition}`;
    const grouped = joinSql(names, ', ');
    const counted = sql`SELECT ${grouped} FROM (${each}) ${name(groups)} GROUP BY ${grouped} HAVING count(*) >= ${count}`;
    const isOwn = allOf(linked(foreigns.map((_, at) => column(groups, `k${at}`))));
    const hasEnough = sql`EXISTS (SELECT 1 FROM (${counted}) ${name(groups)} WHERE ${isOwn})`;
    return joinable ? hasEnough : sql`((${hasEnough}) IS TRUE)`;
  };

  return {
    semiJoin: through ? sql`${local} IN (SELECT ${foreign} ${from} WHERE ${condition})` : exists,
    exists,
    atLeast,
  };
}
