import { decodeText } from '../bytes/decode-text.ts';
import { decompress } from '../bytes/decompress.ts';
import { firstBytes, Lookahead } from '../bytes/lookahead.ts';
import { readCsv } from '../csv/read-csv.ts';
import { readJson } from '../json/read-json.ts';
import { isArchive, readXlsx } from '../xlsx/read-xlsx.ts';
import type { Extract, ReadOptions } from './extract.ts';
import { Unreadable, UnreadableExtract } from './fault.ts';

/** The source of an extract: the bytes of a workbook, or of CSV, JSON or NDJSON in UTF-8 or UTF-16, plain or gzip. The format is detected by content. */
export interface ExtractSource {
  /** The name that the user knows, such as the file name. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Maximum number of decompressed bytes; unlimited if absent. */
  readonly maxBytes?: number;
}

/**
 * Reads an extract: converts each record into canonical form or refuses it (docs/contract.md, "Reading an extract"), in constant memory.
 * Resolves once the header is read. Throws UnreadableExtract if nothing more can be read (the rows do too), PAYLOAD_TOO_LARGE, and any
 * error of the source.
 */
export async function readExtract(source: ExtractSource, options: ReadOptions): Promise<Extract> {
  let bytes = new Lookahead(source.bytes);
  try {
    bytes = await decompress(bytes, source.maxBytes);
    if (isArchive(await firstBytes(bytes, 4))) return await readXlsx({ ...source, bytes }, options);
    const decoded = await decodeText(bytes);
    const text = new Lookahead(decoded.text);
    const start = await text.look(
      (pieces) => pieces.some((piece) => piece.trim() !== '') || pieces.length > MAX_BLANK_ROWS,
    );
    const first = start.join('').trimStart().charAt(0);
    return first === '{' || first === '['
      ? readJson(source.name, text, options)
      : await readCsv(source.name, { ...decoded, text }, options);
  } catch (error) {
    await bytes.return();
    if (!(error instanceof Unreadable)) throw error;
    const fault = { line: error.line ?? 1, column: null, value: null, reason: error.message };
    throw new UnreadableExtract(source.name, fault, 'line');
  }
}

/** Number of blank pieces (about a megabyte) after which the file is not taken for JSON. */
const MAX_BLANK_ROWS = 16;
