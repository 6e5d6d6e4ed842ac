import { Failure } from '../../domain/errors.ts';
import { detached } from '../../domain/values/detached.ts';

/** Something in an extract that is wrong, or worth a warning, and where it stands. */
export interface RecordFault {
  /** The line on which the record begins (the header is line 1); in JSON the element's number, from 1. */
  readonly line: number;
  /** The field's key, or a header name or JSON key as the file has it; null where it is about no one column. */
  readonly column: string | null;
  /** The value as stated, cut at 80 characters; null where it is about no one value. */
  readonly value: string | null;
  readonly reason: string;
}

/** An extract of which nothing more can be read: INVALID_EXTRACT, and the fault by itself for a report. */
export class UnreadableExtract extends Failure {
  readonly fault: RecordFault;

  /** @param source the file's name; @param unit what `fault.line` counts */
  constructor(source: string, fault: RecordFault, unit: 'line' | 'element') {
    const column = fault.column === null ? '' : `, column ${fault.column}`;
    super('INVALID_EXTRACT', `${source}, ${unit} ${fault.line}${column}: ${fault.reason}`);
    this.fault = fault;
  }
}

/**
 * Thrown by what reads bytes and text, which knows neither the file's name nor its columns; the reader of the extract
 * turns it into an UnreadableExtract.
 */
export class Unreadable extends Error {
  /** The line, where it is not the one that the reader has come to. */
  readonly line: number | null;
  /** The place of the cell in its record, from 0; in JSON that of the field. */
  readonly cell: number | null;

  constructor(reason: string, line: number | null = null, cell: number | null = null) {
    super(reason);
    this.line = line;
    this.cell = cell;
  }
}

/** A value for `Fault.value`, holding on to nothing else (see `detached`). */
export function shortText(value: string): string {
  return detached(value.length > 80 ? `${value.slice(0, 79)}…` : value);
}
