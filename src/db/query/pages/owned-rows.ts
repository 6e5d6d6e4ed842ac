import { type Condition, isAlways } from '../../../domain/condition.ts';
import { type EntityName, entityOf, type Relation } from '../../../domain/entities.ts';
import type { Query } from '../../connection/snapshot.ts';
import { allOf, anyOf, type Bind, column, comment, joinSql, name, parameterList, type Sql, sql } from '../../sql.ts';
import { tableOf, toSql } from '../where/to-sql.ts';
import { type Key, keyListSql, keyMatches } from './key-list.ts';
import { type Keyset, orderBy, rangesAfter, reversed, sourceOf } from './keyset.ts';
import { type FoundRow, keysetOf, rowsToRead } from './page.ts';
import type { ReadSelection } from './read-selection.ts';
import type { PageRequest } from './selection.ts';

/** The relation from parents to their rows, and the entity of the parents. */
export interface Owner {
  readonly of: EntityName;
  readonly relation: Relation;
}

/** A page request with exact keysets. */
export type ExactRequest = PageRequest & { readonly from: Keyset | null; readonly until: Keyset | null };

/** The rows to read of each parent: at most `limit`, null for all. */
export interface OwnedRows
  extends Pick<ExactRequest, 'entity' | 'where' | 'order' | 'from' | 'inclusive' | 'until' | 'backward' | 'asks'> {
  readonly limit: number | null;
}

/** Returns the rows to read for a page of each parent. */
export const ownedPage = (request: ExactRequest): OwnedRows => ({ ...request, limit: rowsToRead(request) });

/**
 * Reads the rows of several parents with one statement, in the order of reading. `parents`: the values of the local columns of the owner's
 * relation. Returns the rows by the positions of the parents. Errors: DATABASE_UNAVAILABLE.
 */
export async function readOwned(
  query: Query,
  rows: OwnedRows,
  owner: Owner,
  parents: readonly Key[],
  compile: (bind: Bind) => ReadSelection,
): Promise<{ readonly selected: ReadSelection; readonly byParent: readonly (readonly FoundRow[])[] }> {
  const { parameters, bind } = parameterList(query);
  const owned = ownedRowsSql(owner, parents, sourceOf(rows.entity, rows.order, bind), bind);
  const selected = compile(bind);
  const { binds, othersFollow, complete } = selected;
  const statement = sql`${comment(`pages.${rows.entity}`)} ${pagesSql(rows, owned, selected, bind)}`;
  const prepare = isAlways(rows.where) && !binds;
  const found = await query<FoundRow & { readonly parent: string }>(statement, parameters, { prepare, othersFollow });
  await complete(query, found);
  const byParent = parents.map((): FoundRow[] => []);
  for (const row of found) byParent[Number(row.parent) - 1]?.push(row);
  return { selected, byParent };
}

/** Counts the rows of each parent, by their positions. Errors: DATABASE_UNAVAILABLE. */
export async function countOwned(
  query: Query,
  entity: EntityName,
  where: Condition,
  owner: Owner,
  parents: readonly Key[],
): Promise<number[]> {
  const { parameters, bind } = parameterList(query);
  const owned = ownedRowsSql(owner, parents, tableOf(entity), bind);
  const rows = await query<{ parent: string; count: string }>(
    sql`${comment(`counts.${entity}`)} SELECT p.n AS parent, count(*) FROM ${owned} WHERE ${toSql(where, bind, entity)} GROUP BY p.n`,
    parameters,
  );
  const counts = new Map(rows.map(({ parent, count }) => [Number(parent) - 1, Number(count)]));
  return parents.map((_, index) => counts.get(index) ?? 0);
}

/**
 * Returns a statement for the pages of all parents. `owned`: the rows of all parents. They are read once, sorted and then cut. A LIMIT per
 * parent would lead Postgres to scan the whole table in its order for every parent with few rows or none.
 */
function pagesSql(rows: OwnedRows, owned: Sql, selected: ReadSelection, bind: Bind): Sql {
  const { entity, where, order, from, inclusive, until, backward, asks, limit } = rows;
  const keys = backward ? reversed(order) : order;
  const needed = new Set([...(asks.keysets ? order.map((key) => key.column) : []), ...selected.columns]);
  const columns = [...needed].map((one) => column('a', one));
  const conditions = [toSql(where, bind, entity)];
  if (from !== null) conditions.push(anyOf(rangesAfter(keys, from, bind, inclusive)));
  if (until !== null) conditions.push(anyOf(rangesAfter(reversed(keys), until, bind)));
  const counted = asks.total ? sql` count(*) OVER (PARTITION BY p.n) AS total,` : sql``;
  const found = [sql`a.parent`, sql`${selected.value} AS item`];
  if (asks.keysets) found.push(sql`${keysetOf(order, 'a')} AS keyset`);
  if (asks.total) found.push(sql`a.total`);
  return sql`SELECT ${joinSql(found, ', ')}
    FROM (SELECT p.n AS parent, ${joinSql(columns, ', ')},${counted} row_number() OVER (PARTITION BY p.n ORDER BY ${orderBy(keys)}) AS position
      FROM ${owned} WHERE ${allOf(conditions)}) a${selected.joins}${
        limit === null
          ? sql``
          : sql`
    WHERE a.position <= ${limit}`
      } ORDER BY a.parent, a.position`;
}

/**
 * Returns the rows of several parents: `source` as table `a`, joined with a table `p` of the parents' numbers `n`, from 1. A row occurs
 * once for each of its parents.
 */
function ownedRowsSql({ of, relation: { on, through } }: Owner, parents: readonly Key[], source: Sql, bind: Bind): Sql {
  const owners = keyListSql(
    on.map(([local]) => keyType(of, local)),
    parents,
    bind,
  );
  const keys = through
    ? sql`(SELECT DISTINCT p.n, ${column('l', through.foreign)} AS k0
        FROM ${owners} JOIN ${name(entityOf(through.entity).table)} l ON ${column('l', through.local)} = p.k0) p`
    : owners;
  return sql`${keys} JOIN ${source} a ON ${keyMatches(on.map(([, foreign]) => foreign))}`;
}

/** Returns the type of a primary key column; to-many relations start there. */
function keyType(entity: EntityName, local: string): string {
  const found = entityOf(entity).key.find((parent) => parent.column === local);
  if (!found) throw new Error(`${local} is no part of the key of ${entity}`);
  return found.type;
}
