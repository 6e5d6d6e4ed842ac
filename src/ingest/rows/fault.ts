import { Failure } from '../../domain/errors.ts';
import { copyString } from '../../domain/values/copy-string.ts';

/** A fault of an extract, or a warning about it, with its position. */
export interface RecordFault {
  /** The line on which the record begins (the header is line 1); for JSON the number of the element, from 1. */
  readonly line: number;
  /** The key of the field, or a header name or JSON key as in the file; null if it does not concern a single column. */
  readonly column: string | null;
  /** The value, cut at 80 characters; null if it does not concern a single value. */
  readonly value: string | null;
  readonly reason: string;
  /** Set if it stands for several places, of which this is the first: how many rows or values. */
  readonly count?: number;
}

/** Thrown when the rest of an extract cannot be read: INVALID_EXTRACT, with its fault for a report. */
export class UnreadableExtract extends Failure {
  readonly fault: RecordFault;

  /**
   * @param source the file's name
   * @param unit the unit of `fault.line`
   */
  constructor(source: string, fault: RecordFault, unit: 'line' | 'element') {
    const column = fault.column === null ? '' : `, column ${fault.column}`;
    super('INVALID_EXTRACT', `${source}, ${unit} ${fault.line}${column}: ${fault.reason}`);
    this.fault = fault;
  }
}

/**
 * Thrown by readers of bytes and text, which know neither the file's name nor its columns. The reader of the extract converts it into an
 * UnreadableExtract.
 */
export class Unreadable extends Error {
  /** The line, if it is not the reader's current line. */
  readonly line: number | null;
  /** The index of the cell in its record, from 0; for JSON the index of the field. */
  readonly cell: number | null;

  constructor(reason: string, line: number | null = null, cell: number | null = null) {
    super(reason);
    this.line = line;
    this.cell = cell;
  }
}

/** Cuts a value for `RecordFault.value` and copies it (see `copyString`). */
export function shortText(value: string): string {
  return copyString(value.length > 80 ? `${value.slice(0, 79)}…` : value);
}
