import type { Member } from './json-members.ts';
import type { JsonToken, JsonTokens } from './json-tokens.ts';

/** Handles the tokens in one object or array, or at the root. `open` and `close` return the handler of the following tokens. */
export interface JsonHandler {
  /** The current member; NO_MEMBER outside of one. */
  readonly member: Member;
  /** An object or an array begins. */
  open(token: JsonToken): JsonHandler;
  /** The handler’s own object or array ends. */
  close(): JsonHandler;
  /** A key; its text is the value of the tokens. */
  key(): void;
  /** A string, a number, true, false or null. */
  scalar(token: JsonToken): void;
  /** A comma or a colon. */
  mark(token: JsonToken): void;
}

/** Collects one value, with everything nested in it, as JSON without blanks. */
export abstract class JsonText implements JsonHandler {
  readonly #tokens: JsonTokens;
  #text = '';
  #depth = 0;

  abstract readonly member: Member;

  constructor(tokens: JsonTokens) {
    this.#tokens = tokens;
  }

  /** Called before a token is added, with the resulting length of the text; throws if that is too long. */
  protected abstract grow(token: string, length: number): void;

  /** Called with the complete text. Returns the handler of the following tokens. */
  protected abstract end(text: string): JsonHandler;

  open(): this {
    this.#depth += 1;
    this.#keep();
    return this;
  }

  close(): JsonHandler {
    this.#depth -= 1;
    this.#keep();
    return this.#depth === 0 ? this.end(this.#text) : this;
  }

  key(): void {
    this.#keep();
  }

  scalar(): void {
    this.#keep();
    if (this.#depth === 0) this.end(this.#text);
  }

  mark(): void {
    this.#keep();
  }

  #keep(): void {
    const token = this.#tokens.raw;
    this.grow(token, this.#text.length + token.length);
    this.#text += token;
  }
}
