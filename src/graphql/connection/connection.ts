import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import {
  choosePage,
  choosePages,
  countEach,
  countRows,
  type Owner,
  type Page,
  type PageRequest,
  parentKey,
} from '../../db/query/pages.ts';
import { type EntityName, relationOf } from '../../domain/entities.ts';
import { Failure } from '../../domain/errors.ts';
import type { Context } from '../context.ts';
import { MOST_NODES, PAGE_SIZE } from '../limits.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { NAMES } from './names.ts';
import { type Loadable, loadObjects } from './objects.ts';
import { type OrderBy, orderKeys } from './order.ts';
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
interface Chosen {
  readonly page: Page;
  readonly objects: () => Promise<ReadonlyMap<string, object>>;
}

/** The page that the arguments ask for. Errors: BAD_USER_INPUT; of its fields DATABASE_UNAVAILABLE. */
export function connect(
  entity: Loadable,
  args: ConnectionArguments,
  context: Context,
  info: GraphQLResolveInfo,
  ownedBy?: OwnedBy,
): Connection {
  const { query: send, prisma, batches } = context;
  const request = batches.once('request', info, () => requestOf(entity, args));
  const query = queryFromInfo({ context, info, typeName: NAMES[entity], paths: [['nodes'], ['edges', 'node']] });
  const loading = (pages: Iterable<Page>) =>
    once(() =>
      loadObjects(
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
        const page = await choosePage(send, request);
        return { page, objects: loading([page]) };
      },
      async (behind) => (await choosePage(send, behind)).rows.length > 0,
      () => countRows(send, entity, request.where),
    );
  }
  const parent = ownedBy.values;
  const owner: Owner = { of: ownedBy.of, relation: relationOf(ownedBy.of, ownedBy.relation) };
  return connection(
    request,
    () =>
      batches.load('page', info, parent, async (parents): Promise<Chosen[]> => {
        const pages = await choosePages(send, request, owner, parents);
        const objects = loading(pages.values());
        return parents.map((values) => ({ page: pages.get(parentKey(values)) ?? EMPTY, objects }));
      }),
    (behind) =>
      batches.load('behind', info, parent, async (parents) => {
        const pages = await choosePages(send, behind, owner, parents);
        return parents.map((values) => pages.get(parentKey(values))?.rows.length === 1);
      }),
    () =>
      batches.load('count', info, parent, async (parents) => {
        const counts = await countEach(send, entity, request.where, owner, parents);
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
  const size = (backward ? last : first) ?? PAGE_SIZE;
  if (size < 0 || size > MOST_NODES)
    throw new Failure(
      'BAD_USER_INPUT',
      `${name}: ${size} is not accepted; it is a whole number from 0 to ${MOST_NODES}.`,
    );
  const order = orderKeys(entity, orderBy);
  const placeOf = (argument: string, cursor: string | null | undefined) =>
    cursor === null || cursor === undefined ? null : readCursor(order, argument, cursor);
  const [start, end] = [placeOf('after', after), placeOf('before', before)];
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
  choose: () => Promise<Chosen>,
  isAny: (behind: PageRequest) => Promise<boolean>,
  total: Connection['total'],
): Connection {
  const chosen = once(choose);
  const cursorOf = ({ place }: Page['rows'][number]) => writeCursor(request.order, place);
  /**
   * Whether something comes before the page, in the direction in which it was read: at its cursor or before that. The cursor is the same for
   * all parents, so that they are asked about together.
   */
  const behind = once(
    async () =>
      request.from !== null &&
      (await isAny({ ...request, size: 1, included: true, until: null, backward: !request.backward })),
  );
  const edges = async () => {
    const { page, objects } = await chosen();
    const loaded = await objects();
    // All of them are there: a page is chosen and loaded in one snapshot.
    return page.rows.flatMap((row) => {
      const node = loaded.get(JSON.stringify(row.key));
      return node ? [{ cursor: cursorOf(row), node: node as never }] : [];
    });
  };
  const pageInfo = async () => {
    const { rows, more } = (await chosen()).page;
    const [first, last] = [rows[0], rows.at(-1)];
    return {
      get hasNextPage() {
        return (request.backward ? behind() : more) as boolean;
      },
      get hasPreviousPage() {
        return (request.backward ? more : behind()) as boolean;
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
    total: once(total),
  };
}

/** Gives what the first call gave. */
function once<T>(call: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= call();
    return result;
  };
}
