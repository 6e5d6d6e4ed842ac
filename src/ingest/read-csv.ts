import { readHeader, unknownColumns } from './columns.ts';
import { CsvReader, type CsvRecord } from './csv.ts';
import type { Extract, ReadOptions, ReadRow } from './extract.ts';
import { type Fault, Unreadable, UnreadableExtract } from './fault.ts';
import { RowReader } from './row.ts';

/** Reads an extract in CSV, up to its header; the rows follow. `name` is the file's. Throws UnreadableExtract. */
export async function readCsv(name: string, pieces: AsyncIterable<string>, options: ReadOptions): Promise<Extract> {
  const reader = new CsvReader();
  const batches = recordsOf(pieces, reader);
  const warnings: Fault[] = [];
  let names: readonly string[] = [];
  const unreadable = (error: unknown): unknown => {
    if (!(error instanceof Unreadable)) return error;
    const column = error.cell === null ? null : (names[error.cell] ?? null);
    const fault = { line: error.line ?? reader.line, column, value: null, reason: error.message };
    return new UnreadableExtract(name, fault, 'line');
  };

  async function* rows(first: CsvRecord[], rowOf: (record: CsvRecord) => ReadRow): AsyncGenerator<ReadRow[]> {
    try {
      if (first.length > 0) yield first.map(rowOf);
      for await (const records of batches) yield records.map(rowOf);
    } catch (error) {
      throw unreadable(error);
    } finally {
      await batches.return(undefined);
    }
  }

  try {
    const first = await firstBatch(batches);
    const record = first.shift() ?? { line: 1, cells: [] };
    names = record.cells.map((cell) => cell ?? '');
    const header = readHeader(names, record.line, options.allowMissingColumns);
    if (header.unknown.length > 0) warnings.push(unknownColumns(header.unknown, record.line, 'column'));
    const reading = new RowReader(header, options, warnings);
    const rowOf = ({ line, cells }: CsvRecord): ReadRow =>
      cells.length === names.length
        ? reading.read(line, cells)
        : reading.refuse(line, cells, [wrongWidth(line, cells.length, names.length)], null);
    return { columns: header.columns, warnings, rows: rows(first, rowOf) };
  } catch (error) {
    throw unreadable(error);
  }
}

async function* recordsOf(pieces: AsyncIterable<string>, reader: CsvReader): AsyncGenerator<CsvRecord[]> {
  const read = function* (piece: string, last: boolean): Generator<CsvRecord[]> {
    const records: CsvRecord[] = [];
    try {
      reader.read(piece, last, records);
    } finally {
      // What stands before a fault is given all the same; then the fault is thrown.
      if (records.length > 0) yield records;
    }
  };
  for await (const piece of pieces) yield* read(piece, false);
  yield* read('', true);
}

async function firstBatch(batches: AsyncGenerator<CsvRecord[], void>): Promise<CsvRecord[]> {
  const { value } = await batches.next();
  return value ?? [];
}

function wrongWidth(line: number, found: number, expected: number): Fault {
  const reason = `the record has ${found} cell${found === 1 ? '' : 's'}, the header ${expected}`;
  return { line, column: null, value: null, reason };
}
