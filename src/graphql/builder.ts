import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import type { GraphQLFieldExtensions } from 'graphql';
import type { PrismaClient } from '../db/generated/client.ts';
import type PrismaTypes from '../db/generated/pothos.ts';
import { getDatamodel } from '../db/generated/pothos.ts';
import type { Context } from './context.ts';

export const ID_DESCRIPTION = 'Globally unique ID in this API.';

/** The builder of the schema; types and fields are added by the files beside this one. */
export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: PrismaTypes;
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
    idFieldOptions: { description: ID_DESCRIPTION },
    nodeTypeOptions: { description: 'An object with a globally unique ID.' },
    // src/graphql/types/node.ts
    nodeQueryOptions: false,
    nodesQueryOptions: false,
  },
});

builder.queryType({ description: 'The query root.' });

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
