import './types/scalars.ts';
import './types/relations.ts';
import './types/query.ts';
import './types/node.ts';
import './types/viewer.ts';
import './types/dataset.ts';
import './types/time-slot.ts';
import { type GraphQLSchema, printSchema } from 'graphql';
import { builder } from './builder.ts';
import { withRejections } from './operation/rejections.ts';

/** The schema of the GraphQL API; schema.graphql shows it printed. */
export const schema: GraphQLSchema = withRejections(builder.toSchema({ sortSchema: true }));

/** The text of schema.graphql. */
export const printedSchema = (): string => `${printSchema(schema)}\n`;
