import { type Viewer as DomainViewer, type RateBudget, SCOPES } from '../../domain/viewer.ts';
import { builder } from '../builder.ts';

const SCOPE_DESCRIPTIONS: Readonly<Record<(typeof SCOPES)[number], string>> = {
  read: 'May read what isn’t personal.',
  personal: 'May see names, places, reviews and ratings too.',
  write: 'May import extracts.',
  admin: 'May do everything.',
};

const ScopeType = builder.enumType('Scope', {
  description: 'What a token may do.',
  values: Object.fromEntries(
    SCOPES.map((name) => [name.toUpperCase(), { value: name, description: SCOPE_DESCRIPTIONS[name] }]),
  ) as Record<string, { value: (typeof SCOPES)[number]; description: string }>,
});

const RateBudgetType = builder.objectRef<RateBudget>('RateBudget').implement({
  description:
    'How many requests the token may make, at GraphQL and for the extract together, and what was left to it when this one was let in.',
  fields: (t) => ({
    limitPerSecond: t.int({
      description: 'Requests in a second; null: any number.',
      resolve: ({ perSecond }) => perSecond?.limit,
    }),
    remaining: t.int({
      description: 'How many more in this second; null: any number.',
      resolve: ({ perSecond }) => perSecond?.remaining,
    }),
    concurrentLimit: t.int({
      description: 'Requests under way at once; null: any number.',
      resolve: ({ atOnce }) => atOnce?.limit,
    }),
    concurrentRemaining: t.int({
      description: 'How many more at once, beside this one; null: any number.',
      resolve: ({ atOnce }) => atOnce?.remaining,
    }),
  }),
});

const ViewerType = builder.objectRef<DomainViewer>('Viewer').implement({
  description: 'Who asks.',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: false,
      description: 'The name of the token, or whom an identity provider gave it to (`sub`).',
    }),
    scopes: t.field({
      type: [ScopeType],
      nullable: { list: false, items: false },
      description: 'What the token may do.',
      resolve: ({ scopes }) => scopes,
    }),
    rateBudget: t.field({
      type: RateBudgetType,
      nullable: false,
      description: 'How many requests the token may make.',
      resolve: (_viewer, _args, { budget }) => budget,
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerType,
    nullable: false,
    description: 'Who asks: the token and what it may do.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
