import { FIELDS, type FieldKey } from '../../domain/fields.ts';
import { MAX_VALUE_BYTES } from '../../domain/import/record-limits.ts';
import { BATCH_SIZE } from '../bytes/batches.ts';
import { Unreadable } from '../rows/fault.ts';
import { tooLargeValue } from '../rows/limits.ts';
import { type JsonElement, JsonFile, JsonSequence, ObjectElement } from './json-element.ts';
import { JsonGrammar } from './json-grammar.ts';
import type { JsonHandler } from './json-handler.ts';
import { type Member, NO_MEMBER, tooLarge } from './json-members.ts';
import type { JsonToken } from './json-tokens.ts';

/**
 * Reads the elements of `{"content":[…]}` (other keys are skipped), of an array, or of consecutive objects (NDJSON), piece by piece. Keys
 * are matched as CSV headers are.
 */
export class JsonElements {
  readonly #grammar = new JsonGrammar();
  readonly #file = new JsonFile();
  #handler: JsonHandler = new Root(this.#file);

  /** The number of the last element read. */
  get number(): number {
    return Math.max(1, this.#file.count);
  }

  /** The fields that no element had; empty if there was no element. */
  get missing(): readonly FieldKey[] {
    const { count, seen } = this.#file;
    return count === 0 ? [] : FIELDS.filter((_, fieldIndex) => !seen[fieldIndex]).map(({ key }) => key);
  }

  /**
   * Adds the elements that the next piece completes to `elements`, even if it throws Unreadable. Returns false if it stopped because the
   * batch is full: call it again with an empty piece before the next one.
   */
  read(piece: string, last: boolean, elements: JsonElement[]): boolean {
    const { tokens } = this.#file;
    this.#file.elements = elements;
    tokens.add(piece, last);
    for (let token = tokens.next(); token !== null; token = tokens.next()) {
      switch (this.#grammar.accept(token)) {
        case 'open':
          this.#handler = this.#handler.open(token);
          break;
        case 'close':
          this.#handler = this.#handler.close();
          break;
        case 'key':
          this.#handler.key();
          break;
        case 'scalar':
          this.#handler.scalar(token);
          break;
        case 'mark':
          this.#handler.mark(token);
      }
      if (elements.length >= BATCH_SIZE) return false;
    }
    if (tokens.pendingBytes > MAX_VALUE_BYTES)
      throw tooLarge(tooLargeValue(MAX_VALUE_BYTES + 1, false), this.#handler.member);
    if (last) this.#grammar.end();
    return true;
  }
}

/** The key of the rows in `{"content":[…]}`. */
const CONTENT = 'content';

/** The root of a file. The first array or object determines the form of the file. */
class Root extends JsonSequence {
  /** Whether an array or an object has begun. */
  #hasBegun = false;
  /** Whether it contains all rows, so that nothing may follow it. */
  #holdsAll = false;

  override open(token: JsonToken): JsonHandler {
    this.#refuseMore();
    const isFirst = !this.#hasBegun;
    this.#hasBegun = true;
    if (isFirst && token === '[') return this.openRows(this);
    if (isFirst && this.file.count === 0) return new FirstObject(this.file, this);
    return super.open(token);
  }

  /** Begins the array that contains all rows. `parent` handles what follows it. */
  openRows(parent: JsonHandler): JsonHandler {
    this.#holdsAll = true;
    return new Rows(this.file, parent);
  }

  override scalar(): void {
    this.#refuseMore();
    super.scalar();
  }

  close(): never {
    throw new Error('the grammar lets nothing end at the root');
  }

  #refuseMore(): void {
    if (this.#holdsAll) throw new Unreadable('invalid JSON: there is more text after its end');
  }
}

/** The array that contains the rows. */
class Rows extends JsonSequence {
  readonly #parent: JsonHandler;

  constructor(file: JsonFile, parent: JsonHandler) {
    super(file);
    this.#parent = parent;
  }

  close(): JsonHandler {
    return this.#parent;
  }
}

/** The first object of a file: the first row, unless it turns out to contain the rows. */
class FirstObject extends ObjectElement {
  readonly #root: Root;

  constructor(file: JsonFile, root: Root) {
    super(file, root);
    this.#root = root;
  }

  override open(token: JsonToken): JsonHandler {
    if (token !== '[' || this.member.key !== CONTENT) return super.open(token);
    this.file.restart();
    return this.#root.openRows(new AfterRows(this.file, this.#root));
  }

  override close(): JsonHandler {
    if (!this.hasFields)
      throw new Unreadable('this is not an extract; it must be {"content":[…]}, an array of rows, or one row per line');
    return super.close();
  }
}

/** Skips what follows the rows in the object that contains them. */
class AfterRows implements JsonHandler {
  member: Member = NO_MEMBER;
  readonly #file: JsonFile;
  readonly #root: Root;
  #depth = 0;

  constructor(file: JsonFile, root: Root) {
    this.#file = file;
    this.#root = root;
  }

  key(): void {
    if (this.#depth === 0) this.member = { key: this.#file.tokens.value, fieldIndex: -1 };
  }

  open(token: JsonToken): JsonHandler {
    if (token === '[' && this.#depth === 0 && this.member.key === CONTENT)
      throw new Unreadable('the key "content" appears twice');
    this.#depth += 1;
    return this;
  }

  close(): JsonHandler {
    if (this.#depth === 0) return this.#root;
    this.#depth -= 1;
    return this;
  }

  mark(token: JsonToken): void {
    if (token === ',' && this.#depth === 0) this.member = NO_MEMBER;
  }

  scalar(): void {}
}
