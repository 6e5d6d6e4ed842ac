import { entityOf, type Relation } from '../../domain/entities.ts';
import { allOf, column, joinSql, name, type Sql, sql } from '../sql.ts';

/** What a relation leads to from a row, in each of the ways in which SQL can look for it. */
export interface RelatedSql {
  /**
   * Whether there is one, for a WHERE whose conditions are ANDed. With a link table it doesn't refer to the row itself, so that the three
   * tables can be joined from any side. It may be null.
   */
  readonly semiJoin: Sql;
  /** Whether there is one, for anywhere else, where nothing is joined: an index finds it for each row, or all are hashed once. Never null. */
  readonly exists: Sql;
  /**
   * Whether there are at least `count`. Never null. `joinable`: it is ANDed with the conditions of a subquery. What is counted there is counted
   * for all at once and joined, since the planner can't tell how often it would be looked for row by row.
   */
  atLeast(count: Sql, joinable: boolean): Sql;
}

/** Rows on the other side of a relation. */
interface OtherSide {
  /** The alias of their table. */
  readonly alias: string;
  /** What they must meet. */
  readonly condition: Sql;
}

/**
 * The ways for a row of a table named `alias`. A link table is always joined with the table behind it: an `IN` that looks at the row
 * in its subquery would compare every pair.
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
   * Counts for each row, or for all at once and hashes those, whichever is less work, where it isn't joined: what is tested for being true never
   * is. What counts within it is counted once, too.
   */
  const atLeast = (count: Sql, joinable: boolean): Sql => {
    const groups = `${other}_groups`;
    const names = foreigns.map((_, at) => name(`k${at}`));
    const keys = foreigns.map((one, at) => sql`${one} AS ${name(`k${at}`)}`);
    const parts = key.map((part, at) => sql`${column(other, part.column)} AS ${name(`o${at}`)}`);
    // A link table may lead to one of them several times.
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
