import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import {
  countEach,
  countRows,
  type Owner,
  type Page,
  type PageRequest,
  parentKey,
  readPage,
  readPages,
} from '../../db/query/pages.ts';
import { type EntityName, relationOf } from '../../domain/entities.ts';
import { Failure } from '../../domain/errors.ts';
import type { Context } from '../context.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../limits.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { loadNodes, type NodeEntity } from './load-nodes.ts';
import { NAMES } from './names.ts';
import { type OrderBy, sortKeysOf } from './order.ts';
import { conditionOf, type Where } from './where.ts';

/** The arguments of a connection (Relay, Cursor Connections), with a filter and an order. */
export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
  readonly where?: Where | null | undefined;
  readonly orderBy?: readonly OrderBy[] | null | undefined;
}

/** Whose things they are: the name of the relation that leads to them, and the parent's values of its own columns. */
export interface OwnedBy {
  readonly of: EntityName;
  readonly relation: string;
  readonly values: readonly string[];
}

/** A page as its fields read it. It is chosen where an operation has a field of it, and its things are loaded for `edges` and `nodes`. */
export interface Connection {
  readonly edges: Promise<{ readonly cursor: string; readonly node: never }[]>;
  readonly pageInfo: Promise<{
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  }>;
  total(): Promise<number>;
}

/** A page that was chosen, and what loads its things, also for the pages that were chosen together with it. */
interface LoadedPage {
  readonly page: Page;
  readonly loadPageNodes: () => Promise<ReadonlyMap<string, object>>;
}

/** The page that the arguments ask for. Errors: BAD_USER_INPUT; of its fields DATABASE_UNAVAILABLE. */
export function connect(
  entity: NodeEntity,
  args: ConnectionArguments,
  context: Context,
  info: GraphQLResolveInfo,
  ownedBy?: OwnedBy,
): Connection {
  const { query: queryDatabase, prisma, loaders } = context;
  const request = loaders.memoize('request', info, () => requestOf(entity, args));
  const query = queryFromInfo({ context, info, typeName: NAMES[entity], paths: [['nodes'], ['edges', 'node']] });
  const nodesOf = (pages: Iterable<Page>) =>
    memoized(() =>
      loadNodes(
        prisma,
        entity,
        [...pages].flatMap(({ rows }) => rows.map(({ key }) => key)),
        query,
      ),
    );
  if (!ownedBy) {
    return connection(
      request,
      async () => {
        const page = await readPage(queryDatabase, request);
        return { page, loadPageNodes: nodesOf([page]) };
      },
      async (precedes) => (await readPage(queryDatabase, precedes)).rows.length > 0,
      () => countRows(queryDatabase, entity, request.where),
    );
  }
  const parent = ownedBy.values;
  const owner: Owner = { of: ownedBy.of, relation: relationOf(ownedBy.of, ownedBy.relation) };
  return connection(
    request,
    () =>
      loaders.load('page', info, parent, async (parents): Promise<LoadedPage[]> => {
        const pages = await readPages(queryDatabase, request, owner, parents);
        const loadPageNodes = nodesOf(pages.values());
        return parents.map((values) => ({ page: pages.get(parentKey(values)) ?? EMPTY, loadPageNodes }));
      }),
    (precedes) =>
      loaders.load('behind', info, parent, async (parents) => {
        const pages = await readPages(queryDatabase, precedes, owner, parents);
        return parents.map((values) => pages.get(parentKey(values))?.rows.length === 1);
      }),
    () =>
      loaders.load('count', info, parent, async (parents) => {
        const counts = await countEach(queryDatabase, entity, request.where, owner, parents);
        return parents.map((values) => counts.get(parentKey(values)) ?? 0);
      }),
  );
}

const EMPTY: Page = { rows: [], more: false };

function requestOf(
  entity: EntityName,
  { first, last, after, before, where, orderBy }: ConnectionArguments,
): PageRequest {
  const given = (value: unknown) => value !== null && value !== undefined;
  if (given(first) && given(last)) throw new Failure('BAD_USER_INPUT', 'Give first or last, not both.');
  const backward = given(last);
  const name = backward ? 'last' : 'first';
  const size = (backward ? last : first) ?? DEFAULT_PAGE_SIZE;
  if (size < 0 || size > MAX_PAGE_SIZE)
    throw new Failure(
      'BAD_USER_INPUT',
      `${name}: ${size} is not accepted; it is a whole number from 0 to ${MAX_PAGE_SIZE}.`,
    );
  const order = sortKeysOf(entity, orderBy);
  const keysetOf = (argument: string, cursor: string | null | undefined) =>
    cursor === null || cursor === undefined ? null : readCursor(order, argument, cursor);
  const [start, end] = [keysetOf('after', after), keysetOf('before', before)];
  return {
    entity,
    where: conditionOf(entity, where),
    order,
    size,
    from: backward ? end : start,
    until: backward ? start : end,
    backward,
  };
}

function connection(
  request: PageRequest,
  read: () => Promise<LoadedPage>,
  exists: (precedes: PageRequest) => Promise<boolean>,
  total: Connection['total'],
): Connection {
  const loadPage = memoized(read);
  const cursorOf = ({ keyset }: Page['rows'][number]) => writeCursor(request.order, keyset);
  /**
   * Whether something comes before the page, in the direction in which it was read: at its cursor or before that. The cursor is the same for
   * all parents, so that they are asked about together.
   */
  const precedes = memoized(
    async () =>
      request.from !== null &&
      (await exists({ ...request, size: 1, inclusive: true, until: null, backward: !request.backward })),
  );
  const edges = async () => {
    const { page, loadPageNodes } = await loadPage();
    const loaded = await loadPageNodes();
    // All of them are there: a page is chosen and loaded in one snapshot.
    return page.rows.flatMap((row) => {
      const node = loaded.get(JSON.stringify(row.key));
      return node ? [{ cursor: cursorOf(row), node: node as never }] : [];
    });
  };
  const pageInfo = async () => {
    const { rows, more } = (await loadPage()).page;
    const [first, last] = [rows[0], rows.at(-1)];
    return {
      get hasNextPage() {
        return (request.backward ? precedes() : more) as boolean;
      },
      get hasPreviousPage() {
        return (request.backward ? more : precedes()) as boolean;
      },
      startCursor: first ? cursorOf(first) : null,
      endCursor: last ? cursorOf(last) : null,
    };
  };
  return {
    get edges() {
      return edges();
    },
    get pageInfo() {
      return pageInfo();
    },
    total: memoized(total),
  };
}

/** Gives what the first call gave. */
function memoized<T>(call: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= call();
    return result;
  };
}
