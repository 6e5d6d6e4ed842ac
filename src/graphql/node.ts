import { resolveNodes } from '@pothos/plugin-relay';
import { Failure, shown } from '../domain/errors.ts';
import { builder, type Costs } from './builder.ts';
import { readGlobalId } from './global-id.ts';
import { MOST_NODES } from './limits.ts';

/** What an id says it is of, or the failure that names the argument it was given in. */
function read(argument: string, text: string): { typename: string; id: string } | Failure {
  return (
    readGlobalId(text) ??
    new Failure(
      'BAD_USER_INPUT',
      `${argument}: ${shown(text)} is no id of this API; take those of the fields named id.`,
    )
  );
}

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'Anything by its id.',
    args: { id: t.arg.id({ required: true, description: 'The id.' }) },
    resolve: async (_root, { id }, context, info) => {
      const node = read('id', id);
      if (node instanceof Failure) throw node;
      const [found] = await resolveNodes(builder, context, info, [node]);
      return await found;
    },
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description:
      'Several things by their ids, in the same order; null for an id that nothing has, and with an error for what is no id of this API.',
    args: { ids: t.arg.idList({ required: true, description: `The ids, at most ${MOST_NODES}.` }) },
    extensions: { cost: ({ ids }) => ({ field: 1, multiplier: ids.length }) } satisfies Costs<{
      ids: readonly string[];
    }>,
    resolve: async (_root, { ids }, context, info) => {
      if (ids.length > MOST_NODES)
        throw new Failure('BAD_USER_INPUT', `ids: at most ${MOST_NODES} are allowed, and ${ids.length} are given.`);
      const nodes = ids.map((id, at) => read(`ids[${at}]`, id));
      const found = await resolveNodes(
        builder,
        context,
        info,
        nodes.map((node) => (node instanceof Failure ? null : node)),
      );
      // An error in a list becomes null at its place, and the others stay.
      return nodes.map((node, at) => (node instanceof Failure ? node : found[at]));
    },
  }),
}));
