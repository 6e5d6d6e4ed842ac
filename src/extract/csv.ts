import { csvCell } from '../domain/values/csv-cell.ts';
import type { Format } from './output-options.ts';
import { RowWriter } from './row-writer.ts';

/**
 * CSV: a header, LF, minimal quoting, an empty cell for null and `""` for empty text. With a header of field keys, commas between the cells
 * and decimal points it is canonical.
 */
export const csv: Format = {
  name: 'csv',
  mediaType: 'text/csv',
  contentType: 'text/csv; charset=utf-8',
  attachment: 'interviews-extract.csv',
  nulls: null,
  labels: false,
  isCompressed: false,
  isDated: false,
  limits: null,
  async *encode(output, rows) {
    const { fields, labels, excel, delimiter } = output;
    const header = fields.map(({ key, label }) => csvCell(labels ? label : key)).join(delimiter);
    yield Buffer.from(`${excel ? '\uFEFF' : ''}${header}\n`);
    const writer = new RowWriter(output, {
      open: '',
      separator: delimiter,
      names: fields.map(() => ''),
      between: '',
      end: '\n',
      null: '',
      quotes: fields.map(() => 'needed'),
      quotable: `${delimiter}"\n\r`,
      instead: (character) => (character === '"' ? '""' : undefined),
    });
    yield* writer.write(rows);
  },
};
