import type pg from 'pg';
import { FIELDS } from '../../domain/fields.ts';
import { throwDatabaseError } from '../connection/database-errors.ts';
import { COMPUTED } from '../derived/computed.ts';
import { DERIVED } from '../derived/derive.ts';
import { pendingMigrations } from './migrate.ts';

/** What keeps a database from being used. */
export type Missing = {
  /** The names of the migrations that it has not had. */
  readonly pendingMigrations: readonly string[];
  /** The names of tables that it has had and lacks. */
  readonly missingTables: readonly string[];
};

const REQUIRED_TABLES = ['appointment', ...DERIVED.map(({ table }) => table), 'dataset', 'access_token'];

const REQUIRED_COLUMNS = [
  ...[...FIELDS, ...COMPUTED].map(({ column }) => `appointment.${column}`),
  ...DERIVED.flatMap(({ table, key, columns }) => [...key, ...columns].map((column) => `${table}.${column}`)),
];

const MISSING = `/* ready.tables */ SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NULL`;

/** Reads nothing, but looks whether everything may be read. */
const READ = `/* ready.read */ SELECT ${REQUIRED_COLUMNS.join(', ')} FROM ${REQUIRED_TABLES.join(', ')} LIMIT 0`;

/**
 * What a database lacks for its rows to be read; nothing where it is ready. `migrations` is the folder of the program's own.
 * Errors: DATABASE_UNAVAILABLE, also where the user may not read a table; BAD_CONFIGURATION where the database is of another version.
 */
export async function findMissing(pool: pg.Pool, migrations: string): Promise<Missing> {
  try {
    const pending = await pendingMigrations(pool, migrations);
    if (pending.length > 0) return { pendingMigrations: pending, missingTables: [] };
    const { rows } = await pool.query<{ name: string }>(MISSING, [REQUIRED_TABLES]);
    if (rows.length === 0) await pool.query(READ);
    return { pendingMigrations: [], missingTables: rows.map(({ name }) => name) };
  } catch (error) {
    throwDatabaseError(error);
  }
}
