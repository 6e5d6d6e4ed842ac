import { inBatches } from '../bytes/batches.ts';
import type { DecodedText } from '../bytes/decode-text.ts';
import { Lookahead } from '../bytes/lookahead.ts';
import { type RecordFault, shortText, Unreadable, UnreadableExtract } from '../rows/fault.ts';
import { hasContent } from '../rows/fit-records.ts';
import { oversized } from '../rows/limits.ts';
import type { FileRecord, RecordFile } from '../rows/record-file.ts';
import { Repairs } from '../rows/repairs.ts';
import { CsvReader } from './csv.ts';
import { MAX_HEADER_LENGTH, namesOfSeparators, separationOf } from './separators.ts';

/** What the reader of a CSV file needs to know of its columns. */
export interface ColumnNames {
  /** Whether a name in a header is that of a column. */
  isKnown(name: string): boolean;
  /** Whether names in a header are those of canonical CSV. */
  isCanonical(header: readonly string[]): boolean;
}

/** Number of blank pieces (about a megabyte) after which no header is looked for. */
const MAX_BLANK_PIECES = 16;

/**
 * Opens a CSV file, finds its separator and reads its header. `name`: the file name as the user gave it. Throws UnreadableExtract.
 */
export async function openCsv(name: string, decoded: DecodedText, columns: ColumnNames): Promise<RecordFile> {
  const pieces = new Lookahead(decoded.text);
  const warnings: RecordFault[] = [];
  let header: readonly string[] = [];
  let reader = new CsvReader();
  const nameOf = (at: number): string => shortText(header[at] ?? '');
  const withPosition = (error: unknown): unknown => {
    if (!(error instanceof Unreadable)) return error;
    const column = error.cell === null || error.cell >= header.length ? null : nameOf(error.cell);
    const fault = { line: error.line ?? reader.line, column, value: null, reason: error.message };
    return new UnreadableExtract(name, fault, 'line');
  };

  /** Yields a batch whose last record may be cut off by the end of the file. */
  function* checkEnd(batch: FileRecord[]): Generator<FileRecord[]> {
    const last = batch[batch.length - 1];
    if (!last?.isOpen || !hasContent(last)) yield batch;
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

  try {
    const start = (await pieces.look(hasHeader)).join('');
    const { separator, hasSepLine } = separationOf(start, columns.isKnown);
    reader = new CsvReader(separator);
    const repairs = new Repairs();
    const batches = recordsOf(pieces, reader);

    async function* records(first: FileRecord[]): AsyncGenerator<FileRecord[]> {
      try {
        if (first.length > 0) yield* checkEnd(first);
        for await (const batch of batches) yield* checkEnd(batch);
      } catch (error) {
        throw withPosition(error);
      } finally {
        await batches.return(undefined);
      }
    }

    const before = hasSepLine ? 1 : 0;
    let batch: FileRecord[] = [];
    let first: FileRecord | undefined;
    for (let skipped = 0; first === undefined; ) {
      const next = batch.shift();
      if (next === undefined) {
        const more = await batches.next();
        if (more.done) break;
        batch = more.value;
      } else if (skipped < before) skipped += 1;
      else if (hasContent(next)) first = next;
      else repairs.add(next.line, { kind: 'blankRow', column: null, value: null });
    }
    const { line, cells, isLarge }: FileRecord = first ?? { line: 1, cells: [] };
    header = cells.map((cell) => cell ?? '');
    const [fault] = isLarge ? oversized(line, cells, nameOf) : [];
    if (fault) throw new UnreadableExtract(name, fault, 'line');
    const read = [
      ...(decoded.encoding === 'UTF-8' ? [] : [`the file is in ${decoded.encoding}`]),
      ...(separator === ',' ? [] : [`its cells are separated by ${namesOfSeparators(separator)}`]),
      ...(hasSepLine ? ['its first line names the separator'] : []),
    ];
    if (read.length > 0)
      warnings.push({ line: 1, column: null, value: null, reason: `read as written: ${read.join(', ')}` });
    const isCanonical =
      separator === ',' && !decoded.hasMark && endsInLf(start) && !start.startsWith('"') && columns.isCanonical(header);
    return {
      header,
      line,
      form: {
        isCanonical,
        isJson: false,
        hasTypedNumbers: false,
        quotesAll: !hasSepLine && start.startsWith('"'),
        mayHaveDecimalCommas: separator !== ',',
        isGuarded: decoded.hasMark && decoded.encoding === 'UTF-8',
      },
      repairs,
      warnings,
      records: records(batch),
      async close() {
        await pieces.return();
      },
      withPosition,
    };
  } catch (error) {
    throw withPosition(error);
  }
}

/** Whether these pieces are enough to find the separator, or so many blank ones that no header is expected. */
const hasHeader = (pieces: readonly string[]): boolean =>
  pieces.length > MAX_BLANK_PIECES ||
  pieces.reduce((length, piece) => length + piece.trim().length, 0) >= MAX_HEADER_LENGTH;

/** Whether the first line ends as those of canonical CSV do. */
function endsInLf(start: string): boolean {
  const end = start.indexOf('\n');
  return end !== -1 && start.charAt(end - 1) !== '\r';
}

async function* recordsOf(pieces: AsyncIterable<string>, reader: CsvReader): AsyncGenerator<FileRecord[]> {
  const read = function* (piece: string, last: boolean): Generator<FileRecord[]> {
    const records: FileRecord[] = [];
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
