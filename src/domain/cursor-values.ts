import { hash } from 'node:crypto';
import { isStored } from './values/stored.ts';

/**
 * The values that place a row in an order, as a cursor carries them. A cursor goes into an address, and a text of an extract may have a
 * megabyte: of a long one it has both ends, and a hash of what stands before the last. `src/db/query/exact-keyset.ts` finds the text again.
 */
export interface ShortenedText {
  /** How it begins. */
  readonly prefix: string;
  /** The number of characters (code points) of all but the tail, and 128 bits of the SHA-256 of their UTF-8, in hex. */
  readonly characters: number;
  readonly hash: string;
  /** How it ends. */
  readonly tail: string;
}

/** Null where the row states nothing. */
export type CursorValue = string | null | ShortenedText;

/** Bytes of JSON of the longest text that stands in a cursor as it is, and of the ends of those that don't. */
const MAX_TEXT_BYTES = 256;
const PREFIX_BYTES = 96;
const TAIL_BYTES = 64;
/** Characters that a prefix has at least; fewer would be that of many texts. */
const MIN_PREFIX = Math.floor(PREFIX_BYTES / 6);

const bytesOf = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

/** Values as elements of a flat list: a shortened text is its number of characters, and after that its parts. */
export const writeCursorValues = (values: readonly (string | null)[]): (string | number | null)[] =>
  values.flatMap((value) => {
    // A character has 1 to 6 bytes in JSON.
    if (value === null || (value.length <= MAX_TEXT_BYTES && bytesOf(value) <= MAX_TEXT_BYTES)) return [value];
    const { prefix, characters, hash, tail } = shortenText(value);
    return [characters, prefix, hash, tail];
  });

/**
 * Reads what `writeCursorValues` wrote of rows in the same order, of whose keys the types are known; also texts of any length, as cursors had
 * them before. Null where it is anything else.
 */
export function readCursorValues(
  list: readonly unknown[],
  order: readonly { readonly type: string; readonly nullable: boolean }[],
): CursorValue[] | null {
  const rest = [...list];
  const values: CursorValue[] = [];
  for (const { type, nullable } of order) {
    const value = rest.shift();
    if (value === null ? nullable : typeof value === 'string' && isStored(value, type)) {
      values.push(value as string | null);
      continue;
    }
    const text = type === 'text' && typeof value === 'number' ? readShortened(value, rest.splice(0, 3)) : null;
    if (text === null) return null;
    values.push(text);
  }
  return rest.length === 0 ? values : null;
}

function readShortened(characters: number, parts: readonly unknown[]): ShortenedText | null {
  const [prefix, hash, tail] = parts;
  if (typeof prefix !== 'string' || typeof hash !== 'string' || typeof tail !== 'string') return null;
  const isWhole =
    Number.isInteger(characters) &&
    characters > 0 &&
    characters < 2 ** 31 &&
    /^[\da-f]{32}$/.test(hash) &&
    isStored(prefix, 'text') &&
    isStored(tail, 'text') &&
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

/** The number of code points. */
function charactersOf(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) !== 0xdc00) count++;
  return count;
}
