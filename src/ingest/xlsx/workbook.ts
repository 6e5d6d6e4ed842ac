import path from 'node:path';
import { Unreadable } from '../rows/fault.ts';
import type { Archive } from './archive.ts';
import { attributeOf, parseWhole, type XmlHandler } from './xml.ts';

/** What a workbook says of itself, before its sheets are read (ECMA-376-1, 18.2; in both its transitional and its strict form). */
export interface Workbook {
  /** Names of the sheets, in their order. */
  readonly sheetNames: readonly string[];
  /** The part of the first sheet. */
  readonly sheet: string;
  /** Whether day 0 is 1904-01-01 (18.17.4.1). */
  readonly is1904: boolean;
  readonly styles: string | null;
  readonly sharedStrings: string | null;
}

interface Relationship {
  readonly id: string;
  /** The last word of its type: `worksheet`, `styles`, … */
  readonly type: string;
  /** The part that it names. */
  readonly target: string;
}

/** Reads what a workbook says of itself. Throws Unreadable if the archive is no workbook that can be read, and says what it is. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const part = await workbookPart(archive);
  const sheets: { name: string; id: string }[] = [];
  let is1904 = false;
  await parse(archive, part, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = ['1', 'true', 'on'].includes(attributes.date1904 ?? '');
      if (name === 'sheet') sheets.push({ name: attributes.name ?? '', id: attributeOf(attributes, 'id') ?? '' });
    },
    close() {},
  });
  const relationships = await relationshipsOf(archive, part);
  const targetOf = (type: string) => relationships.find((each) => each.type === type)?.target ?? null;
  const [first] = sheets;
  if (!first) throw new Unreadable('the workbook has no sheet');
  const sheet = relationships.find(({ id }) => id === first.id);
  if (!sheet) throw new Unreadable(`the workbook is damaged: it has no part for its sheet ${first.name}`);
  if (sheet.type !== 'worksheet')
    throw new Unreadable(`the first sheet, ${first.name}, is a ${sheet.type}; the rows must be in the first sheet`);
  return {
    sheetNames: sheets.map(({ name }) => name),
    sheet: sheet.target,
    is1904,
    styles: targetOf('styles'),
    sharedStrings: targetOf('sharedStrings'),
  };
}

/** Parses a part that the workbook must have. */
async function parse(archive: Archive, part: string, handler: XmlHandler): Promise<void> {
  const bytes = archive.read(part);
  if (bytes === null) throw new Unreadable(`the workbook is damaged: its part ${part} is missing`);
  await parseWhole(part, bytes, handler);
}

const PACKAGE_RELATIONSHIPS = '_rels/.rels';

async function workbookPart(archive: Archive): Promise<string> {
  if (!archive.names.includes(PACKAGE_RELATIONSHIPS)) throw new Unreadable(whatElse(archive));
  const relationships = await relationshipsOf(archive, '');
  const part = relationships.find(({ type }) => type === 'officeDocument')?.target;
  if (part === undefined || part.endsWith('.bin')) throw new Unreadable(whatElse(archive, part));
  return part;
}

/** Says what an archive is that is no workbook that can be read. */
function whatElse({ names }: Archive, part?: string): string {
  if (part !== undefined)
    return 'this is a binary workbook (.xlsb); save it as an Excel workbook (.xlsx), or the sheet as "CSV UTF-8"';
  if (names.includes('content.xml') && names.includes('mimetype'))
    return 'this is an OpenDocument file (.ods); save it as an Excel workbook (.xlsx), or the sheet as CSV';
  return 'this is a ZIP file but no Excel workbook (.xlsx); unpack it, and import the files that are in it';
}

/** Reads the relationships of a part (ECMA-376-2, 9.3); '' is the package. */
async function relationshipsOf(archive: Archive, part: string): Promise<Relationship[]> {
  const folder = path.posix.dirname(part);
  const relationships: Relationship[] = [];
  const name = path.posix.join(folder, '_rels', `${path.posix.basename(part)}.rels`);
  await parse(archive, name, {
    open(element, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
      if (element !== 'Relationship' || mode === 'External') return;
      const resolved = target.startsWith('/') ? target.slice(1) : path.posix.join(folder, target);
      relationships.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: resolved });
    },
    close() {},
  });
  return relationships;
}
