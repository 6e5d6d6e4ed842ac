/**
 * Brings a database to the tables of prisma/migrations, and records it as `prisma migrate deploy` does, so that either
 * can follow the other (docs/decisions.md, "Parts written by hand").
 */
import { type ClientBase, DatabaseError } from 'pg';
import { shown } from '../../domain/errors.ts';
import {
  CREATE_RECORD,
  type Migration,
  migrationRefusal,
  missingFrom,
  type Queryable,
  readMigrations,
  readRecord,
} from './migrations.ts';

const OLDEST_MAJOR_VERSION = 15;

/** The advisory lock of Prisma's own migrate command: a deploy with it and one of ours wait for each other. */
const MIGRATE_LOCK = 72707369;

/**
 * Applies the migrations that the database lacks, in the order of their names, each in a transaction of its own, and
 * gives the names of those it applied. Several processes may call it at once: one applies, the others wait.
 *
 * @param client a connection outside a transaction; one through PgBouncer in transaction mode will do
 * @param folder prisma/migrations: one folder a migration, with its migration.sql
 * @throws Failure BAD_CONFIGURATION where the database is newer than the program, holds a failed or changed
 *   migration or foreign tables, or where its user may not create tables; the database then is as it was before
 */
export async function migrate(client: ClientBase, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const applied: string[] = [];
  for (const migration of missingFrom(await readRecord(client), migrations)) {
    if (await applyMigrations(client, migration, migrations)) applied.push(migration.name);
  }
  return applied;
}

/**
 * The names of the migrations that the database lacks, in their order; changes nothing.
 *
 * @throws Failure BAD_CONFIGURATION as `migrate` does, where what is recorded doesn't fit the program
 */
export async function pendingMigrations(client: Queryable, folder: string): Promise<string[]> {
  return missingFrom(await readRecord(client), await readMigrations(folder)).map(({ name }) => name);
}

/**
 * @throws Failure BAD_CONFIGURATION where the server is older than Postgres 15, the database's encoding isn't UTF-8, or names of tables lead to
 * another schema than public
 */
export async function checkServer(client: Queryable): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string; encoding: string; schema: string | null }>(
    `/* migrate.version */ SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version,
     current_setting('server_encoding') AS encoding, current_schema() AS schema`,
  );
  for (const { number, version, encoding, schema } of rows) {
    if (number < OLDEST_MAJOR_VERSION * 10_000)
      throw migrationRefusal(
        `The database server is Postgres ${version}; Postgres ${OLDEST_MAJOR_VERSION} or later is needed.`,
      );
    if (encoding !== 'UTF8')
      throw migrationRefusal(
        `The database has the encoding ${encoding}; UTF8 is needed, since extracts hold any text.`,
      );
    // Prisma's statements name it.
    if (schema !== 'public')
      throw migrationRefusal(
        `The tables of this service are in the schema public, and the database user ${schema === null ? 'may use none' : `looks first into ${shown(schema)}`}: leave search_path as it is by default and have no schema of the user's name (or GRANT USAGE ON SCHEMA public), or give the service a database of its own.`,
      );
  }
}

/** Applies one migration; false where another process was faster. */
async function applyMigrations(client: ClientBase, migration: Migration, migrations: Migration[]): Promise<boolean> {
  // Read committed, so that what another process recorded while this one waited for the lock is seen.
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    await client.query(`/* migrate.patience */ SET LOCAL statement_timeout = 0`);
    await lockMigrations(client);
    const missing = missingFrom(await readRecord(client), migrations).includes(migration);
    if (missing) await applyInTransaction(client, migration);
    await client.query('COMMIT');
    return missing;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // A connection that broke has rolled back already.
    throw error;
  }
}

/** Takes the lock of whoever applies migrations, for the rest of the caller's transaction, and waits for it where another one holds it. */
export async function lockMigrations(client: Queryable): Promise<void> {
  await client.query(`/* migrate.lock */ SELECT pg_advisory_xact_lock(${MIGRATE_LOCK})`);
}

/**
 * Applies one migration and records it, in the caller's transaction, which holds the lock of migrations.
 *
 * @throws Failure BAD_CONFIGURATION where the database has something in its way, or its user may not create tables
 */
export async function applyInTransaction(client: Queryable, migration: Migration): Promise<void> {
  try {
    await client.query(`/* migrate.create */ ${CREATE_RECORD}`);
    await client.query(migration.sql);
    await client.query(
      `/* migrate.done */ INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES (gen_random_uuid(), $1, $2, now(), clock_timestamp(), 1)`,
      [migration.checksum, migration.name],
    );
  } catch (error) {
    throw explained(error, migration);
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';
const DUPLICATES = ['42P07', '42710'];

/** The two ways in which a database itself is to blame, as failures; other errors as they are. */
function explained(error: unknown, { name }: Migration): unknown {
  if (!(error instanceof DatabaseError)) return error;
  if (error.code === INSUFFICIENT_PRIVILEGE) {
    return migrationRefusal(
      `The migration ${shown(name)} needs a database user who may create tables: ${error.message}. Grant it, or run "npm run migrate" as a user who may and start with MIGRATE=off.`,
      error,
    );
  }
  if (DUPLICATES.includes(error.code ?? '')) {
    return migrationRefusal(
      `The migration ${shown(name)} meets something that no migration made: ${error.message}. Use a database without other tables.`,
      error,
    );
  }
  return error;
}
