import { type Condition, isAlways } from '../../../domain/condition.ts';
import type { CursorValue } from '../../../domain/cursor-values.ts';
import { type EntityName, entityOf, type Relation } from '../../../domain/entities.ts';
import type { Query } from '../../connection/snapshot.ts';
import { allOf, anyOf, type Bind, column, comment, joinSql, name, parameterList, type Sql, sql } from '../../sql.ts';
import { tableOf, toSql } from '../where/to-sql.ts';
import { type CompiledSelection, compileSelection } from './compile-selection.ts';
import { exactKeyset, isExact } from './exact-keyset.ts';
import { keyListSql, keyMatches } from './key-list.ts';
import { type Keyset, orderBy, orderByInRange, rangesAfter, reversed, sourceOf } from './keyset.ts';
import { type FoundRow, keysetOf, NO_DETAILS, type Page, pageOf, rowsToRead } from './page.ts';
import { keyAlone, type PageRequest } from './selection.ts';

/** The relation from parents to their rows, and the entity of the parents. */
export interface Owner {
  readonly of: EntityName;
  readonly relation: Relation;
}

/** Returns the key of a parent as text. */
export const parentKey = (values: readonly string[]): string => JSON.stringify(values);

/** A page request with exact keysets. */
type ExactRequest = PageRequest & { readonly from: Keyset | null; readonly until: Keyset | null };

/** Errors: as in `exactKeyset`. */
async function withExactBounds(query: Query, request: PageRequest): Promise<ExactRequest> {
  const { entity, order, from, until, backward } = request;
  const boundOf = async (values: readonly CursorValue[] | null, argument: 'after' | 'before') =>
    values === null || isExact(values)
      ? values
      : await exactKeyset(query, (bind) => sourceOf(entity, order, bind), order, values, argument);
  const [start, end] = backward ? (['before', 'after'] as const) : (['after', 'before'] as const);
  return { ...request, from: await boundOf(from, start), until: await boundOf(until, end) };
}

/** Reads a page with one statement, plus one for each shortened text in a cursor. Errors: DATABASE_UNAVAILABLE; those of `exactKeyset`. */
export async function readPage(query: Query, asked: PageRequest): Promise<Page> {
  const request = await withExactBounds(query, asked);
  const { parameters, bind } = parameterList();
  const selected = compileSelection(request.selection, 'a', bind);
  const statement = sql`${comment(`page.${request.entity}`)} ${pageSql(request, selected, bind)}`;
  return pageOf(request, selected.read, await query<FoundRow>(statement, parameters, optionsOf(request, selected)));
}

/**
 * Reads the pages of several parents with one statement. `parents`: the values of the local columns of the owner's relation. Returns the
 * pages by `parentKey`. Errors: as in `readPage`.
 */
export async function readPages(
  query: Query,
  asked: PageRequest,
  owner: Owner,
  parents: readonly (readonly string[])[],
): Promise<ReadonlyMap<string, Page>> {
  const request = await withExactBounds(query, asked);
  const { parameters, bind } = parameterList();
  const owned = ownedRowsSql(owner, parents, sourceOf(request.entity, request.order, bind), bind);
  const selected = compileSelection(request.selection, 'a', bind);
  const statement = sql`${comment(`pages.${request.entity}`)} ${pagesSql(request, owned, selected, bind)}`;
  const byParent = parents.map((): FoundRow[] => []);
  for (const row of await query<FoundRow & { readonly parent: string }>(
    statement,
    parameters,
    optionsOf(request, selected),
  ))
    byParent[Number(row.parent) - 1]?.push(row);
  return new Map(
    parents.map((values, index) => [parentKey(values), pageOf(request, selected.read, byParent[index] ?? [])]),
  );
}

/** The best plan of a statement depends on the values that its filter compares with. */
const optionsOf = ({ where, selection: { othersFollow } }: PageRequest, { binds }: CompiledSelection) => ({
  prepare: isAlways(where) && !binds,
  othersFollow,
});

/** Counts the rows that meet a condition. Errors: DATABASE_UNAVAILABLE. */
export async function countRows(query: Query, entity: EntityName, where: Condition): Promise<number> {
  const { parameters, bind } = parameterList();
  const table = tableOf(entity);
  const [row] = await query<{ count: string }>(
    sql`${comment(`count.${entity}`)} SELECT count(*) FROM ${table} a WHERE ${toSql(where, bind, entity)}`,
    parameters,
  );
  return Number(row?.count);
}

/** Counts the rows of each parent, by `parentKey`. Errors: DATABASE_UNAVAILABLE. */
export async function countEach(
  query: Query,
  entity: EntityName,
  where: Condition,
  owner: Owner,
  parents: readonly (readonly string[])[],
): Promise<ReadonlyMap<string, number>> {
  const { parameters, bind } = parameterList();
  const owned = ownedRowsSql(owner, parents, tableOf(entity), bind);
  const rows = await query<{ parent: string; count: string }>(
    sql`${comment(`counts.${entity}`)} SELECT p.n AS parent, count(*) FROM ${owned} WHERE ${toSql(where, bind, entity)} GROUP BY p.n`,
    parameters,
  );
  const counts = new Map(rows.map(({ parent, count }) => [Number(parent) - 1, Number(count)]));
  return new Map(parents.map((values, index) => [parentKey(values), counts.get(index) ?? 0]));
}

/** Returns a statement for the rows of a page, with their items and the details. */
function pageSql(request: ExactRequest, { value, joins }: CompiledSelection, bind: Bind): Sql {
  const { entity, where, order, backward, asks } = request;
  const columns = [sql`${value} AS item`];
  if (asks.keysets) columns.push(sql`${keysetOf(order, 'a')} AS keyset`);
  // Counted apart from the rows, whose index scan ends with the page.
  if (asks.total)
    columns.push(sql`(SELECT count(*) FROM ${tableOf(entity)} a WHERE ${toSql(where, bind, entity)}) AS total`);
  if (asks.preceded) columns.push(sql`EXISTS (${rowsSql(preceding(request), bind)}) AS preceded`);
  return sql`SELECT ${joinSql(columns, ', ')}
    FROM (${rowsSql(request, bind)}) a${joins} ORDER BY ${orderBy(backward ? reversed(order) : order)}`;
}

/**
 * Returns the request for the row that precedes a page in the direction of reading: the row at `from` or the one before it. It is the same
 * for all parents.
 */
export const preceding = <R extends PageRequest>(request: R): R => ({
  ...request,
  size: 1,
  inclusive: true,
  until: null,
  backward: !request.backward,
  selection: keyAlone(request.entity),
  asks: NO_DETAILS,
});

/** Returns a query for the rows of a page, as columns of the table. */
function rowsSql(request: ExactRequest, bind: Bind): Sql {
  const { entity, where, order, from, inclusive, until, backward } = request;
  const keys = backward ? reversed(order) : order;
  const table = sourceOf(entity, order, bind);
  const conditions = [toSql(where, bind, entity)];
  if (until !== null) conditions.push(anyOf(rangesAfter(reversed(keys), until, bind)));
  const limit = sql`LIMIT ${rowsToRead(request)}`;
  // The range comes first: of two bounds on one column Postgres starts the index scan at the first, and the filter's bound may lie all
  // previous pages before this one.
  const ranges = rangesAfter(keys, from, bind, inclusive).map(
    (range) =>
      sql`SELECT a.* FROM ${table} a WHERE ${allOf([range, ...conditions])} ORDER BY ${orderByInRange(keys)} ${limit}`,
  );
  const [only] = ranges;
  if (only && ranges.length === 1) return only;
  const source = joinSql(
    ranges.map((range) => sql`(${range})`),
    ' UNION ALL ',
  );
  return sql`SELECT a.* FROM (${source}) a ORDER BY ${orderBy(keys)} ${limit}`;
}

/**
 * Returns a statement for the pages of all parents. `owned`: the rows of all parents. They are read once, sorted and then cut. A LIMIT per
 * parent would lead Postgres to scan the whole table in its order for every parent with few rows or none.
 */
function pagesSql(request: ExactRequest, owned: Sql, selected: CompiledSelection, bind: Bind): Sql {
  const { entity, where, order, from, inclusive, until, backward, asks } = request;
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
      FROM ${owned} WHERE ${allOf(conditions)}) a${selected.joins}
    WHERE a.position <= ${rowsToRead(request)} ORDER BY a.parent, a.position`;
}

/**
 * Returns the rows of several parents: `source` as table `a`, joined with a table `p` of the parents' numbers `n`, from 1. A row occurs
 * once for each of its parents.
 */
function ownedRowsSql(
  { of, relation: { on, through } }: Owner,
  parents: readonly (readonly string[])[],
  source: Sql,
  bind: Bind,
): Sql {
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
