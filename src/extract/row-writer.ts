import { isDate } from '../domain/fields.ts';
import { ESCAPED } from './copy-escapes.ts';
import { dateForm } from './dates.ts';
import type { DocumentForm } from './output-options.ts';
import { wholeRows } from './whole-rows.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const LETTER_N = 0x4e;
const LETTER_T = 0x54;
const BACKSLASH = 0x5c;

/** Bytes of a date before its time, up to the year 9999. */
const DATE_LENGTH = 10;

/** How a format writes rows. */
export interface RowEncoding {
  /** The start of a row, and the separator of its columns. */
  readonly open: string;
  readonly separator: string;
  /** The text right before the value of each column, in the order of the columns. */
  readonly names: readonly string[];
  /** The separator between two rows, and the end of each row. */
  readonly between: string;
  readonly end: string;
  /** The text of a null value; null: the row leaves the column out. */
  readonly null: string | null;
  /** Which columns are quoted. `needed`: if the value is empty or contains a character of `quotable`. */
  readonly quotes: readonly ('always' | 'needed' | 'never')[];
  readonly quotable: string;
  /** Returns the replacement of an ASCII character; undefined if it needs none. */
  instead(character: string): string | undefined;
}

/**
 * Converts rows from COPY's text format (PostgreSQL manual, COPY, "Text Format"; dates with DateStyle ISO) into a format. The service does
 * this and not the database, because here it takes a quarter of the time, on another processor (docs/decisions.md, "Export").
 */
export class RowWriter {
  /** The text before the value of each column: if it is the first written column of its row, and if it is not. */
  readonly #first: readonly Buffer[];
  readonly #later: readonly Buffer[];
  readonly #open: Buffer;
  readonly #between: Buffer;
  readonly #end: Buffer;
  readonly #null: Buffer | null;
  readonly #quotes: RowEncoding['quotes'];
  /** Columns in which Postgres writes a space where the format has a T. */
  readonly #dated: readonly boolean[];
  readonly #instead: readonly (Buffer | undefined)[];
  /** By byte: whether it requires quotes, and whether it needs more than copying. */
  readonly #quotable: Uint8Array;
  readonly #special: Uint8Array;
  /** Maximum number of bytes that surround a value, or that replace one byte. */
  readonly #margin: number;
  #hasRows = false;
  #page = Buffer.allocUnsafe(1 << 16);

  constructor(output: DocumentForm, encoding: RowEncoding) {
    this.#first = encoding.names.map((name) => Buffer.from(encoding.open + name));
    this.#later = encoding.names.map((name) => Buffer.from(encoding.separator + name));
    this.#open = Buffer.from(encoding.open);
    this.#between = Buffer.from(encoding.between);
    this.#end = Buffer.from(encoding.end);
    this.#null = encoding.null === null ? null : Buffer.from(encoding.null);
    this.#quotes = encoding.quotes;
    const ours = dateForm(output) === null;
    this.#dated = output.fields.map((field) => ours && isDate(field));
    this.#instead = Array.from({ length: 128 }, (_, code) => {
      const text = encoding.instead(String.fromCharCode(code));
      return text === undefined ? undefined : Buffer.from(text);
    });
    this.#quotable = Uint8Array.from({ length: 256 }, (_, byte) =>
      Number(byte < 128 && encoding.quotable.includes(String.fromCharCode(byte))),
    );
    this.#special = this.#quotable.map((quotable, byte) =>
      Number(quotable === 1 || this.#instead[byte] !== undefined || [TAB, NEWLINE, BACKSLASH].includes(byte)),
    );
    const around = [...this.#first, ...this.#later, this.#between, this.#end, this.#null ?? this.#open];
    this.#margin = 16 + this.#open.length + Math.max(...around.map(({ length }) => length));
  }

  /** Encodes the rows of chunks that may be cut anywhere. */
  async *write(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    for await (const rows of wholeRows(chunks)) {
      const length = this.#rows(rows);
      // A copy, so that what waits for a slow reader is no larger than necessary.
      yield Buffer.from(this.#page.subarray(0, length));
    }
  }

  /** Writes whole rows to the page. Returns the position after them. */
  #rows(rows: Uint8Array): number {
    const columns = this.#first.length;
    const [special, dated, replacements, needsQuotes] = [this.#special, this.#dated, this.#instead, this.#quotable];
    let to = 0;
    for (let at = 0; at < rows.length; ) {
      if (this.#hasRows) {
        this.#makeRoom(to, rows.length - at);
        to = put(this.#between, this.#page, to);
      }
      this.#hasRows = true;
      let before = this.#first;
      for (let column = 0; column < columns; column++) {
        const isNull = rows[at] === BACKSLASH && rows[at + 1] === LETTER_N;
        if (isNull && this.#null === null) {
          at += 3;
          continue;
        }
        this.#makeRoom(to, rows.length - at);
        to = put(before[column] as Buffer, this.#page, to);
        before = this.#later;
        if (isNull && this.#null !== null) {
          to = put(this.#null, this.#page, to);
          at += 3;
          continue;
        }
        const start = to;
        const quotes = this.#quotes[column];
        if (quotes === 'always') this.#page[to++] = QUOTE;
        let quotable = 0;
        let page = this.#page;
        // Byte by byte, because most values are too short to be worth a copy call.
        for (;;) {
          let byte = rows[at++] as number;
          if (special[byte] === 0) {
            page[to++] = byte;
            continue;
          }
          if (byte === TAB || byte === NEWLINE) break;
          if (byte === BACKSLASH) byte = ESCAPED[rows[at++] as number] as number;
          quotable |= needsQuotes[byte] as number;
          const instead = replacements[byte];
          if (instead === undefined) page[to++] = byte;
          else {
            this.#makeRoom(to, rows.length - at);
            page = this.#page;
            to = put(instead, page, to);
          }
        }
        if (dated[column]) {
          const expected = start + (quotes === 'always' ? 1 : 0) + DATE_LENGTH;
          page[page[expected] === SPACE ? expected : page.indexOf(SPACE, start)] = LETTER_T;
        }
        if (quotes === 'always') page[to++] = QUOTE;
        else if (quotes === 'needed' && (quotable === 1 || to === start)) {
          page.copyWithin(start + 1, start, to);
          page[start] = QUOTE;
          page[to + 1] = QUOTE;
          to += 2;
        }
      }
      this.#makeRoom(to, rows.length - at);
      if (before === this.#first) to = put(this.#open, this.#page, to);
      to = put(this.#end, this.#page, to);
    }
    return to;
  }

  /** Makes room on the page for `bytes` unchanged bytes and the text around a value. */
  #makeRoom(used: number, bytes: number): void {
    if (this.#page.length - used >= bytes + this.#margin) return;
    const page = Buffer.allocUnsafe(2 * (used + bytes + this.#margin));
    this.#page.copy(page, 0, 0, used);
    this.#page = page;
  }
}

/** Copies bytes to a position. Returns the position after them. */
function put(bytes: Buffer, page: Buffer, to: number): number {
  for (let at = 0; at < bytes.length; at++) page[to + at] = bytes[at] as number;
  return to + bytes.length;
}
