import type pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import { FIELDS } from '../../domain/fields.ts';
import { throwDatabaseError } from '../connection/errors/database-errors.ts';
import { COMPUTED } from '../derived/computed.ts';
import { DERIVED } from '../derived/derive.ts';
import { pendingMigrations } from './migrate.ts';

/** What makes a database unusable. */
export type Missing = {
  /** The names of the migrations not yet applied. */
  readonly pendingMigrations: readonly string[];
  /** The names of tables that a migration created but that no longer exist. */
  readonly missingTables: readonly string[];
};

const REQUIRED_TABLES = [
  'appointment',
  ...DERIVED.map(({ table }) => table),
  'spelling',
  'dataset',
  'import_record',
  'access_token',
];

const REQUIRED_COLUMNS = [
  ...[...FIELDS, ...COMPUTED].map(({ column }) => `appointment.${column}`),
  ...DERIVED.flatMap(({ table, key, columns }) => [...key, ...columns].map((column) => `${table}.${column}`)),
  ...['kind', 'text', 'folded', 'sort_key'].map((column) => `spelling.${column}`),
];

const MISSING = `/* ready.tables */ SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NULL`;

/** The tables of each interview. Where they are distributed, they can only be joined by it. */
const OF_INTERVIEW = DERIVED.filter(({ key }) => key[0] === 'interview_id').map(({ table }) => table);

/** Reads no rows, but checks the permission to read everything. */
const READ = `/* ready.read */ SELECT ${REQUIRED_COLUMNS.join(', ')} FROM ${REQUIRED_TABLES.join(', ')}
  WHERE ${OF_INTERVIEW.map((table) => `${table}.interview_id = appointment.interview_id`).join(' AND ')} LIMIT 0`;

/**
 * Returns what a database lacks for its rows to be read; nothing if it is ready. `migrations`: the folder of the program's migrations.
 * Errors: DATABASE_UNAVAILABLE, also if the user may not read a table, or the database is of another version, as during an upgrade.
 */
export async function findMissing(pool: pg.Pool, migrations: string): Promise<Missing> {
  try {
    const pending = await pendingMigrations(pool, migrations);
    if (pending.length > 0) return { pendingMigrations: pending, missingTables: [] };
    const { rows } = await pool.query<{ name: string }>(MISSING, [REQUIRED_TABLES]);
    if (rows.length === 0) await pool.query(READ);
    return { pendingMigrations: [], missingTables: rows.map(({ name }) => name) };
  } catch (error) {
    if (error instanceof Failure && error.code === 'BAD_CONFIGURATION')
      throw new Failure('DATABASE_UNAVAILABLE', error.message, { cause: error });
    throwDatabaseError(error);
  }
}
