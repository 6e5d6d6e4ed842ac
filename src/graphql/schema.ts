import './scalars.ts';
import './paths.ts';
import './query.ts';
import './node.ts';
import './viewer.ts';
import './dataset.ts';
import './time-slot.ts';
import { type GraphQLSchema, printSchema } from 'graphql';
import { builder } from './builder.ts';
import { rejecting } from './rejecting.ts';

/** The schema of the GraphQL API; schema.graphql shows it printed. */
export const schema: GraphQLSchema = rejecting(builder.toSchema({ sortSchema: true }));

/** The text of schema.graphql. */
export const printedSchema = (): string => `${printSchema(schema)}\n`;
