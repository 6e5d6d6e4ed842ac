import { ESCAPED } from '../copy-escapes.ts';
import type { DocumentForm } from '../output-options.ts';
import { wholeRows } from '../whole-rows.ts';
import { type CellKind, cellKindOf, columnLetters } from './cell-kinds.ts';
import { STYLES } from './styles.ts';
import { replacementInXml, unitEscape } from './xml-text.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LETTER_N = 0x4e;
const LETTER_T = 0x54;
const BACKSLASH = 0x5c;
const UNDERSCORE = 0x5f;
const SMALL_T = 0x74;
const SMALL_X = 0x78;

/** U+FFFE and U+FFFF in UTF-8 are these bytes and 0xBE or 0xBF. */
const NONCHARACTER = [0xef, 0xbf] as const;

/** A spreadsheet computes with 15 significant digits. A number of more is text, or it would be another number. */
const MAX_DIGITS = 15;

/** Bytes of a date as Postgres writes it, `2026-03-29 14:30:00`, of an instant, `2026-03-29T14:30:00Z`, and of a day. */
const DATE_BYTES = 19;
const INSTANT_BYTES = 20;
const DAY_BYTES = 10;

/**
 * The first date that is a number, 1 March 1900, as year, month and day in one: before it, Excel counts a day that did not exist, and other
 * programs do not.
 */
const FIRST_DAY = 19000301;
/** Days from 1899-12-30, day 0 of the 1900 date system after its error, to 1970. */
const DAYS_TO_1970 = 25_569;
const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;
/** Digits after the point of a date's number: a double has no more. */
const FRACTION_DIGITS = 12;

/** Bytes for which there must be room on the page: what is written at once. */
const MARGIN = 256;

const bytes = (text: string): Buffer => Buffer.from(text);

/** What stands before and after the value of a cell. Before it all stands `<c r="` with the reference. */
const inline = (attributes: string) => ({
  open: bytes(`" s="${STYLES.text}" t="inlineStr"><is><t${attributes}>`),
  close: bytes('</t></is></c>'),
});
const TEXT = inline(' xml:space="preserve"');
const WORD = inline('');
const VALUE_CLOSE = bytes('</v></c>');
const NUMBER = { open: bytes('"><v>'), close: VALUE_CLOSE };
const DATE = { open: bytes(`" s="${STYLES.date}"><v>`), close: VALUE_CLOSE };
const BOOLEAN = { open: bytes('" t="b"><v>'), close: VALUE_CLOSE };

const ROW_OPEN = bytes('<row r="');
const ROW_OPEN_END = bytes('">');
const ROW_CLOSE = bytes('</row>');

/** What stands for a byte in XML; undefined for one that stands for itself. */
const REPLACED: readonly (Buffer | undefined)[] = Array.from({ length: 256 }, (_, code) => {
  const text = code < 128 ? replacementInXml(String.fromCharCode(code)) : undefined;
  return text === undefined || text === '&quot;' ? undefined : bytes(text);
});
const ESCAPED_UNDERSCORE = bytes(unitEscape(UNDERSCORE));

/** By byte: whether it needs more than copying. */
const SPECIAL = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(REPLACED[code] !== undefined || [TAB, NEWLINE, BACKSLASH, UNDERSCORE, NONCHARACTER[0]].includes(code)),
);

/**
 * Converts rows from COPY's text format (PostgreSQL manual, COPY, "Text Format"; dates with DateStyle ISO) into the rows of a sheet (ECMA-376-1,
 * 18.3.1.73): dates and numbers as numbers, texts in their cells, and no cell for null. Texts in a table of their own, which each cell
 * names by its number, would have to be kept in memory.
 */
export class CellWriter {
  readonly #columns: readonly Buffer[];
  readonly #kinds: readonly CellKind[];
  /** The number of the last row, and its digits. */
  #row: number;
  #digits: Buffer = Buffer.alloc(0);
  #page = Buffer.allocUnsafe(1 << 20);
  /** The position after the value that was read last. */
  #at = 0;
  /** The last day that was a number: its digits, and the number. */
  #day = 0;
  #serial = 0;

  /** @param row the number of the row before the first */
  constructor(output: DocumentForm, row: number) {
    this.#columns = output.fields.map((_, at) => bytes(`<c r="${columnLetters(at)}`));
    this.#kinds = output.fields.map((field) => cellKindOf(field, output));
    this.#row = row;
  }

  /** The number of the last row. */
  get row(): number {
    return this.#row;
  }

  /** Encodes the rows of chunks that may be cut anywhere. */
  async *write(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    for await (const rows of wholeRows(chunks)) {
      const length = this.#rows(rows);
      // A copy, because the page is used again.
      yield Buffer.from(this.#page.subarray(0, length));
    }
  }

  /** Writes whole rows to the page. Returns the position after them. */
  #rows(rows: Uint8Array): number {
    const count = this.#columns.length;
    let to = 0;
    this.#at = 0;
    while (this.#at < rows.length) {
      this.#row++;
      this.#digits = bytes(String(this.#row));
      this.#makeRoom(to);
      to = put(ROW_OPEN, this.#page, to);
      to = put(this.#digits, this.#page, to);
      to = put(ROW_OPEN_END, this.#page, to);
      for (let column = 0; column < count; column++) {
        if (rows[this.#at] === BACKSLASH && rows[this.#at + 1] === LETTER_N) {
          this.#at += 3;
          continue;
        }
        this.#makeRoom(to);
        to = put(this.#columns[column] as Buffer, this.#page, to);
        to = put(this.#digits, this.#page, to);
        to = this.#cell(this.#kinds[column] as CellKind, rows, to);
      }
      this.#makeRoom(to);
      to = put(ROW_CLOSE, this.#page, to);
    }
    return to;
  }

  /** Writes the rest of a cell, after its reference. */
  #cell(kind: CellKind, rows: Uint8Array, to: number): number {
    switch (kind) {
      case 'boolean':
        return this.#boolean(rows, to);
      case 'number':
        return isNumber(rows, this.#at) ? this.#plain(NUMBER, rows, to) : this.#text(WORD, rows, to);
      case 'date':
        return this.#date(rows, to) ?? this.#earlyDate(rows, to);
      case 'instant':
        return this.#date(rows, to) ?? this.#text(WORD, rows, to);
      case 'text':
        return this.#text(TEXT, rows, to);
      case 'word':
        return this.#text(WORD, rows, to);
    }
  }

  #boolean(rows: Uint8Array, to: number): number {
    const page = this.#page;
    const start = put(BOOLEAN.open, page, to);
    page[start] = rows[this.#at] === SMALL_T ? ZERO + 1 : ZERO;
    this.#at = endOf(rows, this.#at) + 1;
    return put(BOOLEAN.close, page, start + 1);
  }

  /** Writes a short value whose bytes need no escape. */
  #plain({ open, close }: typeof NUMBER, rows: Uint8Array, to: number): number {
    const page = this.#page;
    let end = put(open, page, to);
    let at = this.#at;
    for (let byte = rows[at++] as number; byte !== TAB && byte !== NEWLINE; byte = rows[at++] as number) {
      page[end++] = byte;
    }
    this.#at = at;
    return put(close, page, end);
  }

  /** Writes a date as a number; null if it has none. */
  #date(rows: Uint8Array, to: number): number | null {
    const at = this.#at;
    const end = endOf(rows, at);
    const [year, month] = [number(rows, at, 4), number(rows, at + 5, 2)];
    const day = year * 10_000 + month * 100 + number(rows, at + 8, 2);
    if ((end !== at + DATE_BYTES && end !== at + INSTANT_BYTES) || day < FIRST_DAY) return null;
    if (day !== this.#day) {
      this.#day = day;
      this.#serial = Date.UTC(year, month - 1, day % 100) / DAY_MS + DAYS_TO_1970;
    }
    const seconds = number(rows, at + 11, 2) * 3600 + number(rows, at + 14, 2) * 60 + number(rows, at + 17, 2);
    this.#at = end + 1;
    const page = this.#page;
    let after = putNumber(this.#serial, page, put(DATE.open, page, to));
    if (seconds > 0) {
      const fraction = Math.round((seconds / DAY_SECONDS) * 10 ** FRACTION_DIGITS);
      page[after++] = POINT;
      after = putDigits(Math.floor(fraction / 1e6), 6, page, after);
      after = putDigits(fraction % 1e6, 6, page, after);
      while (page[after - 1] === ZERO) after--;
    }
    return put(DATE.close, page, after);
  }

  /** Writes a date that is no number, in its usual form: Postgres writes a space where that has a T. */
  #earlyDate(rows: Uint8Array, to: number): number {
    const start = to + WORD.open.length;
    const end = this.#text(WORD, rows, to);
    const page = this.#page;
    page[page[start + DAY_BYTES] === SPACE ? start + DAY_BYTES : page.indexOf(SPACE, start)] = LETTER_T;
    return end;
  }

  #text({ open, close }: typeof TEXT, rows: Uint8Array, begin: number): number {
    let page = this.#page;
    let limit = page.length - MARGIN;
    let to = put(open, page, begin);
    let at = this.#at;
    // Byte by byte, because most values are too short to be worth a copy call.
    for (;;) {
      if (to > limit) {
        this.#makeRoom(to);
        page = this.#page;
        limit = page.length - MARGIN;
      }
      let byte = rows[at++] as number;
      if (SPECIAL[byte] === 0) {
        page[to++] = byte;
        continue;
      }
      if (byte === TAB || byte === NEWLINE) break;
      if (byte === BACKSLASH) byte = ESCAPED[rows[at++] as number] as number;
      const instead = REPLACED[byte];
      if (instead !== undefined) to = put(instead, page, to);
      else if (byte === UNDERSCORE && looksEscaped(rows, at)) to = put(ESCAPED_UNDERSCORE, page, to);
      else if (byte === NONCHARACTER[0] && rows[at] === NONCHARACTER[1] && (rows[at + 1] as number) >= 0xbe) {
        to = put(bytes(unitEscape(0xff40 + (rows[at + 1] as number))), page, to);
        at += 2;
      } else page[to++] = byte;
    }
    this.#at = at;
    return put(close, page, to);
  }

  /** Makes room for what is written at once. */
  #makeRoom(used: number): void {
    if (this.#page.length - used > MARGIN) return;
    const page = Buffer.allocUnsafe(2 * this.#page.length);
    this.#page.copy(page, 0, 0, used);
    this.#page = page;
  }
}

/** Returns the position of the end of a value without escapes. */
function endOf(rows: Uint8Array, start: number): number {
  let at = start;
  while (rows[at] !== TAB && rows[at] !== NEWLINE) at++;
  return at;
}

/** Whether a spreadsheet keeps every digit of a number. */
function isNumber(rows: Uint8Array, start: number): boolean {
  let digits = 0;
  for (let at = start; ; at++) {
    const byte = rows[at] as number;
    if (byte === TAB || byte === NEWLINE) return digits <= MAX_DIGITS;
    if (byte >= ZERO && byte <= NINE) digits += Number(digits > 0 || byte > ZERO);
    else if (byte !== POINT && byte !== MINUS) return false;
  }
}

/** Whether these bytes after a `_` are `xHHHH_`. No escape of COPY is among these characters. */
function looksEscaped(rows: Uint8Array, start: number): boolean {
  if (rows[start] !== SMALL_X || rows[start + 5] !== UNDERSCORE) return false;
  for (let at = start + 1; at < start + 5; at++) {
    const byte = rows[at] as number;
    const isHex = (byte >= ZERO && byte <= NINE) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
    if (!isHex) return false;
  }
  return true;
}

/** Reads a number of so many digits. */
function number(rows: Uint8Array, start: number, digits: number): number {
  let value = 0;
  for (let at = start; at < start + digits; at++) value = value * 10 + (rows[at] as number) - ZERO;
  return value;
}

/** Writes a positive whole number. Returns the position after it. */
function putNumber(value: number, page: Buffer, to: number): number {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits++;
  return putDigits(value, digits, page, to);
}

/** Writes a whole number with so many digits. Returns the position after it. */
function putDigits(value: number, digits: number, page: Buffer, to: number): number {
  let rest = value;
  for (let at = to + digits - 1; at >= to; at--) {
    page[at] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  return to + digits;
}

/** Copies bytes to a position. Returns the position after them. */
function put(source: Buffer, page: Buffer, to: number): number {
  for (let at = 0; at < source.length; at++) page[to + at] = source[at] as number;
  return to + source.length;
}
