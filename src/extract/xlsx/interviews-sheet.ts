import type { DocumentForm, WrittenColumn } from '../output-options.ts';
import { type CellKind, cellKindOf, columnLetters } from './cell-kinds.ts';
import type { CellWriter } from './cell-writer.ts';
import { STYLES } from './styles.ts';
import { textCell } from './text-cell.ts';
import { SHEET_NAMESPACES } from './workbook-parts.ts';

/** Widths of columns in characters: what their values usually need. */
const WIDTHS: Readonly<Partial<Record<WrittenColumn['kind'], number>>> = {
  uuid: 38,
  text: 28,
  zone: 22,
  identifier: 20,
};
const OTHER_WIDTHS: Readonly<Record<CellKind, number>> = {
  date: 20,
  instant: 20,
  number: 12,
  boolean: 12,
  word: 16,
  text: 20,
};
/** The button of the filter takes the width of some characters of the heading. */
const FILTER_BUTTON = 4;

/** The style of a column, for cells that somebody adds. */
const COLUMN_STYLES: Readonly<Record<CellKind, number>> = {
  date: STYLES.date,
  instant: STYLES.date,
  number: STYLES.general,
  boolean: STYLES.general,
  word: STYLES.text,
  text: STYLES.text,
};

/** Yields the sheet with the rows: a heading that stays in sight, and a filter for each column. `rows`: the rows as XML. */
export async function* interviewsSheet(
  output: DocumentForm,
  writer: CellWriter,
  rows: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const { fields, labels } = output;
  const names = fields.map(({ key, label }) => (labels ? label : key));
  const columns = fields.map((field, at) => {
    const kind = cellKindOf(field, output);
    const width = Math.max(WIDTHS[field.kind] ?? OTHER_WIDTHS[kind], (names[at] ?? '').length + FILTER_BUTTON);
    return `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${COLUMN_STYLES[kind]}" customWidth="1"/>`;
  });
  const heading = names.map((name, at) => textCell(`${columnLetters(at)}1`, STYLES.heading, name));
  yield Buffer.from(
    `<worksheet ${SHEET_NAMESPACES}><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData><row r="1">${heading.join('')}</row>`,
  );
  yield* rows;
  const range = `A1:${columnLetters(fields.length - 1)}${writer.row}`;
  // Ids of digits are text on purpose: no green triangles.
  yield Buffer.from(
    `</sheetData><autoFilter ref="${range}"/><ignoredErrors><ignoredError sqref="${range}" numberStoredAsText="1"/></ignoredErrors></worksheet>`,
  );
}
