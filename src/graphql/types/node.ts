import { brandWithType } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import { readItems } from '../../db/query/pages/items.ts';
import { Failure, shown } from '../../domain/errors.ts';
import { builder, type Costs } from '../builder.ts';
import { entityOfType } from '../connection/names.ts';
import { type GlobalId, readGlobalId } from '../connection/nodes/global-id.ts';
import { isVisible } from '../connection/nodes/visible-items.ts';
import { selectionOf } from '../connection/selection.ts';
import type { Context } from '../context.ts';
import { PAGE_COST } from '../costs.ts';
import { MAX_ERRORS, MAX_PAGE_SIZE } from '../limits.ts';
import { inTurns } from '../operation/compiled/turns.ts';

/** Returns the failure of a text that is not a global ID, naming its argument. */
const invalidId = (argument: string, text: string): Failure =>
  new Failure(
    'BAD_USER_INPUT',
    `${argument}: ${shown(text)} is not an ID of this API; use the value of a field named id.`,
  );

/**
 * Returns the failures of texts that are not global IDs, by their index in `ids`: at most MAX_ERRORS, the last of which then gives the
 * number of the others.
 */
function invalidIdErrors(ids: readonly string[], nodes: readonly unknown[]): ReadonlyMap<number, Failure> {
  const positions = [...nodes.keys()].filter((index) => nodes[index] === null);
  const more = positions.length - MAX_ERRORS;
  return new Map(
    positions.slice(0, MAX_ERRORS).map((index, count) => {
      const isLast = more > 0 && count === MAX_ERRORS - 1;
      return [index, invalidId(`ids[${index}]${isLast ? `, and ${more} more` : ''}`, ids[index] ?? '')];
    }),
  );
}

/** Returns the item, or null if the viewer does not see it, as if it did not exist. */
async function ifVisible(typename: string, found: unknown, context: Context, info: GraphQLResolveInfo) {
  const entity = entityOfType(typename);
  const item = await found;
  return entity && (await isVisible(entity, item, context, info)) ? item : null;
}

/**
 * Reads the items of global IDs with what the field selects of their types, by one statement for each type. Null for null and for an ID
 * that no item has.
 */
async function readNodes(
  ids: readonly (GlobalId | null)[],
  { query, viewer }: Context,
  info: GraphQLResolveInfo,
): Promise<(object | null)[]> {
  const found: (object | null)[] = ids.map(() => null);
  for (const typename of new Set(ids.flatMap((id) => id?.typename ?? []))) {
    const entity = entityOfType(typename);
    if (!entity) continue;
    const positions = [...ids.keys()].filter((index) => ids[index]?.typename === typename);
    const selection = selectionOf(
      entity,
      info.fieldNodes,
      { items: ids.length, repeated: new Set(ids.map((id) => JSON.stringify(id))).size < ids.length },
      { ...info, viewer },
    );
    const items = await readItems(
      query,
      selection,
      positions.map((index) => ids[index]?.key ?? []),
    );
    for (const [at, item] of items.entries()) {
      if (item) brandWithType(item, typename as never);
      found[positions[at] ?? 0] = item ?? null;
    }
  }
  return found;
}

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'Fetches an object by its global ID.',
    args: { id: t.arg.id({ required: true, description: 'ID.' }) },
    extensions: { cost: { field: PAGE_COST, multiplier: 1 } } satisfies Costs,
    resolve: async (_root, { id }, context, info) => {
      const node = readGlobalId(id);
      if (!node) throw invalidId('id', id);
      const [found] = await readNodes([node], context, info);
      return await ifVisible(node.typename, found, context, info);
    },
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description:
      'Fetches objects by their global IDs, in the same order. Null for an unknown ID; null with an error for a text that is not an ID of this API.',
    args: { ids: t.arg.idList({ required: true, description: `Global IDs; up to ${MAX_PAGE_SIZE}.` }) },
    extensions: {
      cost: { sizes: ['ids'], of: ({ ids = 0 }) => ({ field: PAGE_COST, multiplier: ids }) },
    } satisfies Costs,
    resolve: async (_root, { ids }, context, info) => {
      if (ids.length > MAX_PAGE_SIZE)
        throw new Failure('BAD_USER_INPUT', `ids has ${ids.length} values; at most ${MAX_PAGE_SIZE} are allowed.`);
      const nodes = ids.map(readGlobalId);
      const found = await readNodes(nodes, context, info);
      const failures = invalidIdErrors(ids, nodes);
      // An error in a list becomes null at its index; the other items stay.
      const seen = found.map(
        (item, index) => failures.get(index) ?? ifVisible(nodes[index]?.typename ?? '', item, context, info),
      );
      return inTurns(await Promise.all(seen), context);
    },
  }),
}));
