import type { ObjectRef } from '@pothos/core';
import type { EntityName } from '../../domain/entities.ts';
import { after } from '../../domain/types/eventually.ts';
import { builder, type Costs, type Types } from '../builder.ts';
import { inTurns } from '../operation/compiled/turns.ts';
import type { Connection, Edge, PageInfo } from './connection.ts';
import { NAMES } from './names.ts';
import { nodeTypeOf } from './nodes/node-types.ts';

/** The connection field itself already multiplies by the page size. */
const ONE_BY_ONE = { cost: { field: 0, multiplier: 1 } } satisfies Costs;

/** Costs what it costs once, and not for each item of the page. */
const ONCE = { costsOnce: true } satisfies Costs;

export const PageInfoType = builder.objectRef<PageInfo>('PageInfo').implement({
  description: 'Pagination information (Relay Cursor Connections Specification).',
  fields: (t) => ({
    hasNextPage: t.boolean({
      nullable: false,
      description: 'Whether there are items after this page.',
      resolve: (page) => page.hasNextPage(),
    }),
    hasPreviousPage: t.boolean({
      nullable: false,
      description: 'Whether there are items before this page.',
      resolve: (page) => page.hasPreviousPage(),
    }),
    startCursor: t.exposeString('startCursor', {
      nullable: true,
      description: 'Cursor of the first item; null if the page is empty.',
    }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description: 'Cursor of the last item; null if the page is empty.',
    }),
  }),
});

const edgeType = (entity: EntityName): ObjectRef<Types, Edge> =>
  builder.objectRef<Edge>(`${NAMES[entity]}Edge`).implement({
    description: 'An item of a list with its cursor.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        nullable: false,
        description: 'Cursor of the item, valid for the requested order.',
      }),
      node: t.field({
        type: nodeTypeOf(entity),
        nullable: false,
        description: 'The item.',
        resolve: ({ node }) => node,
      }),
    }),
  });

const connectionType = (entity: EntityName): ObjectRef<Types, Connection> =>
  builder.objectRef<Connection>(`${NAMES[entity]}Connection`).implement({
    description: 'A page of a list (Relay Cursor Connections Specification).',
    fields: (t) => ({
      edges: t.field({
        type: [edgeType(entity)],
        nullable: { list: false, items: false },
        description: 'The items of the page with their cursors.',
        extensions: ONE_BY_ONE,
        resolve: (page, _args, context) => after(page.edges(), (edges) => inTurns(edges, context)),
      }),
      nodes: t.field({
        type: [nodeTypeOf(entity)],
        nullable: { list: false, items: false },
        description: 'The items of the page.',
        extensions: ONE_BY_ONE,
        resolve: (page, _args, context) => after(page.nodes(), (nodes) => inTurns(nodes, context)),
      }),
      pageInfo: t.field({
        type: PageInfoType,
        nullable: false,
        description: 'Information for pagination.',
        extensions: ONCE,
        resolve: (page) => page.pageInfo(),
      }),
      totalCount: t.int({
        nullable: false,
        description: 'Number of items on all pages. Counted only when selected.',
        extensions: ONCE,
        resolve: (page) => page.totalCount(),
      }),
    }),
  });

const created = new Map<EntityName, ObjectRef<Types, Connection>>();

/** Returns the connection type of an entity. Each type is created once. */
export function connectionTypeOf(entity: EntityName): ObjectRef<Types, Connection> {
  const type = created.get(entity) ?? connectionType(entity);
  created.set(entity, type);
  return type;
}
