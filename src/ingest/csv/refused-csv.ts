import { type CanonicalRow, FIELDS, isDate } from '../../domain/fields.ts';
import type { HeldBackRow, RefusedRow } from '../../domain/import/import-session.ts';
import { csvCell } from '../../domain/values/csv-cell.ts';
import type { DatePattern } from '../../domain/values/date-pattern.ts';
import { fieldIndexOf } from '../rows/columns.ts';

const record = (values: readonly (string | null)[]): string => `${values.map(csvCell).join(',')}\n`;

/**
 * Writes the rows that an import did not save as CSV that can be corrected and imported with the same options: a column `reason`, then the
 * columns of the file. Refused rows are as they were read, with what is wrong unchanged; the rows held back with them are in canonical form, with dates in the file's own format.
 */
export async function* refusedCsv(
  columns: readonly string[],
  dateFormat: DatePattern | null,
  rows: AsyncIterable<RefusedRow | HeldBackRow>,
): AsyncGenerator<string> {
  const indexes = columns.map(fieldIndexOf);
  const stated = (row: CanonicalRow, index: number): string | null => {
    const value = row[index] ?? null;
    const field = FIELDS[index];
    return value !== null && dateFormat && field && isDate(field) ? dateFormat.write(value) : value;
  };
  yield record(['reason', ...columns]);
  for await (const row of rows) {
    if ('row' in row)
      yield record(['another row of this interview is refused', ...indexes.map((index) => stated(row.row, index))]);
    else yield record([row.reason, ...row.cells]);
  }
}
