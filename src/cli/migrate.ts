import type { Command } from './command-context.ts';
import { openConfigured } from './service/database.ts';
import { readArguments } from './terminal/arguments.ts';

const USAGE = 'migrate';

export const migrate: Command = {
  usage: USAGE,
  about: 'apply pending migrations to the database',
  async run(args, { config, log }) {
    readArguments({ args, options: {} }, USAGE);
    const db = await openConfigured(config, log, { migrations: 'apply' });
    await db.close();
    const { length } = db.applied;
    const outcome =
      length === 0
        ? 'Nothing to do'
        : `${length} migration${length === 1 ? ' was' : 's were'} applied (${db.applied.join(', ')})`;
    process.stderr.write(`${outcome}: the tables at ${db.location} are up to date.\n`);
    return 0;
  },
};
