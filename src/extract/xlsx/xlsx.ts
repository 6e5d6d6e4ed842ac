import type { DocumentForm, ExportDetails, Format } from '../output-options.ts';
import { aboutSheet } from './about-sheet.ts';
import { CellWriter } from './cell-writer.ts';
import { interviewsSheet } from './interviews-sheet.ts';
import { maxSheetBytes, SHEET_LIMITS } from './sheet-limits.ts';
import { STYLES_XML } from './styles.ts';
import {
  CONTENT_TYPES_XML,
  PACKAGE_RELATIONSHIPS_XML,
  sheetPart,
  WORKBOOK_RELATIONSHIPS_XML,
  workbookXml,
} from './workbook-parts.ts';
import { type ZipEntry, zip } from './zip-writer.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Bytes that an entry must not exceed to do without ZIP64. */
const MAX_SMALL_BYTES = 0xffffffff;

/** A workbook (ECMA-376), written as the rows arrive. */
export const xlsx: Format = {
  name: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  attachment: 'interviews-extract.xlsx',
  nulls: null,
  labels: true,
  isCompressed: true,
  isDated: true,
  limits: SHEET_LIMITS,
  encode: (output, rows, details) => zip(entriesOf(output, rows, details)),
};

/** Returns the parts of the workbook. What depends on the number of rows comes after them. */
function entriesOf(output: DocumentForm, rows: AsyncIterable<Buffer>, details: ExportDetails): ZipEntry[] {
  const writer = new CellWriter(output, 1);
  const small = (name: string, xml: () => string): ZipEntry => ({
    name,
    mayBeLarge: false,
    content: () => [Buffer.from(DECLARATION + xml())],
  });
  async function* sheet(): AsyncGenerator<Buffer> {
    yield Buffer.from(DECLARATION);
    yield* interviewsSheet(output, writer, writer.write(rows));
  }
  return [
    small('[Content_Types].xml', () => CONTENT_TYPES_XML),
    small('_rels/.rels', () => PACKAGE_RELATIONSHIPS_XML),
    small('xl/_rels/workbook.xml.rels', () => WORKBOOK_RELATIONSHIPS_XML),
    small('xl/styles.xml', () => STYLES_XML),
    {
      name: sheetPart(0),
      mayBeLarge: details.extent === null || maxSheetBytes(output, details.extent) >= MAX_SMALL_BYTES,
      content: sheet,
    },
    small(sheetPart(1), () => aboutSheet(output, details, writer.row - 1)),
    small('xl/workbook.xml', () =>
      workbookXml(details.subject?.sheet ?? 'Interviews', output.fields.length, writer.row),
    ),
  ];
}
