import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { throwDatabaseError } from '../connection/database-errors.ts';
import { holdConnection } from '../connection/held-connection.ts';
import { IMPORT_SETTINGS } from '../import/import-transaction.ts';
import { migrationRefusal, readRecord } from '../migrations/migrations.ts';
import { BlockEncoder, MAX_CONTENT_BYTES } from './blocks.ts';
import { columnList, type StoredTable, stateOf, storedSequences, storedTables } from './catalogue.ts';
import { endLine, headerLine, tableLine } from './contents.ts';
import { TEXT_SETTINGS } from './text-settings.ts';

/** SQLSTATE of a table that isn't there. */
const UNDEFINED_TABLE = '42P01';

/** A backup under way. */
export interface RunningBackup {
  /** About how many rows it will have. */
  readonly estimate: number;
  /** The rows of each table that is written, up to now. */
  readonly rows: ReadonlyMap<string, number>;
  /** To be read to its end; whoever stops before has to abort the signal. */
  readonly bytes: AsyncGenerator<Buffer>;
}

/**
 * Begins a backup of every table and sequence in one snapshot, beside whatever else runs: it waits only for migrations, and only they wait
 * for it. Aborting the signal ends it. `program` is the version of the program, for people who look into the file.
 * Errors: BAD_CONFIGURATION where the database has no tables of this program; DATABASE_UNAVAILABLE, here and from the iteration.
 */
export async function beginBackup(pool: pg.Pool, program: string, signal: AbortSignal): Promise<RunningBackup> {
  const client = await pool.connect().catch(throwDatabaseError);
  const connection = holdConnection(client, pool, signal);
  try {
    signal.throwIfAborted();
    const tables = await beginSnapshot(client);
    const rows = new Map<string, number>();
    return {
      estimate: tables.reduce((sum, { estimate }) => sum + estimate, 0),
      rows,
      bytes: written(client, tables, program, rows, (broken) => connection.release(broken)),
    };
  } catch (error) {
    connection.release(true);
    throwDatabaseError(error);
  }
}

/**
 * Begins a transaction that sees one state of all tables, and gives these. They are locked before the state is chosen: what a migration
 * writes anew while the lock is waited for would look empty from a state before it (PostgreSQL manual, "Caveats" of MVCC). A migration may
 * also come between the look at the catalogue and the lock; then all begins again.
 */
async function beginSnapshot(client: pg.ClientBase): Promise<StoredTable[]> {
  for (;;) {
    const expected = await storedTables(client);
    if (expected.length === 0)
      throw migrationRefusal('The database has no tables of this program, so there is nothing to back up.');
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout TO 0');
    if (await lock(client, expected)) {
      await client.query(`${IMPORT_SETTINGS}; ${TEXT_SETTINGS}`);
      const tables = await storedTables(client);
      if (layoutOf(tables) === layoutOf(expected)) return tables;
    }
    await client.query('ROLLBACK');
  }
}

const layoutOf = (tables: readonly StoredTable[]): string =>
  JSON.stringify(tables.map(({ sql, columns }) => [sql, columns]));

/** False where one of the tables is gone. */
async function lock(client: pg.ClientBase, tables: readonly StoredTable[]): Promise<boolean> {
  try {
    await client.query(`/* backup.lock */ LOCK TABLE ${tables.map(({ sql }) => sql).join(', ')} IN ACCESS SHARE MODE`);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE) return false;
    throw error;
  }
}

async function* written(
  client: pg.ClientBase,
  tables: readonly StoredTable[],
  program: string,
  rows: Map<string, number>,
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
    // The server's own counts, which are known once it has answered to the next statement.
    for (const { table, rowCount } of sent)
      if (rowCount() !== rows.get(table.name))
        throw new Error(`${rows.get(table.name)} rows of ${table.name} came, and the server sent ${rowCount()}`);
    await client.query('COMMIT');
    yield await encoder.encode('end', endLine({ rows, sequences }));
    whole = true;
  } catch (error) {
    throwDatabaseError(error);
  } finally {
    release(!whole);
  }
}

/** The same bytes in pieces that fill a block each. */
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

/** The ends of lines in COPY's text format, where each is the end of a row. */
function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}
