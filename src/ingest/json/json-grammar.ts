import { Unreadable } from '../rows/fault.ts';
import type { JsonToken } from './json-tokens.ts';

/** The role of a token at its position. */
export type JsonRole = 'open' | 'close' | 'key' | 'scalar' | 'mark';

type Expected = 'value' | 'value or ]' | 'key or }' | 'key' | ':' | ', or }' | ', or ]';

/** No extract is nested more deeply, and the nesting must not fill the memory. */
const MAX_DEPTH = 1000;

/** Follows the grammar of JSON (RFC 8259) token by token. At the root one value may follow another, as in NDJSON. */
export class JsonGrammar {
  readonly #open: ('{' | '[')[] = [];
  #expected: Expected = 'value';

  /** The number of open objects and arrays. */
  get depth(): number {
    return this.#open.length;
  }

  /** Returns the token's role; `depth` is then the depth after it. Throws Unreadable if the token is not allowed here. */
  accept(token: JsonToken): JsonRole {
    const expected = this.#expected;
    switch (token) {
      case '{':
      case '[':
        if (expected !== 'value' && expected !== 'value or ]') return this.#fail(token);
        if (this.#open.length === MAX_DEPTH) throw new Unreadable(`the JSON is nested deeper than ${MAX_DEPTH} levels`);
        this.#open.push(token);
        this.#expected = token === '{' ? 'key or }' : 'value or ]';
        return 'open';
      case '}':
        if (expected !== 'key or }' && expected !== ', or }') return this.#fail(token);
        this.#open.pop();
        this.#afterValue();
        return 'close';
      case ']':
        if (expected !== 'value or ]' && expected !== ', or ]') return this.#fail(token);
        this.#open.pop();
        this.#afterValue();
        return 'close';
      case ',':
        if (expected !== ', or }' && expected !== ', or ]') return this.#fail(token);
        this.#expected = expected === ', or }' ? 'key' : 'value';
        return 'mark';
      case ':':
        if (expected !== ':') return this.#fail(token);
        this.#expected = 'value';
        return 'mark';
      default:
        if (expected === 'value' || expected === 'value or ]') {
          this.#afterValue();
          return 'scalar';
        }
        if (token !== 'string' || (expected !== 'key' && expected !== 'key or }')) return this.#fail(token);
        this.#expected = ':';
        return 'key';
    }
  }

  /** Call this at the end of the file. Throws Unreadable if a value is incomplete. */
  end(): void {
    if (this.#open.length > 0) throw new Unreadable('the JSON ends too early; the file may be truncated');
  }

  #afterValue(): void {
    const open = this.#open[this.#open.length - 1];
    this.#expected = open === undefined ? 'value' : open === '{' ? ', or }' : ', or ]';
  }

  #fail(token: JsonToken): never {
    const found = token === 'string' || token === 'number' ? `a ${token}` : JSON.stringify(token);
    throw new Unreadable(`invalid JSON: expected ${EXPECTED_NAMES[this.#expected]}, found ${found}`);
  }
}

const EXPECTED_NAMES: Record<Expected, string> = {
  value: 'a value',
  'value or ]': 'a value or "]"',
  'key or }': 'a key or "}"',
  key: 'a key',
  ':': '":"',
  ', or }': '"," or "}"',
  ', or ]': '"," or "]"',
};
