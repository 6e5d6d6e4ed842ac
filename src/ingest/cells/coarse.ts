import { FIELD_INDEX, type FieldKey } from '../../domain/fields.ts';

/** The bit of a field whose value is less precise than it may be stored. Sums of them are exact up to 52 fields. */
export const coarseBit = (key: FieldKey): number => 2 ** FIELD_INDEX[key];

/** Whether a date has a time of day without seconds, which spreadsheets leave out where they show none. */
export const lacksSeconds = (cell: string): boolean =>
  cell.length !== 19 && /\d:\d\d/.test(cell) && !/:\d\d:\d\d/.test(cell);

/** The digits of a number that spreadsheets keep in a file, and that Excel shows, and so saves as CSV, where a column has no format. */
const CUT_DIGITS = { fewest: 8, most: 15 };

/** Whether a number may have had more digits before a spreadsheet cut it. */
export function isCutShort(decimal: string): boolean {
  if (decimal.length <= CUT_DIGITS.fewest || !decimal.includes('.')) return false;
  const digits = decimal.replace(/^-?0*\.?0*|\./g, '').length;
  return digits >= CUT_DIGITS.fewest && digits <= CUT_DIGITS.most;
}
