import type { Database } from '../db/connection/open.ts';
import { grantTo } from '../db/migrations/grants.ts';
import { shown } from '../domain/errors.ts';
import type { Command } from './command-context.ts';
import { openConfigured } from './service/database.ts';
import { readArguments, refuseSwallowed, wrongUsage } from './terminal/arguments.ts';

const USAGE = 'migrate [-- --grants ROLE]';

export const migrate: Command = {
  usage: USAGE,
  about: 'apply pending migrations to the database, and give a role what the running service needs',
  async run(args, { config, log }) {
    refuseSwallowed(['grants'], args, config.npmOptions, USAGE);
    const { values } = readArguments({ args, options: { grants: { type: 'string' } } }, USAGE);
    const role = values.grants;
    if (role === '') throw wrongUsage('The role of --grants is missing', USAGE);
    const db = await openConfigured(config, log, { migrations: 'apply' });
    try {
      const { length } = db.applied;
      const outcome =
        length === 0
          ? 'Nothing to do'
          : `${length} migration${length === 1 ? ' was' : 's were'} applied (${db.applied.join(', ')})`;
      process.stderr.write(`${outcome}: the tables at ${db.location} are up to date.\n`);
      if (role !== undefined) await give(db.streams, role);
      return 0;
    } finally {
      await db.close();
    }
  },
};

/** Gives the role its privileges, and writes the statements to standard output. */
async function give(pool: Database['streams'], role: string): Promise<void> {
  const client = await pool.connect();
  try {
    const { statements, mayCreateTables } = await grantTo(client, role);
    process.stdout.write(statements.map((statement) => `${statement};\n`).join(''));
    process.stderr.write(`The role ${shown(role)} has what the service needs to run with MIGRATE=off.\n`);
    if (mayCreateTables)
      process.stderr.write(
        'Warning: it can still create tables, as everybody in this database can. Its owner takes that away with REVOKE CREATE ON SCHEMA public FROM PUBLIC.\n',
      );
  } finally {
    client.release();
  }
}
