/**
 * The framing of a backup: a file of blocks, each a gzip member (RFC 1952), so that `zcat` reads the whole file. The member's extra field
 * contains the kind of the block, the number of bytes that follow, and the SHA-256 over the hash of the previous block and all of this one.
 * Changed bytes, missing, repeated or reordered blocks and truncation are thus detected before anything of a block is used.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import { Failure, shown } from '../../domain/errors.ts';

/** The kind of a block's content. */
export type BlockKind = 'header' | 'table' | 'rows' | 'end';

/** A block after reading. */
export interface Block {
  readonly kind: BlockKind;
  /** The position of its first byte in the file. */
  readonly offset: number;
  readonly content: Buffer;
}

/** The bytes of a backup, and its name in messages. */
export interface BackupSource {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Maximum size of a block's content in bytes. It bounds the memory of writer and reader. */
export const MAX_CONTENT_BYTES = 1 << 20;

/** Maximum size of a compressed block in bytes: incompressible content grows by less than the difference. */
const MAX_BLOCK_BODY_BYTES = MAX_CONTENT_BYTES + 4_096;

const BLOCK_KINDS: Readonly<Record<BlockKind, string>> = { header: 'H', table: 'T', rows: 'R', end: 'E' };

/** gzip, deflate, with an extra field, no time, no flags, system unknown; 41 bytes of extra field: subfield "IB" of 37 bytes. */
const PREFIX = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 41, 0, 0x49, 0x42, 37, 0]);
const KIND_AT = PREFIX.length;
const SIZE_AT = KIND_AT + 1;
const HASH_AT = SIZE_AT + 4;
const HASH_BYTES = 32;
const HEAD_BYTES = HASH_AT + HASH_BYTES;

/** The size of a gzip member's header as Node writes it, without an extra field. */
const PLAIN_HEAD_BYTES = 10;

/** The hash before the first block. */
const NO_HASH = Buffer.alloc(HASH_BYTES);

const compress = promisify<Buffer, { level: number }, Buffer>(gzip);
const decompress = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

const hashOf = (former: Buffer, head: Buffer, body: Buffer): Buffer =>
  createHash('sha256').update(former).update(head.subarray(KIND_AT, HASH_AT)).update(body).digest();

/** Encodes the blocks of one backup, in order. */
export class BlockEncoder {
  #hash: Buffer = NO_HASH;

  /** Returns the bytes of the next block. `content` has at most MAX_CONTENT_BYTES. */
  async encode(kind: BlockKind, content: Buffer): Promise<Buffer> {
    if (content.length > MAX_CONTENT_BYTES) throw new Error(`a block of ${content.length} bytes`);
    const body = (await compress(content, { level: constants.Z_BEST_SPEED })).subarray(PLAIN_HEAD_BYTES);
    const head = Buffer.alloc(HEAD_BYTES);
    PREFIX.copy(head);
    head.write(BLOCK_KINDS[kind], KIND_AT, 'latin1');
    head.writeUInt32LE(body.length, SIZE_AT);
    this.#hash = hashOf(this.#hash, head, body);
    this.#hash.copy(head, HASH_AT);
    return Buffer.concat([head, body]);
  }
}

/**
 * Reads the blocks of a backup. Each is verified before it is yielded, and the end of the iteration proves that nothing is missing.
 * @throws Failure INVALID_BACKUP, naming the source, the byte and what is wrong
 */
export async function* readBlocks({ name, bytes }: BackupSource): AsyncGenerator<Block, undefined> {
  const reader = new ExactReader(bytes);
  let hash: Buffer = NO_HASH;
  let kind: BlockKind | undefined;
  try {
    while (kind !== 'end') {
      const offset = reader.offset;
      const head = await reader.read(HEAD_BYTES);
      const size = sizeOf(head, offset, name);
      const body = await reader.read(size);
      if (body.length < size) throw shortContent(name, reader.offset);
      hash = hashOf(hash, head, body);
      if (!hash.equals(head.subarray(HASH_AT)))
        throw damaged(name, offset, `the SHA-256 of the ${HEAD_BYTES + size} bytes from there doesn’t match`);
      kind = kindOf(head);
      if (!kind) throw damaged(name, offset, 'the block there is of an unknown kind');
      yield { kind, offset, content: await contentOf(head, body, offset, name) };
    }
    if ((await reader.read(1)).length > 0) throw damaged(name, reader.offset - 1, 'the backup ends before that byte');
  } finally {
    await reader.close();
  }
}

/** Returns the failure of a damaged backup. `offset`: the position of the damage in bytes. */
export const damaged = (name: string, offset: number, what: string): Failure =>
  new Failure('INVALID_BACKUP', `${name} is damaged at byte ${offset}: ${what}.`);

const shortContent = (name: string, length: number): Failure =>
  new Failure(
    'INVALID_BACKUP',
    `${name} is cut off: it ends after ${length} bytes, and the rest of the backup is missing.`,
  );

/** Returns the size of a block's body from its header. */
function sizeOf(head: Buffer, offset: number, name: string): number {
  const prefix = head.subarray(0, PREFIX.length);
  if (!prefix.equals(PREFIX.subarray(0, prefix.length))) {
    if (offset > 0) throw damaged(name, offset, 'no block begins there');
    throw new Failure(
      'INVALID_BACKUP',
      `${name} is not a backup of this program: it begins with ${shown(printable(prefix))}.`,
    );
  }
  if (head.length < HEAD_BYTES) throw shortContent(name, offset + head.length);
  const size = head.readUInt32LE(SIZE_AT);
  if (size > MAX_BLOCK_BODY_BYTES)
    throw damaged(
      name,
      offset + SIZE_AT,
      `it declares a block of ${size} bytes; the maximum is ${MAX_BLOCK_BODY_BYTES}`,
    );
  return size;
}

const printable = (bytes: Buffer): string => bytes.toString('latin1').replace(/[\x7f-\xff]/g, '?');

function kindOf(head: Buffer): BlockKind | undefined {
  const letter = String.fromCharCode(head[KIND_AT] ?? 0);
  return (['header', 'table', 'rows', 'end'] as const).find((kind) => BLOCK_KINDS[kind] === letter);
}

async function contentOf(head: Buffer, body: Buffer, offset: number, name: string): Promise<Buffer> {
  try {
    return await decompress(Buffer.concat([head, body]), { maxOutputLength: MAX_CONTENT_BYTES });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw damaged(
      name,
      offset,
      `the block there can’t be decompressed into at most ${MAX_CONTENT_BYTES} bytes (${reason})`,
    );
  }
}

/** Reads an exact number of bytes from chunks of any size. */
class ExactReader {
  /** The number of bytes read. */
  offset = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#chunks = bytes[Symbol.asyncIterator]();
  }

  /** Returns `length` bytes; fewer only at the end. */
  async read(length: number): Promise<Buffer> {
    const parts = [this.#rest];
    let missing = length - this.#rest.length;
    while (missing > 0) {
      const { done, value } = await this.#chunks.next();
      if (done) break;
      parts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
      missing -= value.length;
    }
    const all = parts.length === 1 ? this.#rest : Buffer.concat(parts);
    const read = all.subarray(0, length);
    this.#rest = all.subarray(length);
    this.offset += read.length;
    return read;
  }

  /** Closes the source, even if it has more bytes. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
