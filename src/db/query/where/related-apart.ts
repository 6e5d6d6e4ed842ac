import { type EntityName, entityOf, type Relation } from '../../../domain/entities.ts';
import { DISTRIBUTION_COLUMN, isDistributed } from '../../connection/layout.ts';
import { allOf, column, joinSql, name, type Sql, sql } from '../../sql.ts';
import type { OtherSide, RelatedSql } from './related.ts';

/** A row of an entity's table, under an alias. */
interface Row {
  readonly entity: EntityName;
  readonly alias: string;
}

/** Pairs of columns that are equal in linked rows. */
type Links = Relation['on'];

/**
 * Returns the SQL forms of a relation where the tables of entities lie apart: on the nodes of Citus or, as local tables, on its coordinator. A
 * subquery may refer to the row only if both rows lie on one node. Any other stands for itself: it is computed once, and its keys are sent to
 * where the rows are.
 */
export function relatedApart({ to, on, through }: Relation, row: Row, { alias, condition }: OtherSide): RelatedSql {
  const other = { entity: to, alias };
  const toOther = through ? on.map(([, foreign]) => [through.foreign, foreign] as const) : on;
  if (!through) {
    const some = isLinked(row, on, other, condition);
    const atLeast = (count: Sql) =>
      hasEnough(row, on, sql`SELECT ${keysOf(on, alias)} ${fromSql(other)} WHERE ${condition}`, count);
    return { semiJoin: some, exists: sql`((${some}) IS TRUE)`, atLeast };
  }
  const link = { entity: through.entity, alias: `${alias}_link` };
  const toLink = on.map(([local]) => [local, through.local] as const);
  const some = isLinked(row, toLink, link, isLinked(link, toOther, other, condition));
  const key = entityOf(to).key.map((part) => part.column);
  // Of a link table that has the whole key of an item, no more is needed than that the item meets the condition.
  const hasKey = key.length === 1 && key[0] === toOther[0]?.[1];
  const parts = hasKey ? [column(link.alias, through.foreign)] : key.map((one) => column(alias, one));
  const source = hasKey
    ? sql`${fromSql(link)} WHERE ${isLinked(link, toOther, other, condition)}`
    : sql`${fromSql(link)} JOIN ${name(entityOf(to).table)} ${name(alias)} ON ${linked(link, toOther, other)} WHERE ${condition}`;
  // A link table may contain the same item several times.
  const items = sql`SELECT DISTINCT ${keysOf(toLink, link.alias)}, ${joinSql(
    parts.map((one, at) => sql`${one} AS ${name(`o${at}`)}`),
    ', ',
  )} ${source}`;
  return { semiJoin: some, exists: sql`((${some}) IS TRUE)`, atLeast: (count) => hasEnough(row, toLink, items, count) };
}

const fromSql = ({ entity, alias }: Row): Sql => sql`FROM ${name(entityOf(entity).table)} ${name(alias)}`;

const linked = (row: Row, links: Links, other: Row): Sql =>
  allOf(links.map(([local, foreign]) => sql`${column(other.alias, foreign)} = ${column(row.alias, local)}`));

/** Returns the condition that a row is linked with one of `other` that meets a condition. It may be null. */
function isLinked(row: Row, links: Links, other: Row, condition: Sql): Sql {
  if (areTogether(row, links, other))
    return sql`EXISTS (SELECT 1 ${fromSql(other)} WHERE ${allOf([linked(row, links, other), condition])})`;
  const foreigns = joinSql(
    links.map(([, foreign]) => column(other.alias, foreign)),
    ', ',
  );
  return sql`${localsOf(links, row)} IN (SELECT ${foreigns} ${fromSql(other)} WHERE ${condition})`;
}

/** Whether linked rows lie on one node. */
const areTogether = (row: Row, links: Links, other: Row): boolean =>
  [row, other].every(({ entity }) => isDistributed(entityOf(entity).table)) &&
  links.some((pair) => pair.every((one) => one === DISTRIBUTION_COLUMN));

/** Returns the condition that at least `count` items are linked with a row. `items`: their links as `k0` …, one row for each. Never null. */
function hasEnough(row: Row, links: Links, items: Sql, count: Sql): Sql {
  const keys = joinSql(
    links.map((_, at) => name(`k${at}`)),
    ', ',
  );
  return sql`((${localsOf(links, row)} IN (SELECT ${keys} FROM (${items}) g GROUP BY ${keys} HAVING count(*) >= ${count})) IS TRUE)`;
}

const localsOf = (links: Links, { alias }: Row): Sql => {
  const locals = links.map(([local]) => column(alias, local));
  return locals.length > 1 ? sql`(${joinSql(locals, ', ')})` : joinSql(locals, ', ');
};

const keysOf = (links: Links, alias: string): Sql =>
  joinSql(
    links.map(([, foreign], at) => sql`${column(alias, foreign)} AS ${name(`k${at}`)}`),
    ', ',
  );
