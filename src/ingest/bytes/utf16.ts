import { Unreadable } from '../rows/fault.ts';
import { blocks } from './blocks.ts';
import { yieldEventLoop } from './event-loop.ts';

/**
 * Decodes UTF-16 strictly into pieces, whatever the size of the chunks, and removes the byte order mark. Where the bytes are not UTF-16 (half
 * of a surrogate pair, half of a code unit) it throws Unreadable.
 */
export async function* decodeUtf16(
  bytes: AsyncIterable<Uint8Array>,
  order: 'utf-16le' | 'utf-16be',
): AsyncGenerator<string> {
  const decoder = new TextDecoder(order, { fatal: true });
  const decode = (block?: Uint8Array): string => {
    try {
      return block === undefined ? decoder.decode() : decoder.decode(block, { stream: true });
    } catch {
      throw new Unreadable(
        'the bytes from here on are not UTF-16, as the byte order mark says; save the file as UTF-8',
      );
    }
  };
  for await (const block of blocks(bytes)) {
    await yieldEventLoop();
    const text = decode(block);
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}
