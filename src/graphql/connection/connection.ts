import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import {
  countEach,
  countRows,
  type Owner,
  type Page,
  type PageRequest,
  parentKey,
  preceding,
  readPage,
  readPages,
} from '../../db/query/pages.ts';
import type { Selection } from '../../db/query/selection.ts';
import { both } from '../../domain/condition.ts';
import { Failure } from '../../domain/errors.ts';
import { type Viewer, visible } from '../../domain/viewer.ts';
import type { Context } from '../context.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../limits.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { keptByField } from './kept-by-field.ts';
import type { NodeEntity } from './node-key.ts';
import { type OrderBy, sortKeysOf } from './order.ts';
import { readWhere } from './read-where.ts';
import { fieldsBelow, selectionOf } from './selection.ts';
import type { Where } from './where.ts';

/** The arguments of a connection (Relay Cursor Connections Specification), plus a filter and an order. */
export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
  readonly where?: Where | null | undefined;
  readonly orderBy?: readonly OrderBy[] | null | undefined;
}

/** The parent of a connection's items: the relation that leads to the items, and the parent's values in the relation's local columns. */
export interface Parent {
  readonly owner: Owner;
  readonly values: readonly string[];
}

export interface Edge {
  readonly cursor: string;
  readonly node: object;
}

export interface PageInfo {
  hasNextPage(): boolean | Promise<boolean>;
  hasPreviousPage(): boolean | Promise<boolean>;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/**
 * A page as the connection's fields read it. The page is read once for all fields, with its items if `edges` or `nodes` are selected.
 * Errors of each method: DATABASE_UNAVAILABLE.
 */
export interface Connection {
  edges(): Promise<readonly Edge[]>;
  pageInfo(): Promise<PageInfo>;
  totalCount(): Promise<number>;
}

/** The statements that a connection may run. */
interface Reads {
  page(): Promise<Page>;
  /** Whether the row is there that precedes the page. */
  preceded(): Promise<boolean>;
  count(): Promise<number>;
}

/** Returns the connection that the arguments describe. Nothing is read until a field asks for it. Errors: BAD_USER_INPUT. */
export function connect(
  entity: NodeEntity,
  args: ConnectionArguments,
  context: Context,
  info: GraphQLResolveInfo,
  parent: Parent | null,
): Connection {
  const { query, loaders } = context;
  const request = loaders.memoize('request', info, () => requestOf(entity, args, context, info, parent !== null));
  if (parent === null)
    return connection(request, {
      page: () => readPage(query, request),
      preceded: async () => (await readPage(query, preceding(request))).rows.length > 0,
      count: () => countRows(query, entity, request.where),
    });
  const { owner, values } = parent;
  return connection(request, {
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
}

const EMPTY: Page = { rows: [], more: false, preceded: null, total: null };

function requestOf(
  entity: NodeEntity,
  { first, last, after, before, where, orderBy }: ConnectionArguments,
  { viewer }: Context,
  info: GraphQLResolveInfo,
  isOfParents: boolean,
): PageRequest {
  const isGiven = (value: unknown) => value !== null && value !== undefined;
  if (isGiven(first) && isGiven(last)) throw new Failure('BAD_USER_INPUT', 'Use first or last, not both.');
  const backward = isGiven(last);
  const size = (backward ? last : first) ?? DEFAULT_PAGE_SIZE;
  if (size < 0 || size > MAX_PAGE_SIZE)
    throw new Failure(
      'BAD_USER_INPUT',
      `${backward ? 'last' : 'first'}: ${size} is not accepted; it is a whole number from 0 to ${MAX_PAGE_SIZE}.`,
    );
  const order = sortKeysOf(entity, orderBy, viewer);
  const keysetOf = (argument: string, cursor: string | null | undefined) =>
    cursor === null || cursor === undefined ? null : readCursor(order, argument, cursor);
  const [start, end] = [keysetOf('after', after), keysetOf('before', before)];
  const { selection, asks } = keptByField(info, viewer, () => fieldsOfPage(entity, info, viewer));
  const hasBounds = start !== null || end !== null;
  return {
    entity,
    where: both(visible(entity, viewer), readWhere(entity, where, viewer)),
    order,
    size,
    from: backward ? end : start,
    until: backward ? start : end,
    backward,
    selection,
    asks: {
      keysets: asks.cursors,
      more: backward ? asks.previous : asks.next,
      preceded: (backward ? end : start) !== null && !isOfParents && (backward ? asks.next : asks.previous),
      total: asks.total && !(isOfParents && hasBounds),
    },
  };
}

/** What a connection's fields select. */
interface FieldsOfPage {
  readonly selection: Selection;
  readonly asks: {
    readonly cursors: boolean;
    readonly previous: boolean;
    readonly next: boolean;
    /** Whether `totalCount` is selected beside the page, in whose statement it is then counted. */
    readonly total: boolean;
  };
}

function fieldsOfPage(entity: NodeEntity, info: GraphQLResolveInfo, viewer: Viewer): FieldsOfPage {
  const source = { ...info, viewer };
  const below = (name: string, fields: readonly FieldNode[] = info.fieldNodes) => fieldsBelow(fields, name, source);
  const [edges, pageInfo] = [below('edges'), below('pageInfo')];
  const isSelected = (name: string, fields?: readonly FieldNode[]) => below(name, fields).length > 0;
  return {
    selection: selectionOf(entity, [...below('nodes'), ...below('node', edges)], source),
    asks: {
      cursors: isSelected('cursor', edges) || ['startCursor', 'endCursor'].some((name) => isSelected(name, pageInfo)),
      previous: isSelected('hasPreviousPage', pageInfo),
      next: isSelected('hasNextPage', pageInfo),
      total: isSelected('totalCount') && ['nodes', 'edges', 'pageInfo'].some((name) => isSelected(name)),
    },
  };
}

function connection(request: PageRequest, reads: Reads): Connection {
  const loadPage = memoized(reads.page);
  const cursorOf = ({ keyset }: Page['rows'][number]) => writeCursor(request.order, keyset);
  /** Whether an item precedes the page in the direction of reading. */
  const precedes = memoized(
    async () => request.from !== null && ((await loadPage()).preceded ?? (await reads.preceded())),
  );
  return {
    edges: memoized(async () => {
      const { rows } = await loadPage();
      return rows.map((row) => ({
        get cursor() {
          return cursorOf(row);
        },
        node: row.item,
      }));
    }),
    async pageInfo() {
      const { rows, more } = await loadPage();
      const [first, last] = [rows[0], rows.at(-1)];
      return {
        hasNextPage: () => (request.backward ? precedes() : more),
        hasPreviousPage: () => (request.backward ? more : precedes()),
        get startCursor() {
          return first ? cursorOf(first) : null;
        },
        get endCursor() {
          return last ? cursorOf(last) : null;
        },
      };
    },
    totalCount: memoized(async () => (request.asks.total ? (await loadPage()).total : null) ?? (await reads.count())),
  };
}

/** Returns a function that calls `call` once and then repeats its result. */
function memoized<T>(call: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= call();
    return result;
  };
}
