/**
 * The migrations of the program (prisma/migrations) and those recorded in the database (Prisma's table `_prisma_migrations`), and how they
 * compare.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { Failure, shown } from '../../domain/errors.ts';

/** A connection or a pool. */
export type Queryable = Pick<ClientBase, 'query'>;

/** Prisma's own definition of its table. */
export const CREATE_RECORD = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  varchar(36) PRIMARY KEY NOT NULL,
    checksum            varchar(64) NOT NULL,
    finished_at         timestamptz,
    migration_name      varchar(255) NOT NULL,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
)`;

/** A migration of the program. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly checksum: string;
}

/** Reads the migrations of a folder with one folder per migration, each with a migration.sql, in the order of their names. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return await Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** A migration recorded in the database. */
export interface RecordedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** Reads Prisma's table; returns no migrations if the table does not exist yet. */
export async function readRecord(client: Queryable): Promise<RecordedMigration[]> {
  // Not with to_regclass: after waiting for the lock it may still answer from the server's outdated name cache.
  const { rows: tables } = await client.query<{ found: boolean }>(
    `/* migrate.begun */ SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_tables
       WHERE schemaname = current_schema() AND tablename = '_prisma_migrations') AS found`,
  );
  if (!tables[0]?.found) return [];
  const { rows } = await client.query<RecordedMigration>(
    `/* migrate.record */ SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}

/**
 * Returns the migrations that this record, of a database or a backup, lacks.
 * @throws Failure BAD_CONFIGURATION if the record contains an unknown, unfinished or changed migration
 */
export function missingFrom(
  record: readonly RecordedMigration[],
  migrations: readonly Migration[],
  whose: 'database' | 'backup' = 'database',
): Migration[] {
  const where = whose === 'backup' ? 'the backup’s database' : 'this database';
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of record) {
    const migration = known.get(name);
    if (!migration) {
      throw migrationRefusal(
        `The ${whose} has the migration ${shown(name)}, which this program doesn’t know: it comes from a newer version. Run that version or a later one.`,
      );
    }
    if (!finished) {
      throw migrationRefusal(
        `The migration ${shown(name)} was started in ${where} but never finished. Restore a backup made before it, or finish or undo it by hand and then set its finished_at or rolled_back_at in the table _prisma_migrations.`,
      );
    }
    if (checksum !== migration.checksum) {
      throw migrationRefusal(
        `The migration ${shown(name)} in ${where} doesn’t match this program’s file: its checksum is ${checksum}, expected ${migration.checksum}. Restore the original migration.sql; put changes into a new migration.`,
      );
    }
  }
  const recorded = new Set(record.map(({ name }) => name));
  return migrations.filter(({ name }) => !recorded.has(name));
}

/** Returns the failure of a database that this program cannot use as it is. */
export function migrationRefusal(message: string, cause?: Error): Failure {
  return new Failure('BAD_CONFIGURATION', message, cause && { cause });
}
