import { type Field, isDate } from '../domain/fields.ts';
import { dateForm } from './dates.ts';
import type { OutputOptions } from './output-options.ts';
import { quoted } from './quoted.ts';

/** What Excel and its like take for a formula (OWASP, CSV injection). */
const FORMULA = "'^[=+@\\t\\r-]'";

/**
 * The columns of an export, over `appointment a`, as texts that a format's rows are written from; null where a row states nothing or may not
 * show it. Dates without a form of their own stay as Postgres has them, which the row writer makes ours: `to_char` would cost a third of
 * the whole export.
 */
export const columnsOf = (output: OutputOptions): string =>
  output.fields.map((field) => columnSql(field, output)).join(', ');

function columnSql(field: Field, output: OutputOptions): string {
  const { column, kind, personal } = field;
  if (personal && !output.personal) return 'NULL';
  if (isDate(field)) {
    const form = dateForm(output);
    return form === null ? `a.${column}` : `to_char(a.${column}, ${quoted(form)})`;
  }
  switch (kind) {
    case 'boolean':
      return `a.${column}::text`;
    case 'text':
    case 'identifier':
      return output.excel
        ? `CASE WHEN a.${column} ~ ${FORMULA} THEN '''' || a.${column} ELSE a.${column} END`
        : `a.${column}`;
    default:
      return `a.${column}`;
  }
}
