import { type Viewer as DomainViewer, type RateBudget, type Scope, scopesOf } from '../../domain/viewer.ts';
import { builder, NOT_VERSIONED } from '../builder.ts';

const ScopeType = builder.enumType('Scope', {
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
    'Rate limits of the token, for GraphQL and the extract together, and what remained when this request was admitted.',
  fields: (t) => ({
    limitPerSecond: t.int({
      description: 'Maximum number of requests per second; null: unlimited.',
      resolve: ({ perSecond }) => perSecond?.limit,
    }),
    remaining: t.int({
      description: 'Requests remaining in this second; null: unlimited.',
      resolve: ({ perSecond }) => perSecond?.remaining,
    }),
    concurrentLimit: t.int({
      description: 'Maximum number of concurrent requests; null: unlimited.',
      resolve: ({ atOnce }) => atOnce?.limit,
    }),
    concurrentRemaining: t.int({
      description: 'Concurrent requests remaining besides this one; null: unlimited.',
      resolve: ({ atOnce }) => atOnce?.remaining,
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
