import { MAX_COLUMNS, MAX_RECORD_BYTES } from '../../domain/import/record-limits.ts';
import { Unreadable } from '../rows/fault.ts';
import { recordBytes, SMALL_RECORD, tooLargeRecord, tooManyColumns } from '../rows/limits.ts';
import type { FileRecord } from '../rows/record-file.ts';
import { nameOfSeparator } from './separators.ts';

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * The number of characters that no record within the limits reaches: every byte of its values a doubled quote, and around each value
 * quotes, a separator or a line end. Longer records must not fill the memory.
 */
const MAX_CHARACTERS = 2 * MAX_RECORD_BYTES + 4 * MAX_COLUMNS;

const STRAY_QUOTE =
  'a quote is inside a cell that does not begin with one; quote the whole cell and double the quotes in it';

/**
 * Reads CSV (RFC 4180) piece by piece. Unlike other readers it distinguishes an empty cell from an empty text, as Postgres does, and tells
 * the line on which a record begins. LF, CRLF and a lone CR end a line; an empty line is not a record. A quote inside of a cell that does
 * not begin with one, text after a closing quote, and an unclosed quote are Unreadable, because it is unclear where the next cell begins.
 * So is a record with too many cells or bytes, as soon as that is known.
 */
export class CsvReader {
  readonly #separator: string;
  #text = '';
  /** The position of the next cell in the text. */
  #at = 0;
  /** The position from which to continue the search for the end of that cell. */
  #searched = 0;
  #line = 1;
  #cells: (string | null)[] = [];
  #recordLine = 1;
  /** The position of the record in the text; negative if its start is no longer in memory. */
  #recordAt = 0;
  #afterCr = false;

  /** `separator`: one ASCII character between the cells. */
  constructor(separator = ',') {
    this.#separator = separator;
  }

  /** The line on which the text read so far ends. */
  get line(): number {
    return this.#line + lineEnds(this.#text, this.#at);
  }

  /** Adds the records that the next piece of the file completes to `records`, even if it throws. `last`: no other piece follows. */
  read(piece: string, last: boolean, records: FileRecord[]): void {
    let text = this.#text.slice(this.#at) + piece;
    if (this.#afterCr && text !== '') {
      if (text.charCodeAt(0) === LF) text = text.slice(1);
      this.#afterCr = false;
    }
    this.#searched = Math.max(0, this.#searched - this.#at);
    this.#recordAt -= this.#at;
    this.#text = text;
    this.#at = 0;
    this.#read(text, last, records);
  }

  #read(text: string, last: boolean, records: FileRecord[]): void {
    const length = text.length;
    const separator = this.#separator;
    const separatorCode = separator.charCodeAt(0);
    // The next separator, quote and line end are searched once: a new search for a quote in each cell would read a file without quotes 30
    // times.
    let cut = -1;
    let lf = -1;
    let cr = -1;
    let quote = -1;
    while (this.#at < length) {
      const at = this.#at;
      const quoted = text.charCodeAt(at) === QUOTE;
      let end: number;
      if (quoted) {
        end = this.#closingQuote(text, last) + 1;
        if (end === 0) break;
      } else {
        const from = Math.max(at, this.#searched);
        if (cut < at) cut = next(text, separator, from);
        if (lf < at) lf = next(text, '\n', from);
        if (cr < at) cr = next(text, '\r', from);
        if (quote < at) quote = next(text, '"', from);
        end = Math.min(cut, lf, cr);
        if (quote < end) this.#fail(STRAY_QUOTE);
        if (end === length && !last) {
          this.#searched = length;
          break;
        }
      }
      const mark = text.charCodeAt(end);
      if (quoted) {
        if (mark !== separatorCode && mark !== LF && mark !== CR && end < length)
          this.#fail(afterQuote(text, end, separator));
        const cell = text.slice(at + 1, end - 1);
        this.#cells.push(cell.includes('"') ? undoubled(cell) : cell);
        this.#line += lineEnds(cell, 0);
      } else {
        this.#cells.push(end === at ? null : text.slice(at, end));
      }
      this.#at = this.#searched = end + 1;
      if (mark === separatorCode) continue;
      this.#finish(records, end >= length);
      if (end >= length) continue;
      this.#line += 1;
      this.#recordLine = this.#line;
      if (mark === CR) {
        if (end + 1 === length) this.#afterCr = true;
        else if (text.charCodeAt(end + 1) === LF) this.#recordAt = this.#at = this.#searched = end + 2;
      }
    }
    if (last && this.#cells.length > 0) {
      // The file ends right after a separator.
      this.#cells.push(null);
      this.#finish(records, true);
    }
    if (this.#cells.length > MAX_COLUMNS)
      throw new Unreadable(tooManyColumns(this.#cells.length, 'cell', false), this.#recordLine);
    if (length - this.#recordAt > MAX_CHARACTERS)
      throw new Unreadable(tooLargeRecord(MAX_RECORD_BYTES + 1, false), this.#recordLine, this.#cells.length);
  }

  /** Returns the position of the cell's closing quote; -1 if more text is needed. */
  #closingQuote(text: string, last: boolean): number {
    let close = text.indexOf('"', Math.max(this.#at + 1, this.#searched));
    while (close !== -1) {
      if (close + 1 === text.length && !last) {
        this.#searched = close;
        return -1;
      }
      if (text.charCodeAt(close + 1) !== QUOTE) return close;
      close = text.indexOf('"', close + 2);
    }
    if (last) this.#fail('a quote is opened here and never closed; the file may be truncated');
    this.#searched = text.length;
    return -1;
  }

  #finish(records: FileRecord[], isOpen: boolean): void {
    const cells = this.#cells;
    const line = this.#recordLine;
    if (cells.length > MAX_COLUMNS) throw new Unreadable(tooManyColumns(cells.length, 'cell', true), line);
    if (cells.length > 1 || cells[0] !== null) {
      const isLarge = this.#at - this.#recordAt > SMALL_RECORD;
      if (isLarge) checkSize(cells, line);
      if (isLarge || isOpen) records.push({ line, cells, ...(isLarge && { isLarge }), ...(isOpen && { isOpen }) });
      else records.push({ line, cells });
    }
    this.#cells = [];
    this.#recordAt = this.#at;
  }

  #fail(reason: string): never {
    throw new Unreadable(reason, this.#line, this.#cells.length);
  }
}

function checkSize(cells: readonly (string | null)[], line: number): void {
  const bytes = recordBytes(cells);
  if (bytes > MAX_RECORD_BYTES) throw new Unreadable(tooLargeRecord(bytes, true), line);
}

/** Above this number of characters, `replaceAll` on a cell of nothing but quotes would hold the event loop: 0.8 s for 7 MiB. */
const LONG_CELL = 1 << 16;

/** Returns the text of a quoted cell, in which each quote is doubled. */
function undoubled(cell: string): string {
  if (cell.length <= LONG_CELL) return cell.replaceAll('""', '"');
  const bytes = Buffer.from(cell, 'utf16le');
  const codes = new Uint16Array(bytes.buffer, bytes.byteOffset, cell.length);
  let end = 0;
  for (let at = 0; at < codes.length; at += 1, end += 1) {
    const code = codes[at] ?? 0;
    codes[end] = code;
    if (code === QUOTE) at += 1;
  }
  return bytes.toString('utf16le', 0, 2 * end);
}

function afterQuote(text: string, at: number, separator: string): string {
  const character = JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0));
  return `a closing quote is followed by ${character} instead of ${nameOfSeparator(separator)} or the end of the line; quotes inside a cell must be doubled`;
}

/** Returns the position of the next occurrence of the character, or the end of the text. */
function next(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at === -1 ? text.length : at;
}

/** Counts the line ends from a position: LF, CRLF and CR count one each. */
function lineEnds(text: string, from: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  for (let at = text.indexOf('\r', from); at !== -1; at = text.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) !== LF) count += 1;
  }
  return count;
}
