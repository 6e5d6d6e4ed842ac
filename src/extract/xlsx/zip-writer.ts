import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of a ZIP archive. */
export interface ZipEntry {
  readonly name: string;
  /** Whether its size, compressed or not, may exceed 4 GiB. */
  readonly mayBeLarge: boolean;
  /** Its bytes. Called when the entries before it have been written. */
  content(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Signatures of the records of an archive (PKWARE's APPNOTE, 4.3). */
const LOCAL_HEADER = 0x04034b50;
const DATA_DESCRIPTOR = 0x08074b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
const ZIP64_END = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;

/** Versions "needed to extract": for Deflate, and for ZIP64. */
const VERSION = 20;
const ZIP64_VERSION = 45;

/** Sizes and checksum follow the content, in a data descriptor. */
const FLAGS = 0x0008;
const DEFLATE = 8;
/** 1980-01-01, the first date of the format, and midnight: entries have no date. */
const DOS_DATE = 0x0021;
const DOS_TIME = 0;
const ZIP64_FIELD = 0x0001;
/** What a 32-bit field says whose value is in the ZIP64 field. */
const IN_ZIP64 = 0xffffffff;

/**
 * The fastest level: what is written here is mostly the same markup again and again, which every level finds. Bytes that are given at once,
 * and the memory of the compressor, are as in src/http/compression.ts.
 */
const DEFLATE_OPTIONS = { level: 1, memLevel: 9, chunkSize: 1 << 16 };

/** What the central directory says of an entry. */
interface Written {
  readonly name: Buffer;
  readonly version: number;
  readonly offset: number;
  readonly crc: number;
  readonly size: number;
  readonly compressed: number;
}

/**
 * Writes a ZIP archive to a stream, in constant memory: each entry's sizes follow its content, and the central directory has them again. An
 * entry or an archive of more than 4 GiB has ZIP64 fields. Their version is in the local header as well, before it is known whether they
 * will be needed, because Excel refuses an entry whose two versions differ.
 */
export async function* zip(entries: readonly ZipEntry[]): AsyncGenerator<Buffer> {
  const directory: Written[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const version = entry.mayBeLarge || offset >= IN_ZIP64 ? ZIP64_VERSION : VERSION;
    const header = localHeader(name, version);
    yield header;
    const sum = { crc: 0, size: 0 };
    let compressed = 0;
    for await (const piece of deflated(entry.content(), sum)) {
      compressed += piece.length;
      yield piece;
    }
    if (version === VERSION && Math.max(sum.size, compressed) >= IN_ZIP64)
      throw new Error(`${entry.name} is larger than its entry in the ZIP archive can say`);
    const descriptor = dataDescriptor({ ...sum, compressed });
    yield descriptor;
    directory.push({ name, version, offset, ...sum, compressed });
    offset += header.length + compressed + descriptor.length;
  }
  const central = Buffer.concat(directory.map(centralHeader));
  yield central;
  yield endOf(directory.length, central.length, offset);
}

/** Compresses the content, and adds up its checksum and size. */
function deflated(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sum: { crc: number; size: number },
): AsyncIterable<Buffer> {
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      sum.crc = crc32(piece, sum.crc);
      sum.size += piece.length;
      yield piece;
    }
  }
  // A failure of the content destroys the compressor, which passes it on; one who stops reading destroys both.
  return pipeline(Readable.from(counted()), createDeflateRaw(DEFLATE_OPTIONS), () => {});
}

function localHeader(name: Buffer, version: number): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(LOCAL_HEADER, 0);
  writeCommon(header, 4, version);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

/** Writes what both headers of an entry say before its checksum. */
function writeCommon(header: Buffer, at: number, version: number): void {
  header.writeUInt16LE(version, at);
  header.writeUInt16LE(FLAGS, at + 2);
  header.writeUInt16LE(DEFLATE, at + 4);
  header.writeUInt16LE(DOS_TIME, at + 6);
  header.writeUInt16LE(DOS_DATE, at + 8);
}

/** Sizes have eight bytes if one of them needs them, as in archives that Go writes. */
function dataDescriptor({ crc, size, compressed }: Pick<Written, 'crc' | 'size' | 'compressed'>): Buffer {
  const isLarge = Math.max(size, compressed) >= IN_ZIP64;
  const descriptor = Buffer.alloc(isLarge ? 24 : 16);
  descriptor.writeUInt32LE(DATA_DESCRIPTOR, 0);
  descriptor.writeUInt32LE(crc, 4);
  if (isLarge) {
    descriptor.writeBigUInt64LE(BigInt(compressed), 8);
    descriptor.writeBigUInt64LE(BigInt(size), 16);
  } else {
    descriptor.writeUInt32LE(compressed, 8);
    descriptor.writeUInt32LE(size, 12);
  }
  return descriptor;
}

function centralHeader({ name, version, offset, crc, size, compressed }: Written): Buffer {
  // In this order (APPNOTE, 4.5.3), and only those that are too large for their own field.
  const large = [size, compressed, offset].filter((value) => value >= IN_ZIP64);
  const extra = Buffer.alloc(large.length === 0 ? 0 : 4 + 8 * large.length);
  if (large.length > 0) {
    extra.writeUInt16LE(ZIP64_FIELD, 0);
    extra.writeUInt16LE(8 * large.length, 2);
    for (const [at, value] of large.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * at);
  }
  const header = Buffer.alloc(46);
  header.writeUInt32LE(CENTRAL_HEADER, 0);
  header.writeUInt16LE(version, 4);
  writeCommon(header, 6, version);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(Math.min(compressed, IN_ZIP64), 20);
  header.writeUInt32LE(Math.min(size, IN_ZIP64), 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(Math.min(offset, IN_ZIP64), 42);
  return Buffer.concat([header, name, extra]);
}

/** Returns the end of an archive: where its central directory is. */
function endOf(entries: number, directorySize: number, directoryOffset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(directorySize, 12);
  end.writeUInt32LE(Math.min(directoryOffset, IN_ZIP64), 16);
  if (directoryOffset < IN_ZIP64) return end;
  const large = Buffer.alloc(56);
  large.writeUInt32LE(ZIP64_END, 0);
  // The size of the rest of this record.
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(ZIP64_VERSION, 12);
  large.writeUInt16LE(ZIP64_VERSION, 14);
  large.writeBigUInt64LE(BigInt(entries), 24);
  large.writeBigUInt64LE(BigInt(entries), 32);
  large.writeBigUInt64LE(BigInt(directorySize), 40);
  large.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(ZIP64_LOCATOR, 0);
  locator.writeBigUInt64LE(BigInt(directoryOffset + directorySize), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([large, locator, end]);
}
