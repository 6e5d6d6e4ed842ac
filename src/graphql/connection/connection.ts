import type { GraphQLResolveInfo } from 'graphql';
import type { Keyset } from '../../db/query/pages/keyset.ts';
import type { Owner } from '../../db/query/pages/owned-rows.ts';
import type { Page, ReadPage } from '../../db/query/pages/page.ts';
import { countEach, countRows, parentKey, preceding, readPage, readPages } from '../../db/query/pages/pages.ts';
import type { PageRequest } from '../../db/query/pages/selection.ts';
import type { EntityName } from '../../domain/entities.ts';
import { after, type Eventually } from '../../domain/types/eventually.ts';
import type { Context } from '../context.ts';
import { keptByField } from './kept-by-field.ts';
import { writeCursor } from './order/cursor.ts';
import { type ConnectionArguments, pageRequest, sizeOfPage } from './order/page-request.ts';
import { fieldsOfPage, pageProperty } from './selection.ts';

/** The parent of a connection's items: the relation that leads to the items, and the parent's values in the relation's local columns. */
export interface Parent {
  readonly owner: Owner;
  readonly values: readonly string[];
  /** The parent itself, which may have the page already (selection.ts). */
  readonly item: object;
}

/** An item of a page with its cursor, which is written only when asked for. */
export class Edge {
  readonly node: object;
  readonly #order: PageRequest['order'];
  readonly #keyset: Keyset;

  constructor(order: PageRequest['order'], { keyset, item }: Page['rows'][number]) {
    this.node = item;
    this.#order = order;
    this.#keyset = keyset;
  }

  get cursor(): string {
    return writeCursor(this.#order, this.#keyset);
  }
}

export interface PageInfo {
  hasNextPage(): Eventually<boolean>;
  hasPreviousPage(): Eventually<boolean>;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/**
 * A page as the connection's fields read it. The page is read once for all fields, with its items if `edges` or `nodes` are selected; what
 * was read with the parent is there at once. Errors of each method: DATABASE_UNAVAILABLE.
 */
export interface Connection {
  edges(): Eventually<readonly Edge[]>;
  nodes(): Eventually<readonly object[]>;
  pageInfo(): Eventually<PageInfo>;
  totalCount(): Eventually<number>;
}

/** The statements that a connection may run. */
interface Reads {
  page(): Eventually<Page>;
  /** Whether the row is there that precedes the page. */
  preceded(): Promise<boolean>;
  count(): Eventually<number>;
}

/** Returns the connection that the arguments describe. Nothing is read until a field asks for it. Errors: BAD_USER_INPUT. */
export function connect(
  entity: EntityName,
  args: ConnectionArguments,
  context: Context,
  info: GraphQLResolveInfo,
  parent: Parent | null,
): Connection {
  const found = parent && readWithParent(parent, info);
  const request = found?.request ?? requestOf(entity, args, context, info, parent !== null);
  const reads =
    parent === null ? readsOfRoot(entity, request, context) : readsOfParent(entity, request, context, info, parent);
  if (!found) return connection(request, reads);
  const { page } = found;
  return connection(request, { ...reads, page: () => page, count: () => page.total ?? reads.count() });
}

/** Returns the page that was read with its parent; undefined if it was not. */
function readWithParent({ item }: Parent, { fieldNodes: [field] }: GraphQLResolveInfo): ReadPage | undefined {
  return field && (item as Readonly<Record<string, ReadPage | undefined>>)[pageProperty(field)];
}

/** Returns the request of a field, which is the same below all its parents. Errors: BAD_USER_INPUT. */
const requestOf = (
  entity: EntityName,
  args: ConnectionArguments,
  { loaders, viewer }: Context,
  info: GraphQLResolveInfo,
  isOfParents: boolean,
): PageRequest =>
  loaders.memoize('request', info, () => {
    const extent = { items: sizeOfPage(args), repeated: isOfParents };
    const fields = keptByField(info, viewer, () => fieldsOfPage(entity, info.fieldNodes, extent, { ...info, viewer }));
    return pageRequest(entity, args, fields, viewer, isOfParents);
  });

const readsOfRoot = (entity: EntityName, request: PageRequest, { query }: Context): Reads => ({
  page: () => readPage(query, request),
  preceded: async () => (await readPage(query, preceding(request))).rows.length > 0,
  count: () => countRows(query, entity, request.where),
});

/** One statement each for all parents. */
const readsOfParent = (
  entity: EntityName,
  request: PageRequest,
  { query, loaders }: Context,
  info: GraphQLResolveInfo,
  { owner, values }: Parent,
): Reads => ({
  page: () =>
    loaders.load('page', info, values, async (parents) => {
      const pages = await readPages(query, request, owner, parents);
      return parents.map((parent) => pages.get(parentKey(parent)) ?? EMPTY);
    }),
  preceded: () =>
    loaders.load('preceded', info, values, async (parents) => {
      const pages = await readPages(query, preceding(request), owner, parents);
      return parents.map((parent) => pages.get(parentKey(parent))?.rows.length === 1);
    }),
  count: () =>
    loaders.load('count', info, values, async (parents) => {
      const counts = await countEach(query, entity, request.where, owner, parents);
      return parents.map((parent) => counts.get(parentKey(parent)) ?? 0);
    }),
});

const EMPTY: Page = { rows: [], more: false, preceded: null, total: null };

function connection(request: PageRequest, reads: Reads): Connection {
  const loadPage = memoized(reads.page);
  const edgeOf = (row: Page['rows'][number]) => new Edge(request.order, row);
  /** Whether an item precedes the page in the direction of reading. */
  const precedes = memoized(() =>
    request.from === null ? false : after(loadPage(), ({ preceded }) => preceded ?? reads.preceded()),
  );
  return {
    edges: () => after(loadPage(), ({ rows }) => rows.map(edgeOf)),
    nodes: () => after(loadPage(), ({ rows }) => rows.map(({ item }) => item)),
    pageInfo: () =>
      after(loadPage(), ({ rows, more }) => {
        const [first, last] = [rows[0], rows.at(-1)];
        return {
          hasNextPage: () => (request.backward ? precedes() : more),
          hasPreviousPage: () => (request.backward ? more : precedes()),
          get startCursor() {
            return first ? edgeOf(first).cursor : null;
          },
          get endCursor() {
            return last ? edgeOf(last).cursor : null;
          },
        };
      }),
    totalCount: memoized(() => after(request.asks.total ? loadPage() : null, (page) => page?.total ?? reads.count())),
  };
}

/** Returns a function that calls `call` once and then repeats its result. */
function memoized<T>(call: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => {
    result ??= { value: call() };
    return result.value;
  };
}
