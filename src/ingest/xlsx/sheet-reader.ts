import { Failure } from '../../domain/errors.ts';
import { MAX_COLUMNS, MAX_RECORD_BYTES } from '../../domain/import/record-limits.ts';
import { type RecordFault, shortText, Unreadable } from '../rows/fault.ts';
import { recordBytes, SMALL_RECORD, tooLargeRecord, tooManyColumns } from '../rows/limits.ts';
import type { FileRecord } from '../rows/record-file.ts';
import { dateText, isTooLong, numberText } from './cell-value.ts';
import { TextReader, unescaped } from './text-reader.ts';
import type { Attributes, XmlHandler } from './xml.ts';

/** A row of a sheet that has a cell with a value. */
export interface SheetRecord extends FileRecord {
  /** What is wrong with cells in it, by column. */
  readonly faults?: readonly CellFault[];
}

export interface CellFault {
  /** The column, from 0. */
  readonly at: number;
  /** The reference of the cell. */
  readonly cell: string;
  readonly value: string | null;
  readonly reason: string;
}

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly sharedStrings: readonly string[];
  /** By style: whether it shows a number as a date. */
  readonly dateStyles: readonly boolean[];
  readonly is1904: boolean;
  /** Maximum number of characters in all cells: many cells may name one long text. */
  readonly maxCharacters: number;
}

const MAX_ROW = 1_048_576;
const REFERENCE = /^([A-Z]{1,3})(\d{1,7})$/;

/** Reads the rows of a sheet (ECMA-376-1, 18.3.1) from what its XML has. Throws Unreadable. */
export class SheetReader implements XmlHandler {
  readonly #context: SheetContext;
  #records: SheetRecord[] = [];
  /** The number of the row, from 1, and the next column, from 0. */
  #row = 0;
  #column = 0;
  #cells: (string | null)[] = [];
  #length = 0;
  /** The characters of all cells so far. */
  #total = 0;
  #faults: CellFault[] = [];
  /** The cell that is being read. */
  #reference = '';
  #type = 'n';
  #style = 0;
  #hasFormula = false;
  /** The content of its `v`; null without one. */
  #value: string | null = null;
  #isValue = false;
  /** Its inline string; null without one. */
  #inline: TextReader | null = null;
  readonly #inlineReader = new TextReader();

  constructor(context: SheetContext) {
    this.#context = context;
  }

  /** The row that was read last. */
  get line(): number {
    return this.#row;
  }

  /** Takes the records that are complete. */
  take(): SheetRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') {
      this.#isValue = true;
      this.#value = '';
    } else if (name === 'is') {
      this.#inline = this.#inlineReader;
      this.#inline.begin();
    } else if (name === 'f') this.#hasFormula = true;
    else this.#inline?.open(name);
  }

  close(name: string): void {
    if (name === 'v') this.#isValue = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else this.#inline?.close(name);
  }

  text(text: string): void {
    if (this.#isValue) {
      this.#value += text;
      if ((this.#value as string).length > MAX_RECORD_BYTES) this.#fail(tooLargeRecord(MAX_RECORD_BYTES + 1, false));
    } else this.#inline?.text(text);
  }

  #openRow({ r }: Attributes): void {
    const row = r === undefined ? this.#row + 1 : Number(r);
    if (!Number.isInteger(row) || row <= this.#row || row > MAX_ROW)
      this.#fail(`the workbook is damaged: after row ${this.#row} it has a row ${shortText(r ?? String(row))}`);
    this.#row = row;
    this.#column = 0;
    this.#cells = [];
    this.#length = 0;
    this.#faults = [];
  }

  #openCell({ r, t = 'n', s = '0' }: Attributes): void {
    if (r !== undefined) {
      const column = columnOf(r);
      if (column < this.#column)
        this.#fail(`the workbook is damaged: row ${this.#row} has a cell ${shortText(r)} out of its order`);
      this.#column = column;
    }
    this.#reference = r ?? '';
    this.#type = t;
    this.#style = Number(s);
    this.#hasFormula = false;
    this.#value = null;
    this.#inline = null;
  }

  #closeCell(): void {
    const text = this.#cellText();
    const at = this.#column;
    this.#column += 1;
    this.#inline = null;
    if (text === null) return;
    if (at >= MAX_COLUMNS) this.#fail(tooManyColumns(at + 1, 'cell', false));
    while (this.#cells.length < at) this.#cells.push(null);
    this.#cells.push(text);
    this.#length += text.length;
    this.#total += text.length;
    if (this.#total > this.#context.maxCharacters)
      throw new Failure(
        'PAYLOAD_TOO_LARGE',
        `The workbook has more than ${this.#context.maxCharacters} characters in its cells.`,
      );
    if (this.#length > MAX_RECORD_BYTES) this.#fail(tooLargeRecord(MAX_RECORD_BYTES + 1, false));
  }

  /** Returns the value of the cell as the text that CSV would have; null if it is empty. */
  #cellText(): string | null {
    if (this.#inline !== null) return this.#inline.end();
    const value = this.#value;
    if (value === null) {
      if (!this.#hasFormula) return null;
      this.#fault(null, 'has a formula without a result; open the workbook in a spreadsheet and save it');
      return '=';
    }
    const { sharedStrings, dateStyles, is1904 } = this.#context;
    switch (this.#type) {
      case 's':
        if (value.trim() === '') return null;
        return (
          sharedStrings[Number(value)] ?? this.#fail(`the workbook is damaged: it has no text ${shortText(value)}`)
        );
      case 'b':
        return { '1': 'true', '0': 'false' }[value.trim()] ?? value;
      case 'e':
        this.#fault(value, `has the error ${shortText(value)}; correct its formula, or empty it`);
        return value;
      case 'n':
        if (value.trim() === '') return null;
        if (dateStyles[this.#style]) return dateText(value, is1904);
        if (isTooLong(value))
          this.#fault(
            value,
            'is a number of more than the 15 digits that a spreadsheet keeps; give its column the format Text and enter it again',
          );
        return numberText(value);
      default:
        // `str`, the result of a formula, and `d`, a date in ISO 8601.
        return unescaped(value);
    }
  }

  #closeRow(): void {
    const cells = this.#cells;
    if (cells.length === 0 && this.#faults.length === 0) return;
    const isLarge = this.#length > SMALL_RECORD;
    if (isLarge) {
      const bytes = recordBytes(cells);
      if (bytes > MAX_RECORD_BYTES) this.#fail(tooLargeRecord(bytes, true));
    }
    this.#records.push({
      line: this.#row,
      cells,
      ...(isLarge && { isLarge }),
      ...(this.#faults.length > 0 && { faults: this.#faults }),
    });
  }

  #fault(value: string | null, reason: string): void {
    const cell = this.#reference || `in column ${this.#column + 1}`;
    this.#faults.push({ at: this.#column, cell, value, reason: `the cell ${cell} ${reason}` });
  }

  #fail(reason: string): never {
    throw new Unreadable(reason, this.#row);
  }
}

/** Returns the column of a reference such as `AB12`, from 0; -1 if it is none. */
function columnOf(reference: string): number {
  const letters = REFERENCE.exec(reference)?.[1] ?? '';
  let column = 0;
  for (let at = 0; at < letters.length; at += 1) column = column * 26 + letters.charCodeAt(at) - 64;
  return column - 1;
}

/** Returns the fault of a record with faulty cells in columns that are read; undefined if there are none. */
export function faultOf(
  { line, faults = [] }: SheetRecord,
  columnAt: (at: number) => string | null,
): RecordFault | undefined {
  for (const { at, value, reason } of faults) {
    const column = columnAt(at);
    if (column !== null) return { line, column, value: value === null ? null : shortText(value), reason };
  }
  return undefined;
}
