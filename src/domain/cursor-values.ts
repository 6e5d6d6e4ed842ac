import { hash } from 'node:crypto';
import { isValidColumnText } from './values/valid-column-text.ts';

/**
 * A long text as a cursor carries it. A cursor must fit into a URL, but a text of an extract can have a megabyte. The cursor therefore
 * holds both ends of a long text and a hash of everything before its tail. `src/db/query/pages/exact-keyset.ts` finds the text again.
 */
export interface ShortenedText {
  /** The start of the text. */
  readonly prefix: string;
  /** The number of characters (code points) before the tail, and 128 bits of the SHA-256 of their UTF-8, in hexadecimal. */
  readonly characters: number;
  readonly hash: string;
  /** The end of the text. */
  readonly tail: string;
}

/** A value of a keyset; null for a missing value. */
export type CursorValue = string | null | ShortenedText;

/** Bytes of JSON: of the longest text that a cursor holds whole, and of the prefix and tail of longer texts. */
const MAX_TEXT_BYTES = 256;
const PREFIX_BYTES = 96;
const TAIL_BYTES = 64;
/** Minimum number of characters of a prefix. A shorter prefix would match many texts. */
const MIN_PREFIX = Math.floor(PREFIX_BYTES / 6);

const bytesOf = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

/** Writes values as elements of a flat list. A shortened text takes several: its number of characters, then its parts. */
export const writeCursorValues = (values: readonly (string | null)[]): (string | number | null)[] =>
  values.flatMap((value) => {
    // A character takes 1 to 6 bytes in JSON.
    if (value === null || (value.length <= MAX_TEXT_BYTES && bytesOf(value) <= MAX_TEXT_BYTES)) return [value];
    const { prefix, characters, hash, tail } = shortenText(value);
    return [characters, prefix, hash, tail];
  });

/**
 * Reads what `writeCursorValues` wrote for the same order. Also accepts whole texts of any length, as older cursors had them. Returns null
 * for any other list. `order`: the types of the sort keys.
 */
export function readCursorValues(
  list: readonly unknown[],
  order: readonly { readonly type: string; readonly nullable: boolean }[],
): CursorValue[] | null {
  const remaining = [...list];
  const values: CursorValue[] = [];
  for (const { type, nullable } of order) {
    const value = remaining.shift();
    if (value === null ? nullable : typeof value === 'string' && isValidColumnText(value, type)) {
      values.push(value as string | null);
      continue;
    }
    const text = type === 'text' && typeof value === 'number' ? readShortened(value, remaining.splice(0, 3)) : null;
    if (text === null) return null;
    values.push(text);
  }
  return remaining.length === 0 ? values : null;
}

function readShortened(characters: number, parts: readonly unknown[]): ShortenedText | null {
  const [prefix, hash, tail] = parts;
  if (typeof prefix !== 'string' || typeof hash !== 'string' || typeof tail !== 'string') return null;
  const isWhole =
    Number.isInteger(characters) &&
    characters > 0 &&
    characters < 2 ** 31 &&
    /^[\da-f]{32}$/.test(hash) &&
    isValidColumnText(prefix, 'text') &&
    isValidColumnText(tail, 'text') &&
    [...prefix.slice(0, 2 * MIN_PREFIX)].length >= MIN_PREFIX;
  return isWhole ? { prefix, characters, hash, tail } : null;
}

function shortenText(text: string): ShortenedText {
  let end = 0;
  for (let bytes = 0; ; ) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0);
    bytes += bytesOf(character);
    if (bytes > PREFIX_BYTES) break;
    end += character.length;
  }
  let start = text.length;
  for (let bytes = 0; ; ) {
    const isPair = /[\udc00-\udfff]/.test(text.charAt(start - 1));
    const character = text.slice(start - (isPair ? 2 : 1), start);
    bytes += bytesOf(character);
    if (bytes > TAIL_BYTES) break;
    start -= character.length;
  }
  const head = text.slice(0, start);
  return {
    prefix: text.slice(0, end),
    characters: charactersOf(head),
    hash: hash('sha256', head, 'hex').slice(0, 32),
    tail: text.slice(start),
  };
}

/** Returns the number of code points. */
function charactersOf(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) if ((text.charCodeAt(index) & 0xfc00) !== 0xdc00) count++;
  return count;
}
