import { finished } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Failure } from '../../domain/errors.ts';
import { Unreadable } from '../rows/fault.ts';
import { firstBytes, Lookahead } from './lookahead.ts';

/** The first bytes of formats that are not text, with advice for each. */
const OTHER_FORMATS: readonly (readonly [start: readonly number[], advice: string])[] = [
  [[0x50, 0x4b, 0x05, 0x06], 'this is an empty ZIP file; the import accepts workbooks (.xlsx), CSV, JSON and NDJSON'],
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    'this is an Excel workbook in the old format (.xls) or with a password; save it as .xlsx without a password, or the sheet as "CSV UTF-8"',
  ],
];

/**
 * Returns the bytes of a file, decompressed if its first bytes are those of gzip (RFC 1952, with any number of members). `maxBytes`:
 * the maximum number of decompressed bytes; unlimited if absent. The bytes throw PAYLOAD_TOO_LARGE beyond it. Throws Unreadable if the gzip
 * is truncated or corrupt, and for formats that people mistake for CSV.
 */
export async function decompress(file: Lookahead<Uint8Array>, maxBytes?: number): Promise<Lookahead<Uint8Array>> {
  const start = await firstBytes(file, 4);
  const plain = start[0] === 0x1f && start[1] === 0x8b ? new Lookahead(gunzip(file)) : file;
  const first = plain === file ? start : await firstBytes(plain, 4);
  for (const [magic, advice] of OTHER_FORMATS) {
    if (magic.every((byte, i) => first[i] === byte)) throw new Unreadable(advice, 1);
  }
  if (first.length > 1 && (first[0] === 0) !== (first[1] === 0)) {
    throw new Unreadable('the text is UTF-16 without a byte order mark; save the file as UTF-8', 1);
  }
  return maxBytes === undefined ? plain : new Lookahead(limited(plain, maxBytes));
}

/** A small gzip file may decompress to a huge one. */
async function* limited(pieces: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > maxBytes)
      throw new Failure('PAYLOAD_TOO_LARGE', `The file has more than ${maxBytes} bytes once decompressed.`);
    yield piece;
  }
}

/** Compressed bytes to decompress at once. gzip compresses up to a thousand to one, and the whole output is held in memory. */
const PACKED = 16 * 1024;

/**
 * Decompresses on demand. Not with a stream pipeline: when that fails it drops what was decompressed before the error, and with it the line
 * that contains the error.
 */
async function* gunzip(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacking = createGunzip({ chunkSize: 64 * 1024 });
  const unpacked: Uint8Array[] = [];
  unpacking.on('data', (piece: Uint8Array) => unpacked.push(piece));
  const done = new Promise<Error | null>((resolve) => finished(unpacking, (error) => resolve(error ?? null)));
  try {
    for await (const piece of file) {
      for (let at = 0; at < piece.length; at += PACKED) {
        const written = new Promise<null>((resolve) => {
          unpacking.write(piece.subarray(at, at + PACKED), () => resolve(null));
        });
        const error = await Promise.race([written, done]);
        yield* unpacked.splice(0);
        if (error !== null) throw fault(error);
      }
    }
    unpacking.end();
    const error = await done;
    yield* unpacked.splice(0);
    if (error !== null) throw fault(error);
  } finally {
    unpacking.destroy();
  }
}

function fault(error: Error): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'Z_BUF_ERROR') return new Unreadable('the gzip data is truncated');
  return code === 'Z_DATA_ERROR' ? new Unreadable('the gzip data is corrupt') : error;
}
