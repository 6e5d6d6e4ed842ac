import { isDate } from '../../domain/fields.ts';
import type { DocumentForm, ExportExtent, SheetLimits } from '../output-options.ts';

/** Maximum length of the text of a cell, in UTF-16 code units (Excel's specifications and limits). */
export const MAX_CELL_LENGTH = 32_767;

/** A sheet has 1,048,576 rows; the first is the heading. */
export const SHEET_LIMITS: SheetLimits = { rows: 1_048_575, cellLength: MAX_CELL_LENGTH };

/** Bytes around the value of a cell, and of a value of limited length whose characters need no escape; more than any has. */
const CELL_BYTES = 160;
/** Bytes of an identifier, a zone, or a date in a form of the user's, at most: 255 characters of which each is escaped. */
const LONG_VALUE_BYTES = 2_000;
/** The longest escape of a byte of a text, such as `_x0001_`. */
const MAX_ESCAPE = 7;
/** What a sheet has besides its rows. */
const FRAME_BYTES = 1 << 20;

/** Returns a number of bytes that the sheet cannot exceed. */
export function maxSheetBytes(output: DocumentForm, { rows, textBytes }: ExportExtent): number {
  const long = output.fields.filter(
    (field) =>
      field.kind === 'identifier' ||
      field.kind === 'zone' ||
      ((isDate(field) || field.kind === 'instant') && output.dates !== null),
  );
  const rowBytes = CELL_BYTES * output.fields.length + LONG_VALUE_BYTES * long.length;
  return FRAME_BYTES + rows * rowBytes + MAX_ESCAPE * textBytes;
}
