import type { Command } from './command-context.ts';
import { readArguments } from './terminal/arguments.ts';
import { writeOutput } from './terminal/output.ts';

const USAGE = 'schema -- [--output FILE]';

export const schema: Command = {
  usage: USAGE,
  about: 'print the GraphQL schema',
  usesDatabase: false,
  async run(args, { config }) {
    const { values } = readArguments({ args, options: { output: { type: 'string' } } }, USAGE);
    // Only this command needs it; the others start without it.
    const { printedSchema } = await import('../graphql/schema.ts');
    await writeOutput([printedSchema()], values.output, config);
    return 0;
  },
};
