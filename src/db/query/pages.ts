import type { Condition } from '../../domain/condition.ts';
import type { CursorValue } from '../../domain/cursor-values.ts';
import { ENTITIES, type EntityName, type Relation } from '../../domain/entities.ts';
import type { Query } from '../connection/snapshot.ts';
import { exactKeyset, isExact } from './exact-keyset.ts';
import { allOf } from './joined.ts';
import { type Keyset, orderBy, orderByInRange, rangesAfter, reversed, type SortKey } from './keyset.ts';
import { type Bind, parameterList, toSql } from './to-sql.ts';

/** A page to be chosen: so many rows of a thing, from a place on or, `backward`, before it. */
export interface PageRequest {
  readonly entity: EntityName;
  readonly where: Condition;
  /** All the keys of the order; together they are unique. */
  readonly order: readonly SortKey[];
  readonly size: number;
  readonly from: readonly CursorValue[] | null;
  /** Whether a row at that place is one of them. */
  readonly inclusive?: boolean;
  /** Where rows end, in the direction in which they are read. */
  readonly until: readonly CursorValue[] | null;
  readonly backward: boolean;
}

/** The rows of a page, in the order that was asked for. */
export interface Page {
  readonly rows: readonly { readonly key: readonly string[]; readonly keyset: Keyset }[];
  /** Whether there are more beyond it, in the direction in which it was read. */
  readonly more: boolean;
}

/** Whose rows are asked for: the relation that leads to them, and what it starts from. */
export interface Owner {
  readonly of: EntityName;
  readonly relation: Relation;
}

interface FoundRow {
  readonly parent: bigint | null;
  readonly key: string[];
  readonly keyset: (string | null)[];
}

/** The key of a parent as one text. */
export const parentKey = (values: readonly string[]): string => JSON.stringify(values);

/** A page whose bounds are known as they stand in the rows. */
type ExactRequest = PageRequest & { readonly from: Keyset | null; readonly until: Keyset | null };

/** Errors: as `locate`. */
async function withExactBounds(query: Query, request: PageRequest): Promise<ExactRequest> {
  const { entity, order, from, until, backward } = request;
  const boundOf = async (values: readonly CursorValue[] | null, name: 'after' | 'before') =>
    values === null || isExact(values) ? values : await exactKeyset(query, ENTITIES[entity].table, order, values, name);
  const [start, end] = backward ? (['before', 'after'] as const) : (['after', 'before'] as const);
  return { ...request, from: await boundOf(from, start), until: await boundOf(until, end) };
}

/** Chooses a page by one statement, and one more for each long text in a cursor. Errors: DATABASE_UNAVAILABLE; those of `locate`. */
export async function readPage(query: Query, asked: PageRequest): Promise<Page> {
  const request = await withExactBounds(query, asked);
  const { parameters, bind } = parameterList();
  const rows = await query<FoundRow>(`/* page.${request.entity} */ ${pageSql(request, bind)}`, parameters);
  return pageOf(request, rows);
}

/**
 * Chooses the page of each of several parents by one statement: `parents` are the values of the owners' columns. Gives them by
 * `parentKey`. Errors: as of `choosePage`.
 */
export async function readPages(
  query: Query,
  asked: PageRequest,
  owner: Owner,
  parents: readonly (readonly string[])[],
): Promise<ReadonlyMap<string, Page>> {
  const request = await withExactBounds(query, asked);
  const { parameters, bind } = parameterList();
  const rows = await query<FoundRow>(
    `/* pages.${request.entity} */ ${pagesSql(request, ownedRowsSql(owner, parents, bind), bind)}`,
    parameters,
  );
  const byParent = parents.map((): FoundRow[] => []);
  for (const row of rows) byParent[Number(row.parent) - 1]?.push(row);
  return new Map(parents.map((values, at) => [parentKey(values), pageOf(request, byParent[at] ?? [])]));
}

/** How many rows there are. Errors: DATABASE_UNAVAILABLE. */
export async function countRows(query: Query, entity: EntityName, where: Condition): Promise<number> {
  const { parameters, bind } = parameterList();
  const [row] = await query<{ count: bigint }>(
    `/* count.${entity} */ SELECT count(*) FROM ${ENTITIES[entity].table} a WHERE ${toSql(where, bind, entity)}`,
    parameters,
  );
  return Number(row?.count);
}

/** How many rows each of several parents has, by `parentKey`. Errors: DATABASE_UNAVAILABLE. */
export async function countEach(
  query: Query,
  entity: EntityName,
  where: Condition,
  owner: Owner,
  parents: readonly (readonly string[])[],
): Promise<ReadonlyMap<string, number>> {
  const { parameters, bind } = parameterList();
  const owned = ownedRowsSql(owner, parents, bind);
  const rows = await query<{ parent: bigint; count: bigint }>(
    `/* counts.${entity} */ SELECT p.n AS parent, count(*) FROM ${owned} WHERE ${toSql(where, bind, entity)} GROUP BY p.n`,
    parameters,
  );
  const counts = new Map(rows.map(({ parent, count }) => [Number(parent) - 1, Number(count)]));
  return new Map(parents.map((values, at) => [parentKey(values), counts.get(at) ?? 0]));
}

/** The rows of a page and one more, with their keys and places. */
function pageSql({ entity, where, order, size, from, inclusive, until, backward }: ExactRequest, bind: Bind): string {
  const keys = backward ? reversed(order) : order;
  const { table, key } = ENTITIES[entity];
  const conditions = [toSql(where, bind, entity)];
  if (until !== null) conditions.push(`(${rangesAfter(reversed(keys), until, bind).join(' OR ')})`);
  const limit = `LIMIT ${size + 1}`;
  // The place first: of two bounds to the same column Postgres begins to read an index at the one that it meets first, and the filter's may be
  // all the pages before this one away.
  const parts = rangesAfter(keys, from, bind, inclusive).map(
    (part) =>
      `SELECT a.* FROM ${table} a WHERE ${allOf([part, ...conditions])} ORDER BY ${orderByInRange(keys)} ${limit}`,
  );
  const source = parts.length === 1 ? parts[0] : parts.map((part) => `(${part})`).join(' UNION ALL ');
  return `SELECT NULL::bigint AS parent, ${textArray(key)} AS key, ${textArray(order)} AS keyset
    FROM (${source}) a ORDER BY ${orderBy(keys)} ${limit}`;
}

/**
 * The same of each parent; `owned` are the rows of all of them. These are read once and cut after they were put in order: a LIMIT for each
 * would lead Postgres through the whole table in its order for every parent that has few rows or none.
 */
function pagesSql(
  { entity, where, order, size, from, inclusive, until, backward }: ExactRequest,
  owned: string,
  bind: Bind,
): string {
  const keys = backward ? reversed(order) : order;
  const { key } = ENTITIES[entity];
  const columns = new Set([...key, ...order].map(({ column }) => `a.${column}`));
  const within = (parts: readonly string[]) => `(${parts.join(' OR ')})`;
  const conditions = [toSql(where, bind, entity)];
  if (from !== null) conditions.push(within(rangesAfter(keys, from, bind, inclusive)));
  if (until !== null) conditions.push(within(rangesAfter(reversed(keys), until, bind)));
  return `SELECT a.parent, ${textArray(key)} AS key, ${textArray(order)} AS keyset
    FROM (SELECT p.n AS parent, ${[...columns].join(', ')}, row_number() OVER (PARTITION BY p.n ORDER BY ${orderBy(keys)}) AS position
      FROM ${owned} WHERE ${allOf(conditions)}) a
    WHERE a.position <= ${size + 1} ORDER BY a.parent, a.position`;
}

/** Columns of a table `a` as an array of texts. */
const textArray = (columns: readonly { column: string }[]): string =>
  `ARRAY[${columns.map(({ column }) => `a.${column}::text`).join(', ')}]`;

function pageOf({ size, backward }: PageRequest, rows: readonly FoundRow[]): Page {
  const page = rows.slice(0, size).map(({ key, keyset }) => ({ key, keyset: keyset }));
  return { rows: backward ? page.reverse() : page, more: rows.length > size };
}

/** What several parents own as a table `a`, joined with a table `p` of the numbers `n` of those, beginning with 1; each once for each of its owners. */
function ownedRowsSql({ of, relation }: Owner, parents: readonly (readonly string[])[], bind: Bind): string {
  const { to, on, through } = relation;
  const { key, attributes } = ENTITIES[of];
  const columns = [...key, ...Object.values(attributes)];
  const lists = on.map(([column], at) => {
    const type = columns.find((one) => one.column === column)?.type ?? 'uuid';
    return bind(
      parents.map((values) => values[at] ?? ''),
      `${type}[]`,
    );
  });
  const names = on.map((_, at) => `k${at}`);
  const owners = `unnest(${lists.join(', ')}) WITH ORDINALITY AS p(${names.join(', ')}, n)`;
  const linked = on.map(([, column], at) => `a.${column} = p.k${at}`).join(' AND ');
  const source = through
    ? `(SELECT DISTINCT p.n, l.${through.other} AS k0 FROM ${owners} JOIN ${ENTITIES[through.entity].table} l ON l.${through.own} = p.k0) p`
    : owners;
  return `${source} JOIN ${ENTITIES[to].table} a ON ${linked}`;
}
