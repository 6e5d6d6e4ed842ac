import type { Field } from '../domain/fields.ts';
import { toCharFormat } from './dates.ts';
import type { Shape } from './format.ts';
import { quoted } from './quoted.ts';

/** What Excel and its like take for a formula (OWASP, CSV injection). */
const FORMULA = "'^[=+@\\t\\r-]'";

/** The form of dates that spreadsheets know. */
const SPREADSHEET_DATE = 'YYYY-MM-DD HH24:MI:SS';

/**
 * The columns of an export, over `appointment a`, as texts that a format's rows are written from; null where a row states nothing or may not
 * show it. Dates without a form of their own stay as Postgres has them, which the row writer makes ours: `to_char` would cost a third of
 * the whole export.
 */
export const columnsOf = (shape: Shape): string => shape.fields.map((field) => columnOf(field, shape)).join(', ');

function columnOf({ column, kind, personal }: Field, { dates, excel, personal: shown }: Shape): string {
  if (personal && !shown) return 'NULL';
  switch (kind) {
    case 'utc':
    case 'local':
      if (dates) return `to_char(a.${column}, ${quoted(toCharFormat(dates))})`;
      return excel ? `to_char(a.${column}, ${quoted(SPREADSHEET_DATE)})` : `a.${column}`;
    case 'boolean':
      return `a.${column}::text`;
    case 'text':
    case 'identifier':
      return excel ? `CASE WHEN a.${column} ~ ${FORMULA} THEN '''' || a.${column} ELSE a.${column} END` : `a.${column}`;
    default:
      return `a.${column}`;
  }
}
