import { Failure } from '../../domain/errors.ts';
import { Lookahead } from '../bytes/lookahead.ts';
import { plainBytes } from '../bytes/plain-bytes.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { readCsv } from '../csv/read-csv.ts';
import { readJson } from '../json/read-json.ts';
import type { Extract, ReadOptions } from './extract.ts';
import { Unreadable, UnreadableExtract } from './fault.ts';

/** An extract as it comes: the bytes of CSV, JSON or NDJSON in UTF-8, plain or gzip; which of them is seen by the content. */
export interface ExtractSource {
  /** What the person calls it, such as the file's name. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How many bytes it may have once it is unpacked; any number where that isn't said. */
  readonly mostBytes?: number;
}

/**
 * Reads an extract: records, each brought into canonical form or refused (docs/contract.md, "Reading an extract"), in
 * constant memory. Resolves when the header is read. Throws UnreadableExtract where nothing more can be read (so do the
 * rows), PAYLOAD_TOO_LARGE, and whatever the source throws.
 */
export async function readExtract(source: ExtractSource, options: ReadOptions): Promise<Extract> {
  let bytes = new Lookahead(source.bytes);
  try {
    bytes = await plainBytes(bytes);
    if (source.mostBytes !== undefined) bytes = new Lookahead(limitRows(bytes, source.mostBytes));
    const text = new Lookahead(decodeUtf8(bytes));
    const start = await text.look(
      (pieces) => pieces.some((piece) => piece.trim() !== '') || pieces.length > MAX_BLANK_ROWS,
    );
    const first = start.join('').trimStart().charAt(0);
    return first === '{' || first === '['
      ? readJson(source.name, text, options)
      : await readCsv(source.name, text, options);
  } catch (error) {
    await bytes.return();
    if (!(error instanceof Unreadable)) throw error;
    const fault = { line: error.line ?? 1, column: null, value: null, reason: error.message };
    throw new UnreadableExtract(source.name, fault, 'line');
  }
}

/** A little gzip may hold very much. */
async function* limitRows(pieces: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > most)
      throw new Failure('PAYLOAD_TOO_LARGE', `The extract has more than ${most} bytes once it is unpacked.`);
    yield piece;
  }
}

/** Pieces of nothing but blanks (a megabyte or so), after which the file is no JSON. */
const MAX_BLANK_ROWS = 16;
