import type { Viewer as DomainViewer } from '../domain/viewer.ts';
import { SCOPES } from '../domain/viewer.ts';
import { builder } from './builder.ts';

const about: Readonly<Record<(typeof SCOPES)[number], string>> = {
  read: 'May read what isn’t personal.',
  personal: 'May see names, places, reviews and ratings too.',
  write: 'May import extracts.',
  admin: 'May do everything.',
};

const Scope = builder.enumType('Scope', {
  description: 'What a token may do.',
  values: Object.fromEntries(
    SCOPES.map((name) => [name.toUpperCase(), { value: name, description: about[name] }]),
  ) as Record<string, { value: (typeof SCOPES)[number]; description: string }>,
});

const Viewer = builder.objectRef<DomainViewer>('Viewer').implement({
  description: 'Who asks.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'The name of the token.' }),
    scopes: t.field({
      type: [Scope],
      nullable: { list: false, items: false },
      description: 'What the token may do.',
      resolve: ({ scopes }) => scopes,
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    nullable: false,
    description: 'Who asks: the token and what it may do.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
