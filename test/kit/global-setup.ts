/** One Postgres for the whole run, with a migrated database that `freshDatabase` copies. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/db/migrations/migrate.ts';
import { attachEmbedded } from '../../src/embedded-postgres/embedded.ts';
import { createLog } from '../../src/log.ts';
import { citusTemplate, coordinator, dropCitusDatabases } from './citus.ts';
import { IS_DISTRIBUTED } from './database.ts';
import { type Connection, createDatabase, MIGRATIONS, withClient } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database to connect to for CREATE DATABASE. */
    maintenance: Connection;
    /** The name of the migrated database that is copied. */
    template: string;
    /** What the names of this run's databases begin with. */
    prefix: string;
  }
}

/** Starts (or finds) the server and gives what stops it again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { connection, release } = await startServer();
  const prefix = `test_${randomBytes(4).toString('hex')}`;
  const template = `${prefix}_template`;
  const stop = async () => {
    if (IS_DISTRIBUTED) await dropCitusDatabases(prefix);
    await withClient(connection, (client) => dropDatabases(client, prefix));
    await release();
  };
  try {
    if (IS_DISTRIBUTED) await citusTemplate(template);
    else {
      await withClient(connection, (client) => client.query(createDatabase(template)));
      await withClient({ ...connection, database: template }, (client) => migrate(client, MIGRATIONS));
      await withClient(connection, (client) => client.query(DISCONNECT, [template]));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('maintenance', connection);
  project.provide('template', template);
  project.provide('prefix', prefix);
  return stop;
}

/** A pooler keeps its connections when its clients have gone, and a database that is copied must have none. */
const DISCONNECT = 'SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = $1';

async function startServer(): Promise<{ connection: Connection; release: () => Promise<void> }> {
  if (IS_DISTRIBUTED) return { connection: coordinator(), release: async () => {} };
  const url = process.env.TEST_DATABASE_URL;
  if (url) {
    const { host, port, user = '', password, database = '' } = new pg.Client(url);
    return { connection: { host, port, user, password, database }, release: async () => {} };
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'interviews-test-'));
  const abandon = () => stopServer(dataDir);
  process.once('exit', abandon);
  const { connection, release } = await attachEmbedded({ dataDir, log: createLog('warn') });
  // Nothing here has to survive a crash of the machine.
  await withClient(connection, async (client) => {
    for (const setting of ['fsync', 'full_page_writes']) await client.query(`ALTER SYSTEM SET ${setting} = off`);
    await client.query('SELECT pg_reload_conf()');
  });
  return {
    connection,
    async release() {
      process.off('exit', abandon);
      await release();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Vitest that is interrupted leaves at once, without its teardown; the server would stay for ever. */
function stopServer(dataDir: string): void {
  const pidFile = join(dataDir, 'pgdata', 'postmaster.pid');
  if (existsSync(pidFile)) process.kill(Number.parseInt(readFileSync(pidFile, 'utf8'), 10), 'SIGQUIT');
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
}

async function dropDatabases(client: pg.Client, prefix: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [prefix],
  );
  for (const { datname } of rows) await client.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
}
