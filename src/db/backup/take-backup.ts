import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { throwDatabaseError } from '../connection/errors/database-errors.ts';
import { holdConnection } from '../connection/locks/held-connection.ts';
import { BEGIN_READING, type OpenedState } from '../connection/one-state.ts';
import type { Database } from '../connection/open.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../connection/with-timeout.ts';
import { LONG_STATEMENTS } from '../import/import-transaction.ts';
import { migrationRefusal, readRecord } from '../migrations/migrations.ts';
import { BlockEncoder, MAX_CONTENT_BYTES } from './blocks.ts';
import { endLine, headerLine, tableLine } from './contents.ts';
import { columnList, type StoredTable, stateOf, storedSequences, storedTables } from './stored-tables.ts';
import { TEXT_SETTINGS } from './text-settings.ts';

/** SQLSTATE: undefined table. */
const UNDEFINED_TABLE = '42P01';

/** A running backup. */
export interface RunningBackup {
  /** The estimated number of rows. */
  readonly estimate: number;
  /** The number of rows written so far, by table. */
  readonly rows: ReadonlyMap<string, number>;
  /** The bytes of the backup. Iterate to the end, or abort the signal. */
  readonly bytes: AsyncGenerator<Buffer>;
}

/**
 * Begins a backup of all tables and sequences in one snapshot, concurrently with everything else: it waits only for migrations, and only
 * migrations wait for it. Aborting the signal ends it. `program`: the version of the program, for people who inspect the file.
 * Errors: BAD_CONFIGURATION if the database has no tables of this program; DATABASE_UNAVAILABLE, here and from the iteration.
 */
export async function beginBackup(
  { streams, layout, state }: Pick<Database, 'streams' | 'layout' | 'state'>,
  program: string,
  signal: AbortSignal,
): Promise<RunningBackup> {
  const client = await streams.connect().catch(throwDatabaseError);
  const connection = holdConnection(client, streams, signal);
  try {
    signal.throwIfAborted();
    const begin = layout.distributed ? () => connection.open(state, BEGIN) : () => beginOnOneServer(client);
    const { tables, opened } = await lockTables(client, begin);
    const rows = new Map<string, number>();
    return {
      estimate: tables.reduce((sum, { estimate }) => sum + estimate, 0),
      rows,
      bytes: written({ client, tables, rows, end: () => state.close(client, opened) }, program, (broken) =>
        connection.release(broken),
      ),
    };
  } catch (error) {
    connection.release(true);
    throwDatabaseError(error);
  }
}

/** The tables of a backup, locked, and the state in which they are read. */
interface LockedTables {
  readonly tables: readonly StoredTable[];
  readonly opened: Pick<OpenedState, 'placements'>;
}

const BEGIN = `${BEGIN_READING}; SET LOCAL statement_timeout TO 0`;
const SETTINGS = `${LONG_STATEMENTS}; ${TEXT_SETTINGS}`;

/** Begins a transaction that has no snapshot yet. */
async function beginOnOneServer(client: pg.ClientBase): Promise<LockedTables['opened']> {
  await client.query(BEGIN);
  return { placements: null };
}

/**
 * Begins a transaction with one snapshot of all tables, and returns the tables. On one server they are locked before the snapshot is taken, because
 * a table that a migration rewrites while the lock is awaited would look empty in an older snapshot (PostgreSQL manual, "Caveats" of MVCC). Where
 * rows are distributed, a lock begins the snapshots of the nodes, so `begin` opens the state first. If a migration changes or rewrites the tables
 * between reading the catalogue, or the snapshot, and locking, everything starts again.
 */
async function lockTables(client: pg.ClientBase, begin: () => Promise<LockedTables['opened']>): Promise<LockedTables> {
  for (;;) {
    const expected = await expectedTables(client);
    const opened = await begin();
    if (await lock(client, expected)) {
      await client.query(SETTINGS);
      const tables = await storedTables(client);
      if (columnsOf(tables) === columnsOf(expected) && !(await areRewritten(client, tables))) return { tables, opened };
    }
    await client.query('ROLLBACK');
  }
}

async function expectedTables(client: pg.ClientBase): Promise<readonly StoredTable[]> {
  const expected = await withTimeout(STATEMENT_TIMEOUT_MS, storedTables(client));
  if (expected.length === 0)
    throw migrationRefusal('The database has no tables of this program, so there is nothing to back up.');
  return expected;
}

/** Whether a table has other files than in the snapshot. The function looks at the present, the catalogue at the snapshot. */
async function areRewritten(client: pg.ClientBase, tables: readonly StoredTable[]): Promise<boolean> {
  const { rows } = await client.query(
    `/* backup.rewritten */ SELECT 1 FROM unnest($1::regclass[]) AS t (id) JOIN pg_class c ON c.oid = t.id
     WHERE pg_relation_filenode(t.id) IS DISTINCT FROM c.relfilenode`,
    [tables.map(({ sql }) => sql)],
  );
  return rows.length > 0;
}

const columnsOf = (tables: readonly StoredTable[]): string =>
  JSON.stringify(tables.map(({ sql, columns }) => [sql, columns]));

/** Returns false if one of the tables no longer exists. */
async function lock(client: pg.ClientBase, tables: readonly StoredTable[]): Promise<boolean> {
  try {
    await client.query(`/* backup.lock */ LOCK TABLE ${tables.map(({ sql }) => sql).join(', ')} IN ACCESS SHARE MODE`);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE) return false;
    throw error;
  }
}

/** A backup that has begun. */
interface BegunBackup {
  readonly client: pg.ClientBase;
  readonly tables: readonly StoredTable[];
  /** Filled with the number of rows of each table. */
  readonly rows: Map<string, number>;
  /** Ends the transaction. Throws if what was read isn't one state. */
  readonly end: () => Promise<void>;
}

async function* written(
  { client, tables, rows, end }: BegunBackup,
  program: string,
  release: (broken: boolean) => void,
): AsyncGenerator<Buffer> {
  let whole = false;
  try {
    const encoder = new BlockEncoder();
    const [server] = (
      await client.query<{ postgres: string; now: Date }>(
        `/* backup.server */ SELECT current_setting('server_version') AS postgres, now()`,
      )
    ).rows;
    const migrations = await readRecord(client);
    const header = {
      createdAt: server?.now ?? new Date(),
      migrations,
      tables: tables.map(({ name, columns }) => ({ name, columns })),
    };
    yield await encoder.encode('header', headerLine(header, { program, postgres: server?.postgres ?? '' }));
    const sent: { table: StoredTable; rowCount: () => number }[] = [];
    for (const table of tables) {
      yield await encoder.encode('table', tableLine(table.name));
      const stream = client.query(
        copyTo(`/* backup.rows */ COPY ${table.sql} (${columnList(table.columns)}) TO STDOUT`),
      );
      sent.push({ table, rowCount: () => stream.rowCount });
      rows.set(table.name, 0);
      for await (const content of inBlocks(stream)) {
        rows.set(table.name, (rows.get(table.name) ?? 0) + linesIn(content));
        yield await encoder.encode('rows', content);
      }
    }
    const sequences = [];
    for (const sequence of await storedSequences(client)) sequences.push(await stateOf(client, sequence));
    // The server's own row counts, which are available once it has answered the next statement.
    for (const { table, rowCount } of sent)
      if (rowCount() !== rows.get(table.name))
        throw new Error(`${rows.get(table.name)} rows of ${table.name} arrived, but the server sent ${rowCount()}`);
    await end();
    yield await encoder.encode('end', endLine({ rows, sequences }));
    whole = true;
  } catch (error) {
    throwDatabaseError(error);
  } finally {
    release(!whole);
  }
}

/** Regroups bytes into chunks that each fill a block. */
async function* inBlocks(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let gathered: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let rest = chunk;
    while (length + rest.length >= MAX_CONTENT_BYTES) {
      const fits = rest.subarray(0, MAX_CONTENT_BYTES - length);
      yield Buffer.concat([...gathered, fits]);
      rest = rest.subarray(fits.length);
      gathered = [];
      length = 0;
    }
    gathered.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(gathered);
}

const NEWLINE = 0x0a;

/** Counts the line ends in COPY's text format, where each ends a row. */
function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}
