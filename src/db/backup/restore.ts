import type pg from 'pg';
import { Failure, shown } from '../../domain/errors.ts';
import { pseudonymiseListed } from '../audit/pseudonymise.ts';
import { throwDatabaseError } from '../connection/errors/database-errors.ts';
import { holdConnection } from '../connection/locks/held-connection.ts';
import { COMMIT_CHANGES } from '../connection/one-state.ts';
import { compareTables, isRight } from '../derived/comparison.ts';
import { areSpellingsOutdated, makeSpellingsAnew } from '../derived/spellings.ts';
import { repair } from '../derived/verify.ts';
import { eraseListed } from '../erasure/erase-stored.ts';
import { addErasures, type ListedErasure } from '../erasure/list.ts';
import { IMPORT_SETTINGS, lockImports } from '../import/import-transaction.ts';
import { applyInTransaction, lockMigrations } from '../migrations/migrate.ts';
import { type Migration, migrationRefusal, missingFrom, readMigrations, readRecord } from '../migrations/migrations.ts';
import { MOVE_VERSION } from '../query/state/data-version.ts';
import { expireRestored } from '../retention/expire-restored.ts';
import type { BackupEnd, BackupReader, TableColumns } from './contents.ts';
import { withoutIndexes } from './indexes.ts';
import { AUDIT_TABLE, loadTable } from './load-table.ts';
import { refuseMisfit } from './misfit.ts';
import { nonEmptyTables } from './non-empty-tables.ts';
import { setSequences } from './set-sequences.ts';
import { type StoredTable, storedTables } from './stored-tables.ts';
import { TEXT_SETTINGS } from './text-settings.ts';

const CONTRADICTING = 'rows contradict each other';

/** The options of a restore. */
export interface RestoreOptions {
  /** The folder prisma/migrations. */
  readonly migrations: string;
  /** Whether migrations may be applied. If not, a restore that needs some is refused. */
  readonly mayMigrate: boolean;
  /** Skips the tables and sequences that only the backup or only the database has, instead of refusing the backup. */
  readonly skipUnknown: boolean;
  /** The list of everybody who was erased, and is forgotten in the backup as well. */
  readonly erasures: readonly ListedErasure[];
  /** For how many months names and reviews are kept; null: as long as the backup's database says. */
  readonly retentionMonths: number | null;
  /** Called if the restore must wait for a running import. */
  readonly onWait: () => void;
  /**
   * Called once the database takes no more rows; it makes the backup's source fail. Otherwise a restore that waits for a source, such as a pipe,
   * would hear of a lost connection only when more comes.
   */
  readonly stopReading: () => void;
}

/** The outcome of a restore. */
export interface Restored {
  /** The number of rows of each restored table. */
  readonly rows: ReadonlyMap<string, number>;
  /** The tables and sequences that were skipped. */
  readonly skipped: readonly string[];
  /** The migrations that are newer than the backup and were applied to it. */
  readonly migrated: readonly string[];
  /** The number of derived rows that were recomputed because they did not match the rows of the extract. */
  readonly rebuilt: number;
  /** The number of rows and names of people who were erased after the backup was made. */
  readonly erased: number;
  /** The number of rows and names that have expired since. */
  readonly expired: number;
}

/**
 * Restores a backup into a database that contains no more than a first start creates, in one transaction: the tables as they were at the
 * time of the backup, its rows, and the migrations since then. Finally it compares all derived tables with the rows and corrects
 * differences. Aborting the signal rolls everything back. Imports and migrations wait for it. Readers see the previous state until it
 * commits.
 * Errors: CONFLICT if the database has rows; BAD_CONFIGURATION if the migrations of the backup or the database do not match the program's;
 * INVALID_BACKUP; CONFLICT if the list of erasures is of another database; DATABASE_UNAVAILABLE.
 */
export async function restore(
  pool: pg.Pool,
  backup: BackupReader,
  options: RestoreOptions,
  signal: AbortSignal,
): Promise<Restored> {
  const client = await pool.connect().catch(throwDatabaseError);
  const connection = holdConnection(client, pool, signal);
  try {
    signal.throwIfAborted();
    await connection.begin(`BEGIN ISOLATION LEVEL READ COMMITTED; ${IMPORT_SETTINGS}; ${TEXT_SETTINGS}`);
    const restored = await inTransaction(client, backup, options);
    connection.retain();
    await client.query(COMMIT_CHANGES);
    connection.release(false);
    return restored;
  } catch (error) {
    connection.release(true);
    throwDatabaseError(error);
  }
}

async function inTransaction(client: pg.ClientBase, backup: BackupReader, options: RestoreOptions): Promise<Restored> {
  const { header } = backup;
  await lockMigrations(client);
  await lockImports(client, options.onWait);
  const { before, after } = await plan(client, backup, options);
  const present = (await storedTables(client)).filter(({ name }) => header.tables.some((table) => table.name === name));
  // What was audited here stays, and more may be while the restore runs.
  await requireEmpty(
    client,
    present.filter(({ name }) => name !== AUDIT_TABLE),
  );
  for (const migration of before) await applyInTransaction(client, migration);

  const { targets, skipped } = await match(client, header.tables, options);
  for (const { name, sql } of targets.values())
    if (name !== AUDIT_TABLE) await client.query(`/* restore.clear */ DELETE FROM ${sql}`);
  // Tables that already existed may have readers.
  const makeIndexes = present.length === 0 ? await withoutIndexes(client, [...targets.values()]) : async () => {};
  const loaded = new Map<string, number>();
  // Tables that refer to each other in a cycle have no valid order.
  await client.query('/* restore.defer */ SET CONSTRAINTS ALL DEFERRED');
  for (const table of header.tables) {
    const target = targets.get(table.name);
    if (target) loaded.set(table.name, await loadTable(client, target, table, backup, options.stopReading));
    else await backup.skipRowsOf(table);
  }
  const end = await backup.end();
  await client
    .query('/* restore.constraints */ SET CONSTRAINTS ALL IMMEDIATE')
    .catch((error) => refuseMisfit(error, CONTRADICTING));
  await requireWhole(client, backup, loaded, end);
  skipped.push(...(await setSequences(client, end.sequences, options.skipUnknown)));
  await makeIndexes().catch((error) => refuseMisfit(error, CONTRADICTING));
  await client.query(`/* restore.analyze */ ANALYZE ${[...targets.values()].map(({ sql }) => sql).join(', ')}`);

  for (const migration of after) await applyInTransaction(client, migration);
  if (after.length > 0) await client.query(`/* restore.dataset */ ${MOVE_VERSION}`);
  // An older version of the program made other spellings, or none.
  if (await areSpellingsOutdated(client)) await makeSpellingsAnew(client);
  const rebuilt = await rebuildWhereWrong(client);
  await addErasures(client, options.erasures);
  const erased = options.erasures.length === 0 ? { rows: 0, names: 0 } : await eraseListed(client);
  const expired = await expireRestored(client, options.retentionMonths);
  // The last step: what requests want to note waits for it.
  if (options.erasures.length > 0) await pseudonymiseListed(client);
  return {
    rows: loaded,
    skipped,
    migrated: after.map(({ name }) => name),
    rebuilt,
    erased: erased.rows + erased.names,
    expired,
  };
}

/** Returns the migrations to apply before and after the rows are restored. Changes nothing. */
async function plan(
  client: pg.ClientBase,
  { header }: BackupReader,
  { migrations: folder, mayMigrate }: RestoreOptions,
): Promise<{ before: Migration[]; after: Migration[] }> {
  const migrations = await readMigrations(folder);
  const after = missingFrom(header.migrations, migrations, 'backup');
  const record = await readRecord(client);
  const missing = missingFrom(record, migrations);
  const later = record.find(({ name }) => after.some((migration) => migration.name === name));
  if (later)
    throw migrationRefusal(
      `The backup is older than the database’s tables, to which the migration ${shown(later.name)} has already been applied. Restore it into a database without tables: set DATA_DIR to a new folder, or DATABASE_URL to a new database. The restore then creates the tables as they were, and migrates them with their rows.`,
    );
  const before = missing.filter((migration) => !after.includes(migration));
  if (!mayMigrate && before.length + after.length > 0)
    throw migrationRefusal(
      `This backup needs migrations to be applied (${[...before, ...after].map(({ name }) => name).join(', ')}), and MIGRATE=off. Restore it with MIGRATE=on, as a user who may create tables.`,
    );
  return { before, after };
}

/** Errors: CONFLICT. From here on nobody else can write. */
async function requireEmpty(client: pg.ClientBase, tables: readonly StoredTable[]): Promise<void> {
  if (tables.length === 0) return;
  await client.query(`/* restore.lock */ LOCK TABLE ${tables.map(({ sql }) => sql).join(', ')} IN EXCLUSIVE MODE`);
  const occupied = await nonEmptyTables(client, tables);
  if (occupied.length === 0) return;
  throw new Failure(
    'CONFLICT',
    `The database already has rows (${occupied.map(({ table, rows }) => `${table}: ${rows.toLocaleString('en')}`).join(', ')}), but a backup can only be restored into an empty one. Set DATA_DIR to a new folder, or DATABASE_URL to a database without rows.`,
  );
}

/**
 * Returns the tables of the database that receive the backup's rows, by name. Both must have the same tables: one that the backup lacks
 * would be empty after the restore.
 */
async function match(
  client: pg.ClientBase,
  tables: readonly TableColumns[],
  { skipUnknown }: RestoreOptions,
): Promise<{ targets: Map<string, StoredTable>; skipped: string[] }> {
  const stored = new Map((await storedTables(client)).map((table) => [table.name, table]));
  const targets = new Map<string, StoredTable>();
  const skipped: string[] = [];
  for (const { name, columns } of tables) {
    const target = stored.get(name);
    if (target && columns.every((column) => target.columns.includes(column))) targets.set(name, target);
    else if (skipUnknown) skipped.push(name);
    else
      throw new Failure(
        'INVALID_BACKUP',
        `The backup contains the table ${shown(name)} (columns ${shown(columns.join(', '))}), which this database doesn’t have. Create it, empty, after \`npm run migrate\`, or skip it with --skip-unknown.`,
      );
  }
  for (const name of stored.keys())
    if (!tables.some((table) => table.name === name) && !skipUnknown)
      throw new Failure(
        'INVALID_BACKUP',
        `The database has a table ${shown(name)} that the backup lacks. If it isn’t part of this program, keep it as it is with --skip-unknown.`,
      );
  return { targets, skipped };
}

/**
 * Checks that the numbers of rows match the end of the backup, that the migrations table matches its header, and that the row of `dataset`
 * exists. Errors: INVALID_BACKUP.
 */
async function requireWhole(
  client: pg.ClientBase,
  { header }: BackupReader,
  loaded: ReadonlyMap<string, number>,
  end: BackupEnd,
): Promise<void> {
  for (const [table, rows] of loaded)
    if (rows !== end.rows.get(table))
      throw new Failure(
        'INVALID_BACKUP',
        `The backup has ${rows} rows of the table ${shown(table)}, but its end says ${end.rows.get(table)}.`,
      );
  if (JSON.stringify(await readRecord(client)) !== JSON.stringify(header.migrations))
    throw new Failure(
      'INVALID_BACKUP',
      'The migrations in the backup’s header differ from those in its table of migrations.',
    );
  if (loaded.get('dataset') !== 1)
    throw new Failure('INVALID_BACKUP', 'The backup lacks the row of the table "dataset".');
}

/**
 * Compares the derived tables with the rows, as `npm run verify` does, and corrects differences: another server may have other time zone
 * rules. Returns the number of changed rows. Errors: INVALID_BACKUP if differences remain.
 */
async function rebuildWhereWrong(client: pg.ClientBase): Promise<number> {
  if ((await compareTables(client)).every(isRight)) return 0;
  const rebuilt = await repair(client);
  const wrong = (await compareTables(client)).filter((comparison) => !isRight(comparison));
  if (wrong.length > 0)
    throw new Failure(
      'INVALID_BACKUP',
      `The backup’s rows contradict each other in ${wrong.map(({ table }) => table).join(', ')}, even after the derived tables were rebuilt.`,
    );
  return rebuilt;
}
