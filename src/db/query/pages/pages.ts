import { type Condition, isAlways } from '../../../domain/condition.ts';
import type { CursorValue } from '../../../domain/cursor-values.ts';
import type { EntityName } from '../../../domain/entities.ts';
import type { Query } from '../../connection/snapshot.ts';
import { allOf, anyOf, type Bind, comment, joinSql, parameterList, type Sql, sql } from '../../sql.ts';
import { tableOf, toSql } from '../where/to-sql.ts';
import { compileSelection } from './compile-selection.ts';
import { exactKeyset, isExact } from './exact-keyset.ts';
import type { Key } from './key-list.ts';
import { orderBy, orderByInRange, rangesAfter, reversed, sourceOf } from './keyset.ts';
import { countOwned, type ExactRequest, type Owner, ownedPage, readOwned } from './owned-rows.ts';
import { type FoundRow, keysetOf, NO_DETAILS, type Page, pageOf, rowsToRead } from './page.ts';
import type { ReadSelection } from './read-selection.ts';
import { keyAlone, type PageRequest } from './selection.ts';

/** Returns the key of a parent as text. */
export const parentKey = (values: readonly string[]): string => JSON.stringify(values);

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
  const { parameters, bind } = parameterList(query);
  const selected = compileSelection(request.selection, 'a', bind);
  const statement = sql`${comment(`page.${request.entity}`)} ${pageSql(request, selected, bind)}`;
  const found = await query<FoundRow>(statement, parameters, optionsOf(request, selected));
  await selected.complete(query, found);
  return pageOf(request, selected.read, found);
}

/**
 * Reads the pages of several parents with one statement. `parents`: the values of the local columns of the owner's relation. Returns the
 * pages by `parentKey`. Errors: as in `readPage`.
 */
export async function readPages(
  query: Query,
  asked: PageRequest,
  owner: Owner,
  parents: readonly Key[],
): Promise<ReadonlyMap<string, Page>> {
  const request = await withExactBounds(query, asked);
  const { selected, byParent } = await readOwned(query, ownedPage(request), owner, parents, (bind) =>
    compileSelection(request.selection, 'a', bind),
  );
  return new Map(
    parents.map((values, index) => [parentKey(values), pageOf(request, selected.read, byParent[index] ?? [])]),
  );
}

/** The best plan of a statement depends on the values that its filter compares with. */
const optionsOf = ({ where }: PageRequest, { binds, othersFollow }: ReadSelection) => ({
  prepare: isAlways(where) && !binds,
  othersFollow,
});

/** Counts the rows that meet a condition. Errors: DATABASE_UNAVAILABLE. */
export async function countRows(query: Query, entity: EntityName, where: Condition): Promise<number> {
  const { parameters, bind } = parameterList(query);
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
  parents: readonly Key[],
): Promise<ReadonlyMap<string, number>> {
  const counts = await countOwned(query, entity, where, owner, parents);
  return new Map(parents.map((values, index) => [parentKey(values), counts[index] ?? 0]));
}

/** Returns a statement for the rows of a page, with their items and the details. */
function pageSql(request: ExactRequest, { value, joins }: ReadSelection, bind: Bind): Sql {
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
