import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import type { GraphQLFieldExtensions } from 'graphql';
import type { PrismaClient } from '../db/generated/client.ts';
import type PrismaTypes from '../db/generated/pothos.ts';
import { getDatamodel } from '../db/generated/pothos.ts';
import type { Context } from './context.ts';

/** The nodes of a page are counted where the page is asked for. */
const ONE_BY_ONE = { cost: { field: 0, multiplier: 1 } } satisfies Costs<unknown>;

/** The builder of the schema; types and fields are added by the files beside this one. */
export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: PrismaTypes;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: string; Output: Date };
    LocalDateTime: { Input: string; Output: Date };
    UUID: { Input: string; Output: string };
    TimeZone: { Input: string; Output: string };
  };
}>({
  plugins: [PrismaPlugin, RelayPlugin],
  prisma: {
    // A transaction's client has all that the plugin uses.
    client: ({ prisma }) => prisma as PrismaClient,
    dmmf: getDatamodel(),
    onUnusedQuery: null,
  },
  relay: {
    idFieldOptions: { description: 'Globally unique ID in this API.' },
    nodesOnConnection: { description: 'The items of the page.', extensions: ONE_BY_ONE },
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The items of the page with their cursors.',
      extensions: ONE_BY_ONE,
    },
    cursorFieldOptions: { description: 'Cursor of the item, valid for the requested order.' },
    hasNextPageFieldOptions: { description: 'Whether there are items after this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether there are items before this page.' },
    startCursorFieldOptions: { description: 'Cursor of the first item; null if the page is empty.' },
    endCursorFieldOptions: { description: 'Cursor of the last item; null if the page is empty.' },
    nodeFieldOptions: { nullable: false, description: 'The item.' },
    pageInfoFieldOptions: { nullable: false, description: 'Information for pagination.' },
    pageInfoTypeOptions: { description: 'Pagination information (Relay Cursor Connections Specification).' },
    nodeTypeOptions: { description: 'An object with a globally unique ID.' },
    // src/graphql/types/node.ts
    nodeQueryOptions: false,
    nodesQueryOptions: false,
  },
});

/** The types that the builder knows, for those who write functions over it. */
export type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;

/** What a field, argument, input field or enumeration value needs beside the scope `read`. */
export interface Needs extends GraphQLFieldExtensions<unknown, unknown> {
  readonly scope?: 'personal';
}

/** Marks what only tokens with the scope `personal` may use. */
export const PERSONAL = { scope: 'personal' } as const;

/** What a field costs, and how often what stands below it counts (src/graphql/limits.ts). */
export interface FieldCost {
  readonly field: number;
  readonly multiplier: number;
}

/** What a field says of its cost where it isn't that of every field, or of every list: it, or how it follows from the arguments. */
export interface Costs<Arguments> extends GraphQLFieldExtensions<unknown, unknown> {
  readonly cost?: FieldCost | ((args: Arguments) => FieldCost);
}
