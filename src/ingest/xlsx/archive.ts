import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { Failure } from '../../domain/errors.ts';
import { Unreadable } from '../rows/fault.ts';

/** Maximum number of files in an archive. Workbooks have some dozens; each costs memory before anything is read. */
const MAX_ENTRIES = 10_000;

/** Maximum size of what the directory says of all files: their names, comments and what else there is. */
const MAX_DIRECTORY_BYTES = 4 << 20;

/**
 * An entry of more than so many bytes must not be compressed better than so many to one. Deflate reaches 1,032 to one with nothing but
 * zeros; sheets reach less than a hundred.
 */
const RATIO_COUNTS_FROM = 16 << 20;
const MAX_RATIO = 300;

/** A ZIP archive whose files can be read in any order, one at a time. */
export interface Archive {
  readonly names: readonly string[];
  /** Returns the bytes of a file; null if there is none of that name. Letter case does not matter. */
  read(name: string): AsyncIterable<Uint8Array> | null;
}

/**
 * Opens an archive. What its directory says is checked before anything is unpacked, and not trusted: unpacked bytes are counted, all files
 * together. `maxBytes`: maximum number of them. Throws Unreadable if it is damaged, encrypted or too densely packed; the bytes throw it too, and
 * PAYLOAD_TOO_LARGE.
 */
export async function openArchive(fd: number, maxBytes = Number.POSITIVE_INFINITY): Promise<Archive> {
  const zip = await opened(fd);
  const entries = await entriesOf(zip);
  let unpacked = 0;

  async function* bytesOf(entry: yauzl.Entry): AsyncGenerator<Uint8Array> {
    if (unpacked + entry.uncompressedSize > maxBytes) throw tooLarge(maxBytes);
    let crc = 0;
    const stream = await contentOf(zip, entry);
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        unpacked += chunk.length;
        if (unpacked > maxBytes) throw tooLarge(maxBytes);
        crc = crc32(chunk, crc);
        yield chunk;
      }
    } catch (error) {
      throw error instanceof Failure ? error : damaged(error);
    } finally {
      stream.destroy();
    }
    if (crc !== entry.crc32) throw damaged(new Error(`the checksum of ${entry.fileName} is wrong`));
  }

  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(name.toLowerCase());
      return entry ? bytesOf(entry) : null;
    },
  };
}

const tooLarge = (maxBytes: number): Failure =>
  new Failure('PAYLOAD_TOO_LARGE', `The workbook has more than ${maxBytes} bytes once unpacked.`);

const damaged = (error: unknown): Unreadable =>
  new Unreadable(`the workbook is damaged: ${error instanceof Error ? error.message : error}`);

const opened = (fd: number): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.fromFd(fd, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) reject(damaged(error));
      else resolve(zip);
    });
  });

/** Reads the directory of an archive: its entries by name in lower case. */
function entriesOf(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  return new Promise((resolve, reject) => {
    if (zip.entryCount > MAX_ENTRIES) {
      reject(new Unreadable(`the archive has ${zip.entryCount} files; a workbook has at most ${MAX_ENTRIES}`));
      return;
    }
    zip.on('error', (error) => reject(damaged(error)));
    zip.on('end', () => resolve(entries));
    let directoryBytes = 0;
    zip.on('entry', (entry: yauzl.Entry) => {
      directoryBytes += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
      if (directoryBytes > MAX_DIRECTORY_BYTES) {
        reject(
          new Unreadable(`the directory of the archive has more than ${MAX_DIRECTORY_BYTES} bytes; no workbook’s has`),
        );
        return;
      }
      const name = entry.fileName.toLowerCase();
      const fault = entries.has(name) ? `the archive has two files ${name}` : faultOf(entry);
      if (fault !== null) {
        reject(new Unreadable(fault));
        return;
      }
      entries.set(name, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function faultOf({ fileName, generalPurposeBitFlag, compressedSize, uncompressedSize }: yauzl.Entry): string | null {
  if ((generalPurposeBitFlag & 1) === 1) return 'the archive is encrypted; save the workbook without a password';
  if (uncompressedSize > RATIO_COUNTS_FROM && uncompressedSize > MAX_RATIO * compressedSize)
    return `${fileName} says that it is packed more than ${MAX_RATIO} to one, as no workbook is`;
  return null;
}

const contentOf = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(damaged(error));
      else resolve(stream);
    });
  });
