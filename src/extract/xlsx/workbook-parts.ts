import { columnLetters } from './cell-kinds.ts';
import { xmlText } from './xml-text.ts';

/** The parts of a workbook around its sheets (ECMA-376-1, 12; ECMA-376-2). */

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const CONTENT_TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const SHEET_NAMESPACES = `xmlns="${MAIN}"`;

/** The sheets, in their order: the rows, and what they are. */
const SHEETS = ['rows', 'about'] as const;

/** The names of the sheets; `rows` is that of the sheet with the rows. */
const sheetNames = (rows: string): string[] => [rows, 'About'];

export const sheetPart = (index: number): string => `xl/worksheets/sheet${index + 1}.xml`;

export const CONTENT_TYPES_XML = `<Types xmlns="${CONTENT_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/>${SHEETS.map((_, at) => `<Override PartName="/${sheetPart(at)}" ContentType="${SPREADSHEET}.worksheet+xml"/>`).join('')}</Types>`;

const relationship = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`;

const relationships = (content: string): string =>
  `<Relationships xmlns="${PACKAGE_RELATIONSHIPS}">${content}</Relationships>`;

export const PACKAGE_RELATIONSHIPS_XML = relationships(relationship('rId1', 'officeDocument', 'xl/workbook.xml'));

const sheetId = (index: number): string => `rId${index + 1}`;

export const WORKBOOK_RELATIONSHIPS_XML = relationships(
  SHEETS.map((_, at) => relationship(sheetId(at), 'worksheet', `worksheets/sheet${at + 1}.xml`)).join('') +
    relationship(sheetId(SHEETS.length), 'styles', 'styles.xml'),
);

/** Returns the part that lists the sheets. The range of its filter is also a hidden name, as Excel writes it. */
export function workbookXml(sheet: string, columns: number, rows: number): string {
  const sheets = sheetNames(sheet).map(
    (name, at) => `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="${sheetId(at)}"/>`,
  );
  const range = `${sheet}!$A$1:$${columnLetters(columns - 1)}$${rows}`;
  return `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><workbookPr/><bookViews><workbookView/></bookViews><sheets>${sheets.join('')}</sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${range}</definedName></definedNames></workbook>`;
}
