/**
 * The content of a backup's blocks: a header that names migrations and tables, the rows of each table in COPY's text format, and an end
 * with the row counts and the state of the sequences. Header, table names and end are lines of JSON.
 */

import { Failure, shown } from '../../domain/errors.ts';
import { isRecord } from '../../domain/types/property.ts';
import type { RecordedMigration } from '../migrations/migrations.ts';
import { type BackupSource, type Block, type BlockKind, damaged, readBlocks } from './blocks.ts';

/** The program name in every header. */
const PROGRAM = 'interviews-data-service';

/** The version of the backup format: the one that this program writes, and the newest that it reads. */
const FORMAT = 1;

/** A table with its stored columns; generated columns are left out. */
export interface TableColumns {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The state of a sequence. */
export interface SequenceState {
  readonly name: string;
  /** A bigint in decimal digits. */
  readonly lastValue: string;
  /** Whether `lastValue` has already been used. */
  readonly isCalled: boolean;
}

/** What a backup says before its rows. */
export interface BackupHeader {
  readonly createdAt: Date;
  /** The migrations applied to the database, in the order of their names. */
  readonly migrations: readonly RecordedMigration[];
  /** The tables, in the order of their rows in the backup. */
  readonly tables: readonly TableColumns[];
}

/** What a backup says after its rows. */
export interface BackupEnd {
  /** The number of rows of each table. */
  readonly rows: ReadonlyMap<string, number>;
  readonly sequences: readonly SequenceState[];
}

const line = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/** Returns the content of the first block. `madeBy`: versions of the program and the server, for people who inspect the file. */
export const headerLine = ({ createdAt, ...header }: BackupHeader, madeBy: Readonly<Record<string, string>>): Buffer =>
  line({ backup: PROGRAM, format: FORMAT, createdAt: createdAt.toISOString(), ...madeBy, ...header });

/** Returns the content of the block before the rows of a table. */
export const tableLine = (table: string): Buffer => line({ table });

/** Returns the content of the last block. */
export const endLine = ({ rows, sequences }: BackupEnd): Buffer => line({ rows: Object.fromEntries(rows), sequences });

/** Reads a backup in order: the header, the rows of each table, the end. */
export class BackupReader {
  readonly header: BackupHeader;
  readonly #name: string;
  readonly #blocks: AsyncGenerator<Block, undefined>;
  /** A block that was read ahead. */
  #next: Block | undefined;

  /**
   * Reads the header.
   * @throws Failure INVALID_BACKUP here and from the other methods, naming the source, the byte and what is wrong
   */
  static async open(source: BackupSource): Promise<BackupReader> {
    const blocks = readBlocks(source);
    try {
      const { value } = await blocks.next();
      if (value?.kind !== 'header') throw damaged(source.name, 0, 'the first block is not the header');
      return new BackupReader(source.name, blocks, parseHeader(value, source.name));
    } catch (error) {
      await blocks.return(undefined);
      throw error;
    }
  }

  private constructor(name: string, blocks: AsyncGenerator<Block, undefined>, header: BackupHeader) {
    this.#name = name;
    this.#blocks = blocks;
    this.header = header;
  }

  /** Yields the rows of the next table, which must be this one, in chunks of any size. Iterate to the end. */
  async *rowsOf({ name }: TableColumns): AsyncGenerator<Buffer> {
    const begin = await this.#take('table');
    if (fieldsOf(begin).table !== name)
      throw this.#wrong(begin, `the rows of the table ${shown(name)} are expected there`);
    for (;;) {
      const block = await this.#take();
      if (block.kind !== 'rows') {
        this.#next = block;
        return;
      }
      yield block.content;
    }
  }

  /** Skips the rows of the next table, which must be this one. */
  async skipRowsOf(table: TableColumns): Promise<void> {
    const rows = this.rowsOf(table);
    while (!(await rows.next()).done);
  }

  /** Reads what follows the last table. If it returns, nothing is missing and nothing follows. */
  async end(): Promise<BackupEnd> {
    const block = await this.#take('end');
    const end = parseEnd(block, this.header);
    if (!end) throw this.#wrong(block, 'the counts of the rows there don’t fit the tables');
    await this.#blocks.next();
    return end;
  }

  /** Discards the rest and closes the source. */
  async close(): Promise<void> {
    await this.#blocks.return(undefined);
  }

  /** Returns the next block, which must have this kind if one is given. */
  async #take(kind?: BlockKind): Promise<Block> {
    const block = this.#next ?? (await this.#blocks.next()).value;
    this.#next = undefined;
    if (!block || (kind && block.kind !== kind))
      throw this.#wrong(block, `a block of the kind ${shown(kind ?? 'end')} is expected there`);
    return block;
  }

  #wrong = (block: Block | undefined, what: string): Failure => damaged(this.#name, block?.offset ?? 0, what);
}

/**
 * Reads a backup to its end, without a database, and returns its header and end.
 * @throws Failure INVALID_BACKUP if it is damaged or incomplete
 */
export async function checkBackup(source: BackupSource): Promise<{ header: BackupHeader; end: BackupEnd }> {
  const reader = await BackupReader.open(source);
  try {
    for (const table of reader.header.tables) await reader.skipRowsOf(table);
    return { header: reader.header, end: await reader.end() };
  } finally {
    await reader.close();
  }
}

/** Returns the properties of the block's JSON object; none if it is not an object. */
function fieldsOf({ content }: Block): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content.toString('utf8'));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isMigration = (value: unknown): value is RecordedMigration =>
  isRecord(value) && isText(value.name) && isText(value.checksum) && typeof value.finished === 'boolean';

const isTable = (value: unknown): value is TableColumns =>
  isRecord(value) && isText(value.name) && Array.isArray(value.columns) && value.columns.every(isText);

const isSequence = (value: unknown): value is SequenceState =>
  isRecord(value) &&
  isText(value.name) &&
  isText(value.lastValue) &&
  /^-?\d{1,19}$/.test(value.lastValue) &&
  typeof value.isCalled === 'boolean';

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function parseHeader(block: Block, source: string): BackupHeader {
  const { backup, format, createdAt, migrations, tables } = fieldsOf(block);
  if (backup !== PROGRAM) throw damaged(source, block.offset, 'its first block doesn’t name this program');
  if (isCount(format) && format > FORMAT)
    throw new Failure(
      'INVALID_BACKUP',
      `${source} has the format ${format} of a newer version of this program, but this version reads only ${FORMAT}: restore it with that version or a later one.`,
    );
  const created = new Date(isText(createdAt) ? createdAt : Number.NaN);
  const known =
    Array.isArray(migrations) && migrations.every(isMigration) && Array.isArray(tables) && tables.every(isTable);
  if (format !== FORMAT || Number.isNaN(created.getTime()) || !known)
    throw damaged(source, block.offset, 'its header is not what this program writes');
  if (new Set(tables.map(({ name }) => name)).size < tables.length)
    throw damaged(source, block.offset, 'its header names a table twice');
  return { createdAt: created, migrations, tables };
}

/** Returns undefined if the block is not an end that matches the header. */
function parseEnd(block: Block, { tables }: BackupHeader): BackupEnd | undefined {
  const { rows, sequences } = fieldsOf(block);
  if (!isRecord(rows) || !Array.isArray(sequences) || !sequences.every(isSequence)) return undefined;
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const count = Object.hasOwn(rows, name) ? rows[name] : undefined;
    if (!isCount(count)) return undefined;
    counts.set(name, count);
  }
  return { rows: counts, sequences };
}
