import { shown } from '../../domain/errors.ts';
import { FIELDS, type FieldKey } from '../../domain/fields.ts';
import { MAX_COLUMNS, MAX_RECORD_BYTES, MAX_VALUE_BYTES } from '../../domain/record-limits.ts';
import { detached } from '../../domain/values/detached.ts';
import { BATCH_SIZE } from '../bytes/batches.ts';
import { fieldIndexOf } from '../rows/columns.ts';
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
import { JsonGrammar } from './json-grammar.ts';
import { type JsonToken, JsonTokens } from './json-tokens.ts';

/** One element of an extract in JSON. */
export interface JsonElement {
  /** Its number, from 1. */
  readonly number: number;
  /** Null where it is no object. Else the values in the order of FIELDS as text: what is nested as JSON. */
  readonly cells: (string | null)[] | null;
  readonly faults: RecordFault[];
  /** The keys that no field has, cut where they are long. */
  readonly unknown: string[];
}

interface OpenElement extends JsonElement {
  /** The fields that were there. */
  readonly seen: boolean[];
  keyCount: number;
  /** The characters of its values, of which each is a byte or more. */
  characters: number;
  /** The bytes of those of its values that are not among its cells. */
  otherBytes: number;
}

/** The key that holds the rows in `{"content":[…]}`. */
const CONTENT = 'content';
/** The spellings of keys that are remembered, and their length: a file of ever other ones must not fill the memory. */
const MAX_CACHED_KEYS = { spellings: 1000, characters: 80 };

/**
 * Reads the elements of `{"content":[…]}` (whatever else stands in it is skipped), of an array, or of a file of objects
 * one after another (NDJSON), piece by piece. Keys are matched as CSV headers are.
 */
export class JsonElements {
  readonly #tokens = new JsonTokens();
  readonly #grammar = new JsonGrammar();
  readonly #fieldIndexes = new Map<string, number>();
  /** How many objects and arrays are around each element; null where there are no (more) elements. */
  #level: number | null = 0;
  /** Whether the elements stand in `content`, in an array at the root, or at the root. */
  #within: 'content' | 'array' | 'root' | null = null;
  #count = 0;
  #element: OpenElement | null = null;
  #key = '';
  #fieldIndex = -1;
  /** The nested value at hand, as JSON. */
  #nested: string | null = null;
  /** By place, the fields that any element had. */
  #seen: boolean[] = [];

  /** The number of the element that was read last. */
  get number(): number {
    return Math.max(1, this.#count);
  }

  /** The fields that no element had; none where there was no element. */
  get missing(): readonly FieldKey[] {
    return this.#count === 0 ? [] : FIELDS.filter((_, fieldIndex) => !this.#seen[fieldIndex]).map(({ key }) => key);
  }

  /**
   * Adds the elements that the next piece completes to `elements`, also where it throws Unreadable. Gives false where it left off because
   * these are enough for a batch: then it is to be called again, with '' for the piece, before the next one.
   */
  read(piece: string, last: boolean, elements: JsonElement[]): boolean {
    this.#tokens.add(piece, last);
    for (let token = this.#tokens.next(); token !== null; token = this.#tokens.next()) {
      switch (this.#grammar.accept(token)) {
        case 'open':
          this.#opened(token, this.#grammar.depth - 1);
          break;
        case 'close':
          this.#closed(this.#grammar.depth, elements);
          break;
        case 'key':
          this.#keep(this.#grammar.depth);
          if (this.#nested === null) this.#named(this.#tokens.value, this.#grammar.depth);
          break;
        case 'scalar':
          this.#scalar(token, this.#grammar.depth, elements);
          break;
        case 'mark':
          this.#keep(this.#grammar.depth);
          if (token === ',' && this.#endsMember(this.#grammar.depth)) this.#nextMember();
      }
      if (elements.length >= BATCH_SIZE) return false;
    }
    if (this.#tokens.pendingBytes > MAX_VALUE_BYTES) this.#tooLarge(tooLargeValue(MAX_VALUE_BYTES + 1, false));
    if (last) this.#grammar.end();
    return true;
  }

  #opened(token: JsonToken, level: number): void {
    if (this.#within === null && level === 0) {
      this.#within = token === '[' ? 'array' : 'root';
      if (token === '[') {
        this.#level = 1;
        return;
      }
    } else if (level === 0) this.#refuseMore();
    if (level === 1 && token === '[' && this.#key === CONTENT && this.#mayHaveContent()) {
      this.#within = 'content';
      this.#level = 2;
      this.#count = 0;
      this.#element = null;
      this.#seen = [];
      this.#nextMember();
    } else if (level === this.#level) {
      this.#begin(token === '{');
      if (token === '[') this.#nested = '';
    } else if (level - 1 === this.#level && this.#element?.cells != null) {
      this.#nested = '';
    }
    this.#keep(level + 1);
  }

  #closed(level: number, elements: JsonElement[]): void {
    this.#keep(level + 1);
    if (this.#level === null) return;
    if (level === this.#level) this.#finish(elements);
    else if (level === this.#level + 1 && this.#nested !== null && this.#element?.cells !== null) {
      if (this.#fieldIndex === -1) this.#passOver(this.#nested);
      else {
        this.#fault(this.#nested, 'a value can not be an object or an array');
        this.#value(this.#nested);
      }
      this.#nested = null;
    } else if (level === this.#level - 1) this.#level = null;
  }

  #named(key: string, level: number): void {
    if (this.#within === 'content' && level === 1) this.#key = key;
    if (level - 1 !== this.#level) return;
    this.#key = key;
    this.#fieldIndex = this.#fieldIndexOf(key);
    const element = this.#element;
    if (element === null) return;
    element.keyCount += 1;
    if (element.keyCount > MAX_COLUMNS) throw new Unreadable(tooManyColumns(element.keyCount, 'key', false));
    this.#requireSmall(element, key);
    if (this.#fieldIndex === -1) element.unknown.push(key.length > MAX_CACHED_KEYS.characters ? shortText(key) : key);
  }

  /** Whether a comma is one between members: of an element, or of the object around the rows. */
  #endsMember(depth: number): boolean {
    return depth - 1 === this.#level || (depth === 1 && this.#within === 'content');
  }

  /** What comes next is of no member, or of one whose key is still to come. */
  #nextMember(): void {
    this.#key = '';
    this.#fieldIndex = -1;
  }

  #scalar(token: JsonToken, level: number, elements: JsonElement[]): void {
    if (level === 0) this.#refuseMore();
    if (level === this.#level) {
      this.#begin(false);
      this.#nested = '';
      this.#keep(level);
      this.#finish(elements);
      return;
    }
    this.#keep(level);
    if (level - 1 !== this.#level || this.#element?.cells == null) return;
    if (token === 'string' || token === 'number') {
      this.#grow(this.#element, this.#tokens.value);
      if (this.#fieldIndex === -1) this.#passOver(this.#tokens.value);
    }
    if (this.#fieldIndex === -1) return;
    const kind = FIELDS[this.#fieldIndex]?.kind;
    const isBoolean = token === 'true' || token === 'false';
    if (isBoolean && (kind === 'text' || kind === 'identifier')) {
      this.#fault(token, `${token} is not text; put it in quotes`);
    }
    if (token === 'null') this.#value(null);
    else this.#value(isBoolean ? token : this.#tokens.value);
  }

  /** The first object at the root turns out to hold the rows; or, once it did, holds them a second time. */
  #mayHaveContent(): boolean {
    if (this.#within === 'content') throw new Unreadable('the key content stands twice');
    return this.#within === 'root' && this.#count === 1;
  }

  #refuseMore(): void {
    if (this.#within === 'array' || this.#within === 'content') {
      throw new Unreadable('broken JSON: something follows after its end');
    }
  }

  #begin(isObject: boolean): void {
    this.#count += 1;
    const cells = isObject ? new Array<string | null>(FIELDS.length).fill(null) : null;
    const sizes = { keyCount: 0, characters: 0, otherBytes: 0 };
    this.#element = { number: this.#count, cells, faults: [], unknown: [], seen: [], ...sizes };
    this.#nextMember();
  }

  #value(text: string | null): void {
    const element = this.#element;
    if (element?.cells == null) return;
    if (element.seen[this.#fieldIndex] === true) {
      this.#fault(text, 'the key stands twice in this element');
    } else {
      element.seen[this.#fieldIndex] = true;
      this.#seen[this.#fieldIndex] = true;
    }
    element.cells[this.#fieldIndex] = text;
  }

  #finish(elements: JsonElement[]): void {
    const element = this.#element;
    if (element === null) return;
    this.#element = null;
    if (element.cells === null) {
      const value = this.#nested ?? '';
      this.#nested = null;
      const reason = 'this is no object with the keys of a row';
      element.faults.push({ line: element.number, column: null, value: shortText(value), reason });
    } else if (element.seen.length === 0 && element.number === 1 && this.#within === 'root') {
      throw new Unreadable('this is no extract; it must be {"content":[…]}, an array of rows, or one row a line');
    }
    if (element.characters > SMALL_RECORD) this.#measure(element);
    this.#nextMember();
    elements.push(element);
  }

  /** Looks at the size of an element that is not small. */
  #measure({ number, cells, faults, otherBytes }: OpenElement): void {
    const bytes = recordBytes(cells ?? []) + otherBytes;
    if (bytes > MAX_RECORD_BYTES) throw new Unreadable(tooLargeRecord(bytes, true));
    for (const fault of oversized(number, cells ?? [], (at) => FIELDS[at]?.key ?? ''))
      if (!faults.some(({ column }) => column === fault.column)) faults.push(fault);
  }

  /** Counts a value of an object, or a token within a nested one. */
  #grow(element: OpenElement, text: string): void {
    element.characters += text.length;
    if (element.characters > MAX_RECORD_BYTES) this.#tooLarge(tooLargeRecord(MAX_RECORD_BYTES + 1, false));
  }

  /** Counts the value of a key that no field has. */
  #passOver(text: string): void {
    const element = this.#element;
    if (element === null) return;
    element.otherBytes += Buffer.byteLength(text);
    this.#requireSmall(element, text);
  }

  /** The key at hand or its value refuses the element where it is too large. */
  #requireSmall(element: OpenElement, text: string): void {
    const fault = oversizedValue(element.number, this.#key, text);
    if (fault !== null) element.faults.push(fault);
  }

  /** The element at hand has too much, in the member at hand. */
  #tooLarge(reason: string): never {
    const named = this.#fieldIndex === -1 && this.#key !== '' ? `${reason} (the value of ${shown(this.#key)})` : reason;
    throw new Unreadable(named, null, this.#fieldIndex === -1 ? null : this.#fieldIndex);
  }

  /** Something is wrong with the value at hand; one fault a field is enough. */
  #fault(value: string | null, reason: string): void {
    const column = FIELDS[this.#fieldIndex]?.key ?? null;
    const faults = this.#element?.faults;
    if (faults === undefined || faults.some((fault) => fault.column === column)) return;
    faults.push({ line: this.#count, column, value: value === null ? null : shortText(value), reason });
  }

  /** Counts the token inside of a nested value, `depth` deep, and keeps it as it stands. */
  #keep(depth: number): void {
    const element = this.#element;
    const isNested = this.#nested !== null || (this.#level !== null && depth > this.#level + 1);
    if (element === null || !isNested) return;
    this.#grow(element, this.#tokens.raw);
    if (this.#nested === null) return;
    this.#nested += this.#tokens.raw;
    // What no field has may stand around the rows, and only its row is refused for it; it has an end by the limit of the record.
    const isPassedOver = this.#fieldIndex === -1 && element.cells !== null;
    if (this.#nested.length > MAX_VALUE_BYTES && !isPassedOver)
      this.#tooLarge(tooLargeValue(MAX_VALUE_BYTES + 1, false));
  }

  #fieldIndexOf(key: string): number {
    const known = this.#fieldIndexes.get(key);
    if (known !== undefined) return known;
    const fieldIndex = fieldIndexOf(key);
    if (
      fieldIndex !== -1 &&
      key.length <= MAX_CACHED_KEYS.characters &&
      this.#fieldIndexes.size < MAX_CACHED_KEYS.spellings
    )
      this.#fieldIndexes.set(detached(key), fieldIndex);
    return fieldIndex;
  }
}
