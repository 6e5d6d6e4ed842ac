import { type Viewer as DomainViewer, type RateBudget, type Scope, scopesOf } from '../../domain/viewer.ts';
import { builder, NOT_VERSIONED } from '../builder.ts';

export const ScopeType = builder.enumType('Scope', {
  description: 'A permission of a token.',
  values: {
    READ: { value: 'read', description: 'Read access to data that are not personal.' },
    PERSONAL: { value: 'personal', description: 'Access to personal data: names, locations, reviews and ratings.' },
    WRITE: { value: 'write', description: 'May import extracts.' },
    ADMIN: { value: 'admin', description: 'Full access.' },
  } satisfies Record<Uppercase<Scope>, { value: Scope; description: string }>,
});

const RateBudgetType = builder.objectRef<RateBudget>('RateBudget').implement({
  description:
    'Rate limits of the token: points for GraphQL, requests for the extract. A GraphQL operation takes its cost in points, and what it did not need is given back at its end.',
  fields: (t) => ({
    pointLimit: t.int({
      description: 'Points of a full bucket; null: unlimited.',
      resolve: (budget) => budget.points()?.limit,
    }),
    pointsRemaining: t.int({
      description: 'Points remaining while this operation is executed; null: unlimited.',
      resolve: (budget) => budget.points()?.remaining,
    }),
    pointsPerSecond: t.int({
      description: 'Points that come back per second; null: unlimited.',
      resolve: (budget) => budget.points()?.perSecond,
    }),
    limitPerSecond: t.int({
      description: 'Maximum number of requests per second for the extract; null: unlimited.',
      deprecationReason: 'GraphQL counts points, not requests. Use `pointsPerSecond`.',
      resolve: (budget) => budget.perSecond()?.limit,
    }),
    remaining: t.int({
      description: 'Requests for the extract remaining in this second; null: unlimited.',
      deprecationReason: 'GraphQL counts points, not requests. Use `pointsRemaining`.',
      resolve: (budget) => budget.perSecond()?.remaining,
    }),
    concurrentLimit: t.int({
      description: 'Maximum number of concurrent requests for the extract; null: unlimited.',
      deprecationReason:
        'GraphQL operations wait for their turn. The header `X-RateLimit-Concurrent-Limit` has their maximum.',
      resolve: async (budget) => (await budget.atOnce())?.limit,
    }),
    concurrentRemaining: t.int({
      description: 'Concurrent requests for the extract remaining; null: unlimited.',
      deprecationReason:
        'GraphQL operations wait for their turn. The header `X-RateLimit-Concurrent-Remaining` has what remains.',
      resolve: async (budget) => (await budget.atOnce())?.remaining,
    }),
  }),
});

const ViewerType = builder.objectRef<DomainViewer>('Viewer').implement({
  description: 'The current token.',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: false,
      description: 'Name of the token, or the subject (`sub`) of an identity provider’s token.',
    }),
    scopes: t.field({
      type: [ScopeType],
      nullable: { list: false, items: false },
      description: 'Scopes of the token.',
      resolve: (viewer) => [...scopesOf(viewer)],
    }),
    rateBudget: t.field({
      type: RateBudgetType,
      nullable: false,
      description: 'Rate limits of the token.',
      resolve: (_viewer, _args, { budget }) => budget,
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerType,
    nullable: false,
    extensions: NOT_VERSIONED,
    description: 'The current token and its scopes.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
