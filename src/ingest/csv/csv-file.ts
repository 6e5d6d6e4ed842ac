import { inBatches } from '../bytes/batches.ts';
import { type RecordFault, shortText, Unreadable, UnreadableExtract } from '../rows/fault.ts';
import { oversized } from '../rows/limits.ts';
import { CsvReader, type CsvRecord } from './csv.ts';

/** A CSV file, read up to its header. */
export interface CsvFile {
  /** The names in the header, unchanged. */
  readonly header: readonly string[];
  /** The line of the header. */
  readonly line: number;
  /** Warnings about the whole file; complete once the records have been read. */
  readonly warnings: RecordFault[];
  /** The records below the header, in batches of some hundred. Iterate once, to the end or until `break`. Throws UnreadableExtract. */
  readonly records: AsyncIterable<CsvRecord[]>;
  /** Converts an Unreadable into the error to throw, with the file's name, line and column. Returns other errors unchanged. */
  withPosition(error: unknown): unknown;
}

/** Opens a CSV file and reads its header. `name`: the file name as the user gave it. Throws UnreadableExtract. */
export async function openCsv(name: string, pieces: AsyncIterable<string>): Promise<CsvFile> {
  const reader = new CsvReader();
  const batches = recordsOf(pieces, reader);
  let header: readonly string[] = [];
  const warnings: RecordFault[] = [];
  const nameOf = (at: number): string => shortText(header[at] ?? '');
  const withPosition = (error: unknown): unknown => {
    if (!(error instanceof Unreadable)) return error;
    const column = error.cell === null || error.cell >= header.length ? null : nameOf(error.cell);
    const fault = { line: error.line ?? reader.line, column, value: null, reason: error.message };
    return new UnreadableExtract(name, fault, 'line');
  };

  /** Yields a batch whose last record may be cut off by the end of the file. */
  function* decodeAll(batch: CsvRecord[]): Generator<CsvRecord[]> {
    const last = batch[batch.length - 1];
    if (!last?.isOpen || !isNotBlank(last)) yield batch;
    else if (last.cells.length >= header.length) {
      const reason = 'the file doesn’t end with a line break; if it was truncated, the last value may be incomplete';
      warnings.push({ line: last.line, column: null, value: null, reason });
      yield batch;
    } else {
      if (batch.length > 1) yield batch.slice(0, -1);
      const reason = `the file is truncated in this record: it has ${last.cells.length} of ${header.length} cells and no line break`;
      throw new Unreadable(reason, last.line);
    }
  }

  async function* records(first: CsvRecord[]): AsyncGenerator<CsvRecord[]> {
    try {
      if (first.length > 0) yield* decodeAll(first);
      for await (const batch of batches) yield* decodeAll(batch);
    } catch (error) {
      throw withPosition(error);
    } finally {
      await batches.return(undefined);
    }
  }

  try {
    const { value: first = [] } = (await batches.next()) as IteratorResult<CsvRecord[], undefined>;
    const { line, cells, isLarge }: CsvRecord = first.shift() ?? { line: 1, cells: [] };
    header = cells.map((cell) => cell ?? '');
    const [fault] = isLarge ? oversized(line, cells, nameOf) : [];
    if (fault) throw new UnreadableExtract(name, fault, 'line');
    return { header, line, warnings, records: records(first), withPosition: withPosition };
  } catch (error) {
    throw withPosition(error);
  }
}

/** Spreadsheets write rows of commas only below their last row. Like empty lines they contain nothing. */
export const isNotBlank = ({ cells }: CsvRecord): boolean => cells.some((cell) => cell !== null);

async function* recordsOf(pieces: AsyncIterable<string>, reader: CsvReader): AsyncGenerator<CsvRecord[]> {
  const read = function* (piece: string, last: boolean): Generator<CsvRecord[]> {
    const records: CsvRecord[] = [];
    try {
      reader.read(piece, last, records);
    } finally {
      // Records before an error are yielded before the error is thrown.
      yield* inBatches(records);
    }
  };
  for await (const piece of pieces) yield* read(piece, false);
  yield* read('', true);
}

/** Returns the fault of a record whose number of cells differs from the header's. */
export function wrongWidth(line: number, found: number, expected: number): RecordFault {
  const reason = `the record has ${found} cell${found === 1 ? '' : 's'}, the header ${expected}`;
  return { line, column: null, value: null, reason };
}
