import type { ArgBuilder } from '@pothos/core';
import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { parentKey, readPages } from '../../db/query/pages.ts';
import { type EntityName, findRelation, type Relation, type RelationNameOf } from '../../domain/entities.ts';
import { visible } from '../../domain/viewer.ts';
import type { Costs, Types } from '../builder.ts';
import type { Context } from '../context.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, PAGE_COST } from '../limits.ts';
import { type ConnectionArguments, connect, type Parent } from './connection.ts';
import { connectionTypeOf } from './connection-types.ts';
import { keyOf, loadNodes, type NodeEntity } from './load-nodes.ts';
import { NAMES } from './names.ts';
import { nodeTypeOf } from './node-types.ts';
import { defaultOrder, orderByOf, orderDescription } from './order.ts';
import { whereOf } from './where.ts';

/** Field options for connections and lists. */

/** The maximum number of items in a list without pagination. */
const MAX_LIST_SIZE = 1_000;

/** Returns the options of a root field: a connection over all items of an entity. */
export const rootConnection = (entity: NodeEntity, arg: ArgBuilder<Types>, description: string) =>
  connectionField(entity, arg, description, () => null);

/** Returns the options of a connection over the items that a relation leads to. */
export function relatedConnection<E extends NodeEntity>(of: E, name: RelationNameOf<E, true>, arg: ArgBuilder<Types>) {
  const relation = requireRelation(of, name);
  const owner = { of, relation };
  return connectionField(relation.to, arg, relation.description, (parent) => ({ owner, values: keyOf(of, parent) }));
}

const connectionField = (
  entity: NodeEntity,
  arg: ArgBuilder<Types>,
  description: string,
  parentOf: (parent: object) => Parent | null,
) => ({
  type: connectionTypeOf(entity),
  nullable: false as const,
  description,
  args: {
    first: arg.int({
      description: `Number of items from the start: up to ${MAX_PAGE_SIZE}, ${DEFAULT_PAGE_SIZE} by default.`,
    }),
    after: arg.string({ description: 'Returns the items after this cursor.' }),
    last: arg.int({ description: `Number of items from the end: up to ${MAX_PAGE_SIZE}.` }),
    before: arg.string({ description: 'Returns the items before this cursor.' }),
    where: arg({ type: whereOf(entity), description: 'Returns only matching items.' }),
    orderBy: arg({ type: [orderByOf(entity)], description: orderDescription(entity) }),
  },
  extensions: {
    cost: ({ first, last }) => ({ field: PAGE_COST, multiplier: first ?? last ?? DEFAULT_PAGE_SIZE }),
  } satisfies Costs<ConnectionArguments>,
  resolve: (parent: object, args: ConnectionArguments, context: Context, info: GraphQLResolveInfo) =>
    connect(entity, args, context, info, parentOf(parent)),
});

/** Returns the options of a list of all items that a relation leads to, in their default order. Errors: DATABASE_UNAVAILABLE. */
export function relatedList<E extends NodeEntity>(of: E, name: RelationNameOf<E, true>) {
  const relation = requireRelation(of, name);
  return {
    type: [nodeTypeOf(relation.to)] as [ReturnType<typeof nodeTypeOf>],
    nullable: { list: false, items: false } as const,
    description: relation.description,
    resolve: (parent: object, _args: object, context: Context, info: GraphQLResolveInfo) =>
      context.loaders.load('list', info, keyOf(of, parent), (parents) =>
        readLists(of, relation, parents, context, info),
      ),
  };
}

async function readLists(
  of: NodeEntity,
  relation: Relation,
  parents: readonly (readonly string[])[],
  context: Context,
  info: GraphQLResolveInfo,
): Promise<object[][]> {
  const { query, prisma, viewer } = context;
  const entity = relation.to;
  const request = {
    entity,
    where: visible(entity, viewer),
    order: defaultOrder(entity, viewer),
    size: MAX_LIST_SIZE,
    from: null,
    until: null,
    backward: false,
  };
  const pages = await readPages(query, request, { of, relation }, parents);
  const rowsOf = (parent: readonly string[]) => pages.get(parentKey(parent))?.rows ?? [];
  const keys = parents.flatMap((parent) => rowsOf(parent).map(({ key }) => key));
  const selection = queryFromInfo({ context, info, typeName: NAMES[entity] });
  const items = await loadNodes(prisma, entity, keys, selection);
  return parents.map((parent) => rowsOf(parent).flatMap(({ key }) => items.get(JSON.stringify(key)) ?? []));
}

function requireRelation(entity: EntityName, name: string): Relation {
  const found = findRelation(entity, name);
  if (!found) throw new Error(`${entity} has no relation ${name}`);
  return found;
}
