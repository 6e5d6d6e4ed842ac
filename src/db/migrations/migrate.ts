/**
 * Applies the migrations of prisma/migrations and records them as `prisma migrate deploy` does, so that either can follow the other
 * (docs/decisions.md, "Parts written by hand").
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

/** The advisory lock of Prisma's migrate command: its deploy and this program wait for each other. */
const MIGRATE_LOCK = 72707369;

/**
 * Applies the migrations that the database lacks, in the order of their names, each in a transaction of its own, and returns their names.
 * Several processes may call it at once: one applies, the others wait.
 * @param client a connection outside of a transaction; PgBouncer in transaction mode is sufficient
 * @param folder prisma/migrations: one folder per migration, with its migration.sql
 * @param onMissing called before the first is applied, if the database lacks any
 * @throws Failure BAD_CONFIGURATION if the database is newer than the program, has a failed or changed migration or foreign tables, or if
 * its user may not create tables; the database then is unchanged
 */
export async function migrate(client: ClientBase, folder: string, onMissing: () => void = () => {}): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const applied: string[] = [];
  const missing = missingFrom(await readRecord(client), migrations);
  if (missing.length > 0) onMissing();
  for (const migration of missing) {
    if (await applyMigrations(client, migration, migrations)) applied.push(migration.name);
  }
  return applied;
}

/**
 * Returns the names of the migrations that the database lacks, in order. Changes nothing.
 * @throws Failure BAD_CONFIGURATION as `migrate` does, if the recorded migrations do not match the program's
 */
export async function pendingMigrations(client: Queryable, folder: string): Promise<string[]> {
  return missingFrom(await readRecord(client), await readMigrations(folder)).map(({ name }) => name);
}

/**
 * @throws Failure BAD_CONFIGURATION if the server is older than Postgres 15, if the database's encoding is not UTF-8, or if table names
 * resolve to a schema other than public
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
    // Prisma's statements name this schema.
    if (schema !== 'public')
      throw migrationRefusal(
        `The tables of this service are in the schema public, but the database user ${schema === null ? 'may not use it' : `looks in ${shown(schema)} first`}: keep the default search_path and have no schema named like the user (or GRANT USAGE ON SCHEMA public), or use a separate database for the service.`,
      );
  }
}

/** Applies one migration. Returns false if another process was faster. */
async function applyMigrations(client: ClientBase, migration: Migration, migrations: Migration[]): Promise<boolean> {
  // Read committed, to see what another process recorded while this one waited for the lock.
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

/** Acquires the lock for applying migrations until the end of the caller's transaction, waiting for any other holder. */
export async function lockMigrations(client: Queryable): Promise<void> {
  await client.query(`/* migrate.lock */ SELECT pg_advisory_xact_lock(${MIGRATE_LOCK})`);
}

/**
 * Applies one migration and records it, in the caller's transaction, which must hold the lock for migrations.
 * @throws Failure BAD_CONFIGURATION if an object of the database is in the way, or its user may not create tables
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

/** Converts the two errors that the database's state or permissions cause into failures. Returns other errors unchanged. */
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
      `The migration ${shown(name)} conflicts with an existing object that it didn’t create: ${error.message}. Use an empty database.`,
      error,
    );
  }
  return error;
}
