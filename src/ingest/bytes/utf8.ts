import { isAscii, isUtf8 } from 'node:buffer';
import { Unreadable } from '../rows/fault.ts';
import { blocks } from './blocks.ts';
import { yieldEventLoop } from './event-loop.ts';

/**
 * Decodes UTF-8 strictly into pieces of about 64 KiB, whatever the size of the chunks, and removes the byte order mark. At the first byte
 * that is not UTF-8 it yields the text before it and then throws Unreadable.
 */
export async function* decodeUtf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let first = true;
  let rest: Uint8Array = new Uint8Array();
  for await (const block of blocks(bytes)) {
    await yieldEventLoop();
    const joined = rest.length === 0 ? block : Buffer.concat([rest, block]);
    const end = completeCharacters(joined);
    yield* decoded(joined.subarray(0, end), first);
    first &&= end === 0;
    rest = joined.subarray(end);
  }
  if (rest.length > 0) yield* decoded(rest, first);
}

function* decoded(bytes: Uint8Array, first: boolean): Generator<string> {
  if (bytes.length === 0) return;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = first && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
  // A Latin-1 string takes half the memory, and V8 searches and slices it fastest.
  if (isAscii(buffer)) yield buffer.toString('latin1');
  else if (isUtf8(buffer)) yield buffer.toString('utf8', start);
  else {
    const bad = firstBadByte(buffer);
    yield buffer.toString('utf8', start, bad);
    const byte = (buffer[bad] ?? 0).toString(16).toUpperCase().padStart(2, '0');
    throw new Unreadable(`the byte 0x${byte} is not UTF-8; save the file as UTF-8`);
  }
}

/** Returns the position of the last character if it is incomplete, otherwise the end. */
function completeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return lengthBy(byte) > back ? bytes.length - back : bytes.length;
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/** Returns the length in bytes of the character that begins with this byte (RFC 3629). */
function lengthBy(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function firstBadByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = lengthBy(bytes[at] ?? 0);
    if (!isUtf8(bytes.subarray(at, at + length))) return at;
    at += length;
  }
  return at;
}
