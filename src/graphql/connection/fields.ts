import type { ArgBuilder } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import { readItems } from '../../db/query/pages/items.ts';
import type { Item } from '../../db/query/pages/page.ts';
import { type EntityName, findRelation, type Relation, type RelationNameOf } from '../../domain/entities.ts';
import type { Costs, SizedCost, Types } from '../builder.ts';
import type { Context } from '../context.ts';
import {
  ASSUMED_LIST_SIZE,
  CONDITION_COST,
  LARGE_LINKED_LIST_COST,
  LARGE_NESTED_PAGE_COST,
  LINKED_LIST_COST,
  LIST_COST,
  NESTED_PAGE_COST,
  PAGE_COST,
  RELATED_ITEM_COST,
  SCAN_COST,
} from '../costs.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../limits.ts';
import { connect, type Parent } from './connection.ts';
import { connectionTypeOf } from './connection-types.ts';
import { keptByField } from './kept-by-field.ts';
import { keyOf } from './nodes/node-key.ts';
import { nodeTypeOf } from './nodes/node-types.ts';
import { orderByOf, orderDescription } from './order/order.ts';
import { type ConnectionArguments, sizeOfPage } from './order/page-request.ts';
import { ONE, selectionOf } from './selection.ts';
import { whereOf } from './where/where.ts';

/** Field options for connections and lists. */

/** Returns the options of a root field: a connection over all items of an entity. */
export const rootConnection = (entity: EntityName, arg: ArgBuilder<Types>, description: string) =>
  connectionField(entity, arg, description, () => null, {
    sizes: ['first', 'last', 'where', 'orderBy'],
    of: ({ where, orderBy, ...page }, selects) => {
      const scans = [where !== undefined, orderBy !== undefined, selects('totalCount')].filter(Boolean).length;
      const conditions = Math.max(0, (where ?? 0) - 1) * CONDITION_COST;
      return { field: PAGE_COST + scans * SCAN_COST + conditions, multiplier: sizeOfPage(page) };
    },
  });

/** The entities that have many items of each kind, of which a page is chosen. */
const LARGE_PARENTS: ReadonlySet<EntityName> = new Set(['employee', 'job']);

/** Returns the options of a connection over the items that a relation leads to. */
export function relatedConnection<E extends EntityName>(of: E, name: RelationNameOf<E, true>, arg: ArgBuilder<Types>) {
  const relation = requireRelation(of, name);
  const owner = { of, relation };
  const field = LARGE_PARENTS.has(of) ? LARGE_NESTED_PAGE_COST : NESTED_PAGE_COST;
  return connectionField(relation.to, arg, relation.description, (item) => ({ owner, values: keyOf(of, item), item }), {
    sizes: ['first', 'last', 'where'],
    of: ({ where = 0, ...page }) => ({ field: field * (1 + where), multiplier: sizeOfPage(page) }),
  });
}

const connectionField = (
  entity: EntityName,
  arg: ArgBuilder<Types>,
  description: string,
  parentOf: (parent: object) => Parent | null,
  cost: SizedCost,
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
  extensions: { cost } satisfies Costs,
  resolve: (parent: object, args: ConnectionArguments, context: Context, info: GraphQLResolveInfo) =>
    connect(entity, args, context, info, parentOf(parent)),
});

/** Returns the options of a field with all items that a to-many relation leads to (list-order.ts). They are read with their parent. */
export function relatedList<E extends EntityName>(of: E, name: RelationNameOf<E, true>) {
  const { to, through, description } = requireRelation(of, name);
  const linkedCost = LARGE_PARENTS.has(of) ? LARGE_LINKED_LIST_COST : LINKED_LIST_COST;
  return {
    type: [nodeTypeOf(to)] as [ReturnType<typeof nodeTypeOf>],
    nullable: { list: false, items: false } as const,
    description,
    extensions: {
      cost: { field: through ? linkedCost : LIST_COST, multiplier: ASSUMED_LIST_SIZE },
    } satisfies Costs,
    resolve: (parent: object) => relatedOf(parent, name) as object[],
  };
}

/** Returns the options of a field with the item that a to-one relation leads to, or null. It is read with its parent. */
export function relatedItem<E extends EntityName>(of: E, name: RelationNameOf<E, false>) {
  const { to, description } = requireRelation(of, name);
  return {
    type: nodeTypeOf(to),
    description,
    extensions: { cost: { field: RELATED_ITEM_COST, multiplier: 1 } } satisfies Costs,
    resolve: (parent: object) => relatedOf(parent, name) as object | null,
  };
}

/** Returns the options of a field with the item that a to-one relation always leads to. */
export function requiredItem<E extends EntityName>(of: E, name: RelationNameOf<E, false>) {
  return {
    ...relatedItem(of, name),
    nullable: false as const,
    resolve: (parent: object) => relatedOf(parent, name) as object,
  };
}

/** Returns the options of a field that looks up an item by its primary key, which `key` takes from the arguments; null if there is none. */
export const lookup = <Arguments>(entity: EntityName, key: (args: Arguments) => readonly string[]) => ({
  type: nodeTypeOf(entity),
  nullable: true as const,
  extensions: { cost: { field: PAGE_COST, multiplier: 1 } } satisfies Costs,
  resolve: async (_root: unknown, args: Arguments, { query, viewer }: Context, info: GraphQLResolveInfo) => {
    const selection = keptByField(info, viewer, () => selectionOf(entity, info.fieldNodes, ONE, { ...info, viewer }));
    const [item] = await readItems(query, selection, [key(args)]);
    return item;
  },
});

/** Returns what a relation leads to, which selection.ts has selected with the parent. */
const relatedOf = (parent: object, name: string): unknown => (parent as Item)[name];

function requireRelation(entity: EntityName, name: string): Relation {
  const found = findRelation(entity, name);
  if (!found) throw new Error(`${entity} has no relation ${name}`);
  return found;
}
