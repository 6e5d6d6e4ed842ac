import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import type { GraphQLFieldExtensions } from 'graphql';
import type { Prisma } from '../db/generated/client.ts';
import type PrismaTypes from '../db/generated/pothos.ts';
import { getDatamodel } from '../db/generated/pothos.ts';
import type { Context } from './context.ts';

export const ID_DESCRIPTION = 'Globally unique ID in this API.';

/** A value as items have it (src/db/query/pages/selection.ts) instead of Prisma’s. */
type ItemValue<T> = T extends Date ? string : T extends Prisma.Decimal ? number : T;

/** Prisma’s model with the values that items have. */
type Models = {
  [M in keyof PrismaTypes]: Omit<PrismaTypes[M], 'Shape'> & {
    Shape: { [P in keyof PrismaTypes[M]['Shape']]: ItemValue<PrismaTypes[M]['Shape'][P]> };
  };
};

/** The schema builder. The files beside this one add types and fields to it. */
export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: Models;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: string; Output: string | Date };
    LocalDate: { Input: string; Output: string };
    LocalDateTime: { Input: string; Output: string | Date };
    UUID: { Input: string; Output: string };
    TimeZone: { Input: string; Output: string };
  };
}>({
  plugins: [PrismaPlugin, RelayPlugin],
  prisma: {
    // The plugin only gives types from Prisma's model: items are read by statements of their own (connection/selection.ts).
    client: () => {
      throw new Error('no field is loaded by Prisma');
    },
    dmmf: getDatamodel(),
    onUnusedQuery: null,
  },
  relay: {
    idFieldOptions: { description: ID_DESCRIPTION },
    nodeTypeOptions: { description: 'An object with a globally unique ID.' },
    // The queries `node` and `nodes` are defined in src/graphql/types/node.ts.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
  },
});

builder.queryType({ description: 'The query root.' });

/** The builder's type parameters, for functions that take field or argument builders. */
export type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;

/** The scope that a field, argument, input field or enum value requires in addition to `read`. */
export interface Needs extends GraphQLFieldExtensions<unknown, unknown> {
  readonly scope?: 'personal' | 'admin';
}

/** Marks schema elements that require the scope `personal`. */
export const PERSONAL = { scope: 'personal' } as const;

/** Marks schema elements that require the scope `admin`. */
export const ADMINISTRATIVE = { scope: 'admin' } as const;

/** The cost of a field itself, and the factor by which the cost of its selection is multiplied (costs.ts). */
export interface FieldCost {
  readonly field: number;
  readonly multiplier: number;
}

/** The cost of a field that differs from the default. */
export interface Costs extends GraphQLFieldExtensions<unknown, unknown> {
  readonly cost?: FieldCost | SizedCost;
  /** Whether it costs once what it costs, however many items the list has that it belongs to. */
  readonly costsOnce?: boolean;
  /** What it costs beside that, once in the operation, however many items it is read of: its share of a statement for all of them. */
  readonly statement?: number | SizedStatement;
}

/** The cost of a share of a statement that depends on the sizes of arguments, as in SizedCost. */
export interface SizedStatement {
  readonly sizes: readonly string[];
  of(sizes: Readonly<Record<string, number | undefined>>): number;
}

/** A cost that depends on arguments: on a number itself, on the length of a list, and of others on whether they are given. */
export interface SizedCost {
  readonly sizes: readonly string[];
  /** Takes the sizes by argument; undefined for an argument that is missing or null. `selects`: whether a field is selected below. */
  of(sizes: Readonly<Record<string, number | undefined>>, selects: (field: string) => boolean): FieldCost;
}

/** Marks root fields whose values change without a new data version. Responses with them must not be kept. */
export const NOT_VERSIONED = { notVersioned: true } as const;

/**
 * Marks fields whose values also depend on the clock of the data (src/db/query/state/data-state.ts), which can move without a new data version.
 * They read it by a statement of its own, before theirs.
 */
export const BY_CLOCK = { byClock: true } as const;
