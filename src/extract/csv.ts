import { csvCell } from '../domain/csv-cell.ts';
import type { Field } from '../domain/fields.ts';
import { toCharFormat } from './dates.ts';
import type { Format, Shape } from './format.ts';
import { quoted } from './quoted.ts';

/** What Excel and its like take for a formula (OWASP, CSV injection). */
const FORMULA = "'^[=+@\\t\\r-]'";

/** The form of dates that spreadsheets know. */
const SPREADSHEET_DATE = 'YYYY-MM-DD HH24:MI:SS';

/**
 * A column as canonical CSV shows it (docs/contract.md, "Response"). Needs DateStyle ISO, where a timestamp's text differs from ours by one
 * letter; `to_char` would cost a third of the whole export.
 */
function cell({ column, kind, personal }: Field, { dates, excel, personal: shown }: Shape): string {
  if (personal && !shown) return 'NULL';
  switch (kind) {
    case 'utc':
    case 'local':
      if (dates) return `to_char(a.${column}, ${quoted(toCharFormat(dates))})`;
      return excel ? `to_char(a.${column}, ${quoted(SPREADSHEET_DATE)})` : `replace(a.${column}::text, ' ', 'T')`;
    case 'boolean':
      return `a.${column}::text`;
    case 'text':
    case 'identifier':
      return excel ? `CASE WHEN a.${column} ~ ${FORMULA} THEN '''' || a.${column} ELSE a.${column} END` : `a.${column}`;
    default:
      return `a.${column}`;
  }
}

/** Canonical CSV: a header of the keys, LF, quotes only where needed, an empty cell for null and `""` for empty text. */
export const csv: Format = {
  name: 'csv',
  mediaType: 'text/csv',
  contentType: 'text/csv; charset=utf-8',
  attachment: 'interviews-extract.csv',
  select: (shape) => shape.fields.map((field) => cell(field, shape)).join(', '),
  copyOptions: 'FORMAT csv',
  async *frame({ fields, labels, excel }, rows) {
    const header = fields.map(({ key, label }) => csvCell(labels ? label : key)).join(',');
    yield Buffer.from(`${excel ? '\uFEFF' : ''}${header}\n`);
    yield* rows;
  },
};
