import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { openConfigured } from './database.ts';

const USAGE = 'migrate';

export const migrate: Command = {
  usage: USAGE,
  about: 'bring the database’s tables up to date',
  async run(args, { config, log }) {
    readArguments({ args, options: {} }, USAGE);
    const db = await openConfigured(config, log, { migrate: true });
    await db.close();
    process.stderr.write(`The tables at ${db.place} are up to date.\n`);
    return 0;
  },
};
