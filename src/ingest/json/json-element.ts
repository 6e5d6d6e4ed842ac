import { FIELDS } from '../../domain/fields.ts';
import { MAX_COLUMNS, MAX_RECORD_BYTES, MAX_VALUE_BYTES } from '../../domain/import/record-limits.ts';
import { type RecordFault, shortText, Unreadable } from '../rows/fault.ts';
import {
  oversized,
  oversizedValue,
  recordBytes,
  SMALL_RECORD,
  tooLargeRecord,
  tooLargeValue,
  tooManyColumns,
} from '../rows/limits.ts';
import { type JsonHandler, JsonText } from './json-handler.ts';
import { type Member, Members, NO_MEMBER, shortKey, tooLarge } from './json-members.ts';
import { type JsonToken, JsonTokens } from './json-tokens.ts';

/** An element of an extract in JSON. */
export interface JsonElement {
  /** Its number, from 1. */
  readonly number: number;
  /** Null if it is not an object; otherwise the values as text in the order of FIELDS, with nested values as JSON. */
  readonly cells: (string | null)[] | null;
  readonly faults: RecordFault[];
  /** The keys that are no field, cut if they are long. */
  readonly unknown: string[];
}

/** The state that the handlers of a file share. */
export class JsonFile {
  readonly tokens = new JsonTokens();
  readonly members = new Members();
  /** The number of elements begun. */
  count = 0;
  /** By field index: whether any element had the field's key. */
  seen: boolean[] = [];
  /** Receives the complete elements. */
  elements: JsonElement[] = [];

  /** Starts counting anew, because the first object is not a row but contains the rows. */
  restart(): void {
    this.count = 0;
    this.seen = [];
  }
}

/** A sequence of elements: an array, or the root. */
export abstract class JsonSequence implements JsonHandler {
  readonly member = NO_MEMBER;
  protected readonly file: JsonFile;

  constructor(file: JsonFile) {
    this.file = file;
  }

  open(token: JsonToken): JsonHandler {
    return token === '{' ? new ObjectElement(this.file, this) : new OtherElement(this.file, this).open();
  }

  scalar(): void {
    new OtherElement(this.file, this).scalar();
  }

  abstract close(): JsonHandler;

  key(): void {}

  mark(): void {}
}

/** An element that is not an object, and so not a row. */
class OtherElement extends JsonText {
  readonly member = NO_MEMBER;
  readonly #file: JsonFile;
  readonly #parent: JsonHandler;
  readonly #number: number;

  constructor(file: JsonFile, parent: JsonHandler) {
    super(file.tokens);
    this.#file = file;
    this.#parent = parent;
    file.count += 1;
    this.#number = file.count;
  }

  protected grow(_token: string, length: number): void {
    if (length > MAX_RECORD_BYTES) throw tooLarge(tooLargeRecord(MAX_RECORD_BYTES + 1, false), NO_MEMBER);
    if (length > MAX_VALUE_BYTES) throw tooLarge(tooLargeValue(MAX_VALUE_BYTES + 1, false), NO_MEMBER);
  }

  protected end(text: string): JsonHandler {
    const number = this.#number;
    const reason = 'this is not an object with the keys of a row';
    const faults = [{ line: number, column: null, value: shortText(text), reason }];
    this.#file.elements.push({ number, cells: null, faults, unknown: [] });
    return this.#parent;
  }
}

/** An element that is an object. Collects the values of a row. */
export class ObjectElement implements JsonHandler {
  member: Member = NO_MEMBER;
  protected readonly file: JsonFile;
  readonly #parent: JsonHandler;
  readonly #number: number;
  readonly #cells: (string | null)[] = new Array<string | null>(FIELDS.length).fill(null);
  readonly #faults: RecordFault[] = [];
  readonly #unknown: string[] = [];
  /** By field index: whether the element had the field's key. */
  readonly #seen: boolean[] = [];
  #keyCount = 0;
  /** The number of characters of its values. Each takes at least one byte. */
  #characters = 0;
  /** The bytes of the values that are not among its cells. */
  #otherBytes = 0;

  constructor(file: JsonFile, parent: JsonHandler) {
    this.file = file;
    this.#parent = parent;
    file.count += 1;
    this.#number = file.count;
  }

  /** Whether it had the key of any field. */
  get hasFields(): boolean {
    return this.#seen.length > 0;
  }

  key(): void {
    const key = this.file.tokens.value;
    this.member = this.file.members.of(key);
    this.#keyCount += 1;
    if (this.#keyCount > MAX_COLUMNS) throw new Unreadable(tooManyColumns(this.#keyCount, 'key', false));
    this.#requireSmall(key);
    if (this.member.fieldIndex === -1) this.#unknown.push(shortKey(key));
  }

  scalar(token: JsonToken): void {
    const { value } = this.file.tokens;
    switch (token) {
      case 'string':
      case 'number':
        this.grow(value);
        this.#take(value);
        break;
      case 'null':
        this.#take(null);
        break;
      default:
        this.#takeBoolean(token);
    }
  }

  open(_token: JsonToken): JsonHandler {
    return new NestedValue(this.file.tokens, this).open();
  }

  /** Takes the value of the current member if it is an object or an array. `text`: its JSON. */
  takeNested(text: string): void {
    if (this.member.fieldIndex !== -1) this.#fault(text, 'a value can’t be an object or an array');
    this.#take(text);
  }

  mark(token: JsonToken): void {
    if (token === ',') this.member = NO_MEMBER;
  }

  close(): JsonHandler {
    if (this.#characters > SMALL_RECORD) this.#measure();
    this.file.elements.push({
      number: this.#number,
      cells: this.#cells,
      faults: this.#faults,
      unknown: this.#unknown,
    });
    return this.#parent;
  }

  /** Counts a value, or a token within a nested value. Throws if the record becomes too large. */
  grow(text: string): void {
    this.#characters += text.length;
    if (this.#characters > MAX_RECORD_BYTES) throw tooLarge(tooLargeRecord(MAX_RECORD_BYTES + 1, false), this.member);
  }

  #takeBoolean(token: JsonToken): void {
    const { fieldIndex } = this.member;
    if (fieldIndex === -1) return;
    const kind = FIELDS[fieldIndex]?.kind;
    if (kind === 'text' || kind === 'identifier') this.#fault(token, `${token} is not text; put it in quotes`);
    this.#take(token);
  }

  /** Takes the value of the current member. The value of an unknown key counts only towards the size of the record. */
  #take(value: string | null): void {
    const { fieldIndex } = this.member;
    if (fieldIndex === -1) {
      if (value === null) return;
      this.#otherBytes += Buffer.byteLength(value);
      this.#requireSmall(value);
      return;
    }
    if (this.#seen[fieldIndex] === true) this.#fault(value, 'the key appears twice in this element');
    this.#seen[fieldIndex] = true;
    this.file.seen[fieldIndex] = true;
    this.#cells[fieldIndex] = value;
  }

  /** Refuses the element if the current key or its value is too large. */
  #requireSmall(text: string): void {
    const fault = oversizedValue(this.#number, this.member.key, text);
    if (fault !== null) this.#faults.push(fault);
  }

  /** Records a fault of the current value, at most one per field. */
  #fault(value: string | null, reason: string): void {
    const column = FIELDS[this.member.fieldIndex]?.key ?? null;
    if (this.#faults.some((fault) => fault.column === column)) return;
    this.#faults.push({ line: this.#number, column, value: value === null ? null : shortText(value), reason });
  }

  /** Checks the sizes of a large element in bytes. */
  #measure(): void {
    const bytes = recordBytes(this.#cells) + this.#otherBytes;
    if (bytes > MAX_RECORD_BYTES) throw new Unreadable(tooLargeRecord(bytes, true));
    for (const fault of oversized(this.#number, this.#cells, (at) => FIELDS[at]?.key ?? ''))
      if (!this.#faults.some(({ column }) => column === fault.column)) this.#faults.push(fault);
  }
}

/** An object or an array as the value of a member. */
class NestedValue extends JsonText {
  readonly #element: ObjectElement;

  constructor(tokens: JsonTokens, element: ObjectElement) {
    super(tokens);
    this.#element = element;
  }

  get member(): Member {
    return this.#element.member;
  }

  protected grow(token: string, length: number): void {
    this.#element.grow(token);
    // The value of an unknown key may be the object around the rows. It refuses only its row, and is bounded by the record's limit.
    if (length > MAX_VALUE_BYTES && this.member.fieldIndex !== -1)
      throw tooLarge(tooLargeValue(MAX_VALUE_BYTES + 1, false), this.member);
  }

  protected end(text: string): JsonHandler {
    this.#element.takeNested(text);
    return this.#element;
  }
}
