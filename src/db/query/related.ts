import { ENTITIES, type Relation } from '../../domain/entities.ts';
import { allOf } from './joined.ts';

/** What a relation leads to from a row, in each of the ways in which SQL can look for it. */
export interface RelatedSql {
  /**
   * That there is one, for a WHERE whose conditions all must hold. Through a third table it says nothing of the row itself, so that the three
   * tables can be joined from any side. It may be null.
   */
  readonly semiJoin: string;
  /** That there is one, for anywhere else, where nothing is joined: an index finds it for each row, or all are hashed once. Never null. */
  readonly exists: string;
  /**
   * That there are so many. Never null. `joinable`: in the WHERE of a subquery whose conditions all must hold. What is counted there is counted
   * for all at once and joined, since the planner can't tell how often it would be looked for row by row.
   */
  atLeast(count: string, joinable: boolean): string;
}

/** Rows on the other side of a relation. */
interface OtherSide {
  /** What their table is named. */
  readonly alias: string;
  /** What holds for them. */
  readonly condition: string;
}

/**
 * The ways for a row of a table named `alias`. What stands between it and the others is always joined with them: an `IN` with a look at the row
 * in it would compare every pair.
 */
export function relatedSql(
  { to, on, through }: Relation,
  alias: string,
  { alias: other, condition }: OtherSide,
): RelatedSql {
  const { table, key } = ENTITIES[to];
  const localColumns = on.map(([column]) => `${alias}.${column}`);
  const link = `${other}_link`;
  const foreignColumns = through ? [`${link}.${through.own}`] : on.map(([, column]) => `${other}.${column}`);
  const from = through
    ? `FROM ${ENTITIES[through.entity].table} ${link} JOIN ${table} ${other} ON ${other}.${on[0]?.[1]} = ${link}.${through.other}`
    : `FROM ${table} ${other}`;
  const linked = (columns: readonly string[]) => columns.map((column, at) => `${column} = ${localColumns[at]}`);
  const found = `${from} WHERE ${allOf([...linked(foreignColumns), condition])}`;
  const exists = `EXISTS (SELECT 1 ${found})`;

  /**
   * Counts for each row, or for all at once and hashes those, whichever is less work, where it isn't joined: what is tested for being true never
   * is. What counts within it is counted once, too.
   */
  const atLeast = (count: string, joinable: boolean): string => {
    const groups = `${other}_groups`;
    const names = foreignColumns.map((_, at) => `k${at}`);
    const keys = foreignColumns.map((column, at) => `${column} AS k${at}`);
    // The third table may lead to one of them several times.
    const columns = [...keys, ...key.map(({ column }, at) => `${other}.${column} AS o${at}`)].join(', ');
    const each = `SELECT ${through ? 'DISTINCT ' : ''}${columns} ${from} WHERE ${condition}`;
    const counted = `SELECT ${names} FROM (${each}) ${groups} GROUP BY ${names} HAVING count(*) >= ${count}`;
    const isOwn = allOf(linked(names.map((name) => `${groups}.${name}`)));
    const hasEnough = `EXISTS (SELECT 1 FROM (${counted}) ${groups} WHERE ${isOwn})`;
    return joinable ? hasEnough : `((${hasEnough}) IS TRUE)`;
  };

  return {
    semiJoin: through ? `${localColumns[0]} IN (SELECT ${foreignColumns[0]} ${from} WHERE ${condition})` : exists,
    exists,
    atLeast,
  };
}
