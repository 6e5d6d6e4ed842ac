import type { Command } from './command-context.ts';
import { openConfigured } from './service/database.ts';
import { readArguments } from './terminal/arguments.ts';

const USAGE = 'start';

export const start: Command = {
  usage: USAGE,
  endsItself: true,
  about: 'serve REST, GraphQL and the web pages; without DATABASE_URL, on an embedded Postgres',
  async run(args, context) {
    readArguments({ args, options: {} }, USAGE);
    const { config, log } = context;
    const announce = (step: string) => process.stderr.write(`${step}\n`);
    // Only this command needs the service.
    const load = () => import('./service/serve.ts');
    const db = await openConfigured(config, log, { supervise: true, announce, load });
    try {
      const { serve } = await load();
      await serve(db, { ...context, announce });
      return 0;
    } finally {
      await db.close();
    }
  },
};
