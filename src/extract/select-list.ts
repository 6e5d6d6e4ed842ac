import { type Field, isDate } from '../domain/fields.ts';
import { dateForm } from './dates.ts';
import type { OutputOptions } from './output-options.ts';
import { sqlLiteral } from './sql-literal.ts';

/** A text that Excel and similar programs take for a formula (OWASP, "CSV Injection"). */
const FORMULA = "'^[=+@\\t\\r-]'";

/**
 * Returns the SELECT list of an export over `appointment a`, as texts from which the row writer writes a format. A value is null if it is
 * missing or hidden from the viewer. Dates in the default form stay as Postgres writes them and the row writer converts them: `to_char`
 * would take a third of the time of the whole export.
 */
export const selectListOf = (output: OutputOptions): string =>
  output.fields.map((field) => columnSql(field, output)).join(', ');

function columnSql(field: Field, output: OutputOptions): string {
  const { column, kind, personal } = field;
  if (personal && !output.personal) return 'NULL';
  if (isDate(field)) {
    const form = dateForm(output);
    return form === null ? `a.${column}` : `to_char(a.${column}, ${sqlLiteral(form)})`;
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
