import './types/scalars.ts';
import './types/application.ts';
import './types/appointment.ts';
import './types/candidate.ts';
import './types/interview.ts';
import './types/interviewer.ts';
import './types/job.ts';
import './types/node.ts';
import './types/viewer.ts';
import './types/dataset.ts';
import './types/import.ts';
import './types/audit.ts';
import './types/time-slot.ts';
import './metrics/definitions.ts';
import './metrics/metrics.ts';
import { type GraphQLSchema, printSchema } from 'graphql';
import { builder } from './builder.ts';
import { withGlobalIds } from './connection/nodes/global-id.ts';
import { withVisibility } from './operation/hide-invisible-items.ts';
import { withRejections } from './operation/rejections.ts';

/** The schema of the GraphQL API. schema.graphql is its printed form. */
export const schema: GraphQLSchema = withRejections(
  withVisibility(withGlobalIds(builder.toSchema({ sortSchema: true }))),
);

/** Returns the text of schema.graphql. */
export const printedSchema = (): string => `${printSchema(schema)}\n`;
