import { firstBytes, type Lookahead } from './lookahead.ts';
import { decodeUtf8 } from './utf8.ts';
import { decodeUtf16 } from './utf16.ts';

/** The text of a file, and how it was written. */
export interface DecodedText {
  readonly encoding: 'UTF-8' | 'UTF-16';
  /** Whether it begins with a byte order mark, which the text does not contain. */
  readonly hasMark: boolean;
  /** Throws Unreadable at the first byte that is not of the encoding, after the text before it. */
  readonly text: AsyncIterable<string>;
}

/** Decodes a file as its byte order mark says (the Unicode Standard, 23.8); without one as UTF-8. */
export async function decodeText(bytes: Lookahead<Uint8Array>): Promise<DecodedText> {
  const [first, second, third] = await firstBytes(bytes, 3);
  if (first === 0xff && second === 0xfe)
    return { encoding: 'UTF-16', hasMark: true, text: decodeUtf16(bytes, 'utf-16le') };
  if (first === 0xfe && second === 0xff)
    return { encoding: 'UTF-16', hasMark: true, text: decodeUtf16(bytes, 'utf-16be') };
  const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
  return { encoding: 'UTF-8', hasMark, text: decodeUtf8(bytes) };
}
