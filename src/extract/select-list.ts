import { isDate } from '../domain/fields.ts';
import type { OptionalKey } from '../domain/optional-columns.ts';
import { NEEDS_FORMULA_GUARD } from '../domain/values/formula-guard.ts';
import { dateForm } from './dates.ts';
import type { OutputColumn, OutputOptions } from './output-options.ts';
import { sqlLiteral } from './sql-literal.ts';

/** What gets a `'` in front for a spreadsheet. The expression means the same to Postgres (PostgreSQL manual, 9.7.3). */
const NEEDS_GUARD = sqlLiteral(NEEDS_FORMULA_GUARD.source);

/** Two names joined by a space, as `fullName` of the catalogue defines (src/domain/entities.ts). */
const fullName = (first: string, last: string): string =>
  `nullif(concat_ws(' ', nullif(${first}, ''), nullif(${last}, '')), '')`;

/**
 * The optional columns, over `appointment a`. Names of jobs and candidates are subqueries, which leave the rest of the statement as it is:
 * a join could change its plan, and the order of its rows.
 */
const OPTIONAL_COLUMN_SQL: Readonly<Record<OptionalKey, string>> = {
  jobTitle: '(SELECT title FROM job WHERE job.job_id = a.job_id)',
  jobDepartment: '(SELECT department FROM job WHERE job.job_id = a.job_id)',
  candidateName: `(SELECT ${fullName('first_name', 'last_name')} FROM candidate c WHERE c.candidate_profile_id = a.candidate_profile_id)`,
  startsAt: 'a.starts_at',
  endsAt: 'a.ends_at',
  reviewedAt: 'a.reviewed_at',
  interviewerName: fullName('a.interviewer_first_name', 'a.interviewer_last_name'),
  rowId: 'a.row_id',
};

/** The optional columns that are of other tables. */
const OF_OTHER_TABLES: ReadonlySet<string> = new Set<OptionalKey>(['jobTitle', 'jobDepartment', 'candidateName']);

/** Whether the SELECT list of an export asks other tables than `appointment`. */
export const asksOtherTables = ({ fields, personal }: OutputOptions): boolean =>
  fields.some((column) => OF_OTHER_TABLES.has(column.key) && (personal || !column.personal));

/** The default form of an instant, as a template of to_char. */
const INSTANT_FORM = 'YYYY-MM-DD"T"HH24:MI:SS"Z"';

/**
 * Returns the SELECT list of an export over `appointment a`, as texts from which the row writer writes a format. A value is null if it is
 * missing or hidden from the viewer. Dates in the default form stay as Postgres writes them and the row writer converts them: `to_char`
 * would take a third of the time of the whole export.
 */
export const selectListOf = (output: OutputOptions): string =>
  output.fields.map((column) => columnSql(column, output)).join(', ');

function columnSql(column: OutputColumn, output: OutputOptions): string {
  if (column.personal && !output.personal) return 'NULL';
  const value = 'column' in column ? `a.${column.column}` : OPTIONAL_COLUMN_SQL[column.key];
  const form = dateForm(output);
  if (isDate(column)) return form === null ? value : `to_char(${value}, ${sqlLiteral(form)})`;
  switch (column.kind) {
    case 'instant':
      return `to_char(${value} AT TIME ZONE 'UTC', ${sqlLiteral(form ?? INSTANT_FORM)})`;
    case 'number':
      return output.decimalComma ? `replace(${value}::text, '.', ',')` : value;
    case 'boolean':
      return `${value}::text`;
    case 'text':
    case 'identifier':
      return output.excel ? `CASE WHEN ${value} ~ ${NEEDS_GUARD} THEN '''' || ${value} ELSE ${value} END` : value;
    default:
      return value;
  }
}
