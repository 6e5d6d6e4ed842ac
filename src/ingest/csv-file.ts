import { CsvReader, type CsvRecord } from './csv.ts';
import { type Fault, Unreadable, UnreadableExtract } from './fault.ts';

/** A CSV file, read up to its header. */
export interface CsvFile {
  /** The names in the header, as they stand. */
  readonly header: readonly string[];
  /** The line of the header. */
  readonly line: number;
  /** The records below it, some hundred at a time; to be read once, and ended (by `break` too). Throws UnreadableExtract. */
  readonly records: AsyncIterable<CsvRecord[]>;
  /** An error as it is to be thrown: an Unreadable with the file's name, line and column. */
  placed(error: unknown): unknown;
}

/** Begins to read a CSV file; `name` is what the person calls it. Throws UnreadableExtract. */
export async function openCsv(name: string, pieces: AsyncIterable<string>): Promise<CsvFile> {
  const reader = new CsvReader();
  const batches = recordsOf(pieces, reader);
  let header: readonly string[] = [];
  const placed = (error: unknown): unknown => {
    if (!(error instanceof Unreadable)) return error;
    const column = error.cell === null ? null : (header[error.cell] ?? null);
    const fault = { line: error.line ?? reader.line, column, value: null, reason: error.message };
    return new UnreadableExtract(name, fault, 'line');
  };

  async function* records(first: CsvRecord[]): AsyncGenerator<CsvRecord[]> {
    try {
      if (first.length > 0) yield first;
      yield* batches;
    } catch (error) {
      throw placed(error);
    } finally {
      await batches.return(undefined);
    }
  }

  try {
    const { value: first = [] } = (await batches.next()) as IteratorResult<CsvRecord[], undefined>;
    const { line, cells } = first.shift() ?? { line: 1, cells: [] };
    header = cells.map((cell) => cell ?? '');
    return { header, line, records: records(first), placed };
  } catch (error) {
    throw placed(error);
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

/** The fault of a record whose cells are not as many as the header's. */
export function wrongWidth(line: number, found: number, expected: number): Fault {
  const reason = `the record has ${found} cell${found === 1 ? '' : 's'}, the header ${expected}`;
  return { line, column: null, value: null, reason };
}
