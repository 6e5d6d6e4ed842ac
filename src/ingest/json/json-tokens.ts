import { Unreadable } from '../rows/fault.ts';

/** The tokens of JSON (RFC 8259): each punctuator, and five kinds of values. */
export type JsonToken = '{' | '}' | '[' | ']' | ':' | ',' | 'string' | 'number' | 'true' | 'false' | 'null';

const QUOTE = 34;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const UNFINISHED_NUMBER = /[-+.eE\d]*/y;
const CONTROL = /[^ -\uffff]/g;

/** Splits JSON into tokens piece by piece. Numbers stay text, so that no digit is lost; strings are unescaped and otherwise unchanged. */
export class JsonTokens {
  #text = '';
  #at = 0;
  #last = false;
  /** The position from which to continue the search for the closing quote of the current string. */
  #closing = 0;
  /** The positions of the next backslash and the next control character, each searched once. */
  #backslash = -1;
  #control = -1;
  #start = 0;

  /** The text of the string or number that `next` returned. */
  value = '';

  /** Takes the next piece of the file. `last`: no other piece follows. */
  add(piece: string, last: boolean): void {
    this.#closing = Math.max(0, this.#closing - this.#at);
    this.#text = this.#text.slice(this.#at) + piece;
    this.#at = 0;
    this.#last = last;
    this.#backslash = this.#control = -1;
  }

  /** The minimum number of bytes in the value of an incomplete token; the longest escape takes six bytes for one. */
  get pendingBytes(): number {
    const characters = this.#text.length - this.#at;
    return this.#text.charCodeAt(this.#at) === QUOTE ? Math.floor((characters - 1) / 6) : characters;
  }

  /** The token that `next` returned, as it is in the text. */
  get raw(): string {
    return this.#text.slice(this.#start, this.#at);
  }

  /** Returns the next token; null at the end of the text, or if the token is incomplete and another piece follows. */
  next(): JsonToken | null {
    const text = this.#text;
    let at = this.#at;
    let code = text.charCodeAt(at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at);
    this.#at = this.#start = at;
    if (at >= text.length) return null;
    if (code === QUOTE) return this.#string(text, at);
    if (code === 45 || (code >= 48 && code <= 57)) return this.#number(text, at);
    const character = text.charAt(at);
    switch (character) {
      case '{':
      case '}':
      case '[':
      case ']':
      case ':':
      case ',':
        this.#at = at + 1;
        return character;
      case 't':
        return this.#word(text, at, 'true');
      case 'f':
        return this.#word(text, at, 'false');
      case 'n':
        return this.#word(text, at, 'null');
    }
    throw noToken(text, at);
  }

  #string(text: string, at: number): JsonToken | null {
    if (this.#backslash < at) this.#backslash = after(text.indexOf('\\', at), text);
    let close = text.indexOf('"', Math.max(at + 1, this.#closing));
    while (close > this.#backslash && escaped(text, close, at)) close = text.indexOf('"', close + 1);
    if (close === -1) {
      if (this.#last) throw new Unreadable('invalid JSON: a string is never closed; the file may be truncated');
      this.#closing = text.length;
      return null;
    }
    if (this.#control < at) {
      CONTROL.lastIndex = at;
      this.#control = CONTROL.exec(text)?.index ?? text.length;
    }
    if (this.#control < close) {
      throw new Unreadable(
        'invalid JSON: a string contains a line break or another control character that is not escaped',
      );
    }
    this.value = text.slice(at + 1, close);
    if (this.#backslash < close) this.value = unescaped(text.slice(at, close + 1));
    this.#at = this.#closing = close + 1;
    return 'string';
  }

  #number(text: string, at: number): JsonToken | null {
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text)?.[0] ?? '';
    UNFINISHED_NUMBER.lastIndex = at;
    UNFINISHED_NUMBER.test(text);
    const end = UNFINISHED_NUMBER.lastIndex;
    if (end === text.length && !this.#last) return null;
    if (at + number.length !== end) {
      throw new Unreadable(`invalid JSON: ${JSON.stringify(text.slice(at, Math.min(end, at + 80)))} is not a number`);
    }
    this.value = number;
    this.#at = end;
    return 'number';
  }

  #word<Word extends JsonToken>(text: string, at: number, word: Word): Word | null {
    const found = text.slice(at, at + word.length);
    if (found === word) {
      this.#at = at + word.length;
      return word;
    }
    if (!this.#last && word.startsWith(found)) return null;
    throw noToken(text, at);
  }
}

function after(at: number, text: string): number {
  return at === -1 ? text.length : at;
}

function noToken(text: string, at: number): Unreadable {
  const character = JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0));
  return new Unreadable(`invalid JSON: ${character} begins neither a value nor a key`);
}

/** Whether a quote is escaped, that is, follows an odd number of backslashes. */
function escaped(text: string, quote: number, start: number): boolean {
  let at = quote - 1;
  while (at > start && text[at] === '\\') at -= 1;
  return (quote - 1 - at) % 2 === 1;
}

function unescaped(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    throw new Unreadable('invalid JSON: a backslash in a string is followed by a character that it can’t escape');
  }
}
