import { FIELDS } from '../../domain/fields.ts';
import type { DocumentForm, ExportDetails } from '../output-options.ts';
import { MAX_CELL_LENGTH } from './sheet-limits.ts';
import { STYLES } from './styles.ts';
import { textCell } from './text-cell.ts';
import { SHEET_NAMESPACES } from './workbook-parts.ts';

type Line = readonly [label: string, value: string | number];

const labelsOf = (fields: readonly { readonly label: string }[]): string => fields.map(({ label }) => label).join(', ');

/** Returns the sheet that says what the rows are, and what is left out. */
export function aboutSheet(output: DocumentForm, details: ExportDetails, rows: number): string {
  const lines: Line[] = [
    ['Source', `Interviews Data Service ${details.program}`],
    ['Exported at (UTC)', details.exportedAt.toISOString().slice(0, 19).replace('T', ' ')],
    ['Data version', details.version],
    ['Rows', rows],
    ...filterLines(details),
    ...(details.subject?.lines ?? extractLines(output, details)),
  ];
  const cells = lines.map(([label, value], at) => {
    const row = at + 1;
    const shownValue =
      typeof value === 'number'
        ? `<c r="B${row}"><v>${value}</v></c>`
        : textCell(`B${row}`, STYLES.text, shortened(value));
    return `<row r="${row}">${textCell(`A${row}`, STYLES.heading, label)}${shownValue}</row>`;
  });
  return `<worksheet ${SHEET_NAMESPACES}><cols><col min="1" max="1" width="36" customWidth="1"/><col min="2" max="2" width="100" customWidth="1"/></cols><sheetData>${cells.join('')}</sheetData></worksheet>`;
}

const extractLines = (output: DocumentForm, details: ExportDetails): Line[] => [
  ['Rows left out', rowsLeftOut(details)],
  ['Columns left out', columnsLeftOut(output)],
  ['Personal columns', personalColumns(output)],
  ...dateLines(output),
];

/** On the command line a filter may be longer than a cell. */
const shortened = (text: string): string =>
  text.length > MAX_CELL_LENGTH ? `${text.slice(0, MAX_CELL_LENGTH - 1)}…` : text;

const filterLines = ({ filters }: ExportDetails): Line[] =>
  filters.length === 0
    ? [['Filters', 'none']]
    : filters.map(({ label, values }) => [`Filter: ${label}`, values.join(' or ')]);

function rowsLeftOut({ limit, isContinued, hasMore, isRestricted }: ExportDetails): string {
  const parts = [
    ...(isRestricted ? ['those that the token may not see'] : []),
    ...(isContinued ? ['those before this page'] : []),
    ...(hasMore ? [`those after the first ${limit}${isContinued ? ' of this page' : ''}`] : []),
  ];
  return parts.join(', ') || 'none';
}

function columnsLeftOut({ fields }: DocumentForm): string {
  const left = FIELDS.filter((field) => !fields.some(({ key }) => key === field.key));
  return left.length === 0 ? 'none' : labelsOf(left);
}

function personalColumns({ fields, personal }: DocumentForm): string {
  const empty = fields.filter((field) => field.personal);
  if (personal || empty.length === 0) return personal ? 'included' : 'none';
  return `empty, because the token lacks the scope personal: ${labelsOf(empty)}`;
}

function dateLines({ fields }: DocumentForm): Line[] {
  const utc = fields.filter(({ kind }) => kind === 'utc' || kind === 'instant');
  const local = fields.filter(({ kind }) => kind === 'local');
  return [
    ...(utc.length > 0 ? [['Dates in UTC', labelsOf(utc)] as const] : []),
    ...(local.length > 0 ? [['Dates in Interview Time Zone', labelsOf(local)] as const] : []),
  ];
}
