import type { ArgBuilder, ObjectFieldBuilder, ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import { builder, type Costs, type Types } from '../builder.ts';
import type { Context } from '../context.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, PAGE_COST } from '../limits.ts';
import { Application } from '../types/application.ts';
import { Appointment } from '../types/appointment.ts';
import { Candidate } from '../types/candidate.ts';
import { Interview } from '../types/interview.ts';
import { Interviewer } from '../types/interviewer.ts';
import { Job } from '../types/job.ts';
import { type Connection, type ConnectionArguments, connect, type OwnedBy } from './connection.ts';
import type { NodeEntity } from './load-nodes.ts';
import { NAMES } from './names.ts';
import { orderByOf, orderDescription } from './order.ts';
import { whereOf } from './where.ts';

const NODES = {
  appointment: Appointment,
  interview: Interview,
  employee: Interviewer,
  candidate: Candidate,
  job: Job,
  application: Application,
} as const;

const connectionType = (entity: NodeEntity): ObjectRef<Types, Connection> =>
  builder.connectionObject(
    {
      type: NODES[entity] as never,
      name: `${NAMES[entity]}Connection`,
      description: 'A page of a list (Relay Cursor Connections Specification).',
      fields: (t: ObjectFieldBuilder<Types, Connection>) => ({
        totalCount: t.int({
          nullable: false,
          description: 'Number of items on all pages. Counted only when selected.',
          resolve: (page) => page.total(),
        }),
      }),
    } as never,
    { name: `${NAMES[entity]}Edge`, description: 'An item of a list with its cursor.' } as never,
  ) as never;

const CONNECTIONS = Object.fromEntries(
  (Object.keys(NODES) as NodeEntity[]).map((entity) => [entity, connectionType(entity)]),
) as Record<NodeEntity, ObjectRef<Types, Connection>>;

type ArgumentBuilder = ArgBuilder<Types>;

const argumentsOf = (entity: NodeEntity, arg: ArgumentBuilder) => ({
  first: arg.int({
    description: `The first so many, at most ${MAX_PAGE_SIZE}; ${DEFAULT_PAGE_SIZE} where neither first nor last is given.`,
  }),
  after: arg.string({ description: 'Returns the items after this cursor.' }),
  last: arg.int({ description: `The last so many, at most ${MAX_PAGE_SIZE}.` }),
  before: arg.string({ description: 'Returns the items before this cursor.' }),
  where: arg({ type: whereOf(entity), description: 'Returns only matching items.' }),
  orderBy: arg({ type: [orderByOf(entity)], description: orderDescription(entity) }),
});

/** The options of a field that gives a page of things; `ownedBy` says of a parent whose they are. */
export const connectionField = <Parent>(
  entity: NodeEntity,
  arg: ArgumentBuilder,
  description: string,
  ownedBy?: (parent: Parent) => OwnedBy,
) => ({
  type: CONNECTIONS[entity],
  nullable: false as const,
  description,
  args: argumentsOf(entity, arg),
  extensions: {
    cost: ({ first, last }) => ({ field: PAGE_COST, multiplier: first ?? last ?? DEFAULT_PAGE_SIZE }),
  } satisfies Costs<ConnectionArguments>,
  resolve: (parent: Parent, args: unknown, context: Context, info: GraphQLResolveInfo) =>
    connect(entity, args as ConnectionArguments, context, info, ownedBy?.(parent)) as never,
});
