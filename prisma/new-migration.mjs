// `npm run migration:new -- name`: writes the next migration, the way from what the migrations make to schema.prisma.
// Needs a Postgres to try them on: TEST_DATABASE_URL, or else an embedded one for the moment.
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate } from '../dist/db/migrations/migrate.js';
import { attachEmbedded } from '../dist/embedded-postgres/embedded.js';
import { createLog } from '../dist/log.js';
import { NOTHING_TO_DO, sqlToSchema } from './schema-engine.mjs';

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url));

/** The SQL from the migrations' result to schema.prisma, found out in a database that is made and dropped here. */
async function sqlFromMigrations(connection) {
  const database = `migration_${randomBytes(4).toString('hex')}`;
  const server = await connect(connection);
  try {
    await server.query(`CREATE DATABASE ${database}`);
    const client = await connect({ ...connection, database });
    await migrate(client, MIGRATIONS).finally(() => client.end());
    return await sqlToSchema({ ...connection, database });
  } finally {
    await server.query(`DROP DATABASE IF EXISTS ${database}`);
    await server.end();
  }
}

async function connect(connection) {
  const client = new pg.Client(connection);
  await client.connect();
  return client;
}

/** Runs `work` with a server's connection. */
async function withServer(work) {
  if (process.env.TEST_DATABASE_URL) {
    const { host, port, user, password, database } = new pg.Client(process.env.TEST_DATABASE_URL);
    return await work({ host, port, user, password, database });
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'migration-'));
  const { connection, release } = await attachEmbedded({ dataDir, log: createLog('warn') });
  try {
    return await work(connection);
  } finally {
    await release();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const [name = ''] = process.argv.slice(2);
if (/^[a-z][a-z0-9_]*$/.test(name)) {
  const sql = await withServer(sqlFromMigrations);
  if (sql === NOTHING_TO_DO) {
    console.log('The migrations make what prisma/schema.prisma says; there is nothing to write.');
  } else {
    const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = join(MIGRATIONS, `${time}_${name}`);
    await mkdir(folder);
    await writeFile(join(folder, 'migration.sql'), sql);
    console.log(
      `Wrote ${join(folder, 'migration.sql')}. Read it, give new text keys COLLATE "C", add checks; once it is released it never changes again.`,
    );
  }
} else {
  console.error('Give the migration a name of small letters, digits and _: npm run migration:new -- add_offers');
  process.exitCode = 2;
}
