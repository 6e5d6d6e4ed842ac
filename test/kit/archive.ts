import { crc32, deflateRawSync } from 'node:zlib';

/** What an archive says of an entry, where that is not true. */
export interface Lies {
  readonly size?: number;
  readonly flags?: number;
  readonly crc?: number;
}

/** A ZIP archive of these files (PKWARE's APPNOTE, 4.3), as most programs write it: each with its sizes before it. */
export function archiveOf(
  files: Readonly<Record<string, string | Buffer>>,
  lies: Readonly<Record<string, Lies>> = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const { size = bytes.length, flags = 0, crc = crc32(bytes) } = lies[name] ?? {};
    const common = Buffer.alloc(26);
    for (const [at, value] of [20, flags, 8, 0, 0x21].entries()) common.writeUInt16LE(value, 2 * at);
    for (const [at, value] of [crc, packed.length, size].entries()) common.writeUInt32LE(value, 10 + 4 * at);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, rest, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  for (const at of [8, 10]) end.writeUInt16LE(directory.length, at);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** What a workbook has besides its first sheet; everything as Excel writes it by default. */
export interface WorkbookParts {
  /** The shared strings, as XML of each `si`. */
  readonly strings?: readonly string[];
  /** Format codes of the styles 1, 2, …, or numbers of built-in formats. */
  readonly formats?: readonly (string | number)[];
  readonly is1904?: boolean;
  /** Further sheets, by name. */
  readonly others?: readonly string[];
  /** The namespace's prefix of all elements, with its colon. */
  readonly prefix?: string;
  /** Whether the namespaces are those of the strict form. */
  readonly strict?: boolean;
}

/** The parts of a workbook whose first sheet has these rows, as XML without prefix. */
export function workbookFiles(rows: string, parts: WorkbookParts = {}): Record<string, string> {
  const { strings, formats = [], is1904 = false, others = [], prefix = '', strict = false } = parts;
  const root = strict ? 'http://purl.oclc.org/ooxml' : 'http://schemas.openxmlformats.org';
  const year = strict ? '' : '/2006';
  const main = `${root}/spreadsheetml${year}/main`;
  const relationship = (type: string) => `${root}/officeDocument${year}/relationships/${type}`;
  const xmlns = prefix === '' ? `xmlns="${main}"` : `xmlns:${prefix.slice(0, -1)}="${main}"`;
  const prefixed = (xml: string) => xml.replace(/<(\/?)(?=[A-Za-z])/g, `<$1${prefix}`);
  const document = (name: string, content: string, attributes = '') =>
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n${prefixed(`<${name} ${xmlns}${attributes}>${content}</${name}>`)}`;
  const relationships = (list: readonly (readonly [type: string, target: string])[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
      .map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${relationship(type)}" Target="${target}"/>`)
      .join('')}</Relationships>`;
  const sheets = ['Sheet1', ...others].map(
    (name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const custom = formats.flatMap((format, at) =>
    typeof format === 'string'
      ? [`<numFmt numFmtId="${164 + at}" formatCode="${format.replaceAll('"', '&quot;')}"/>`]
      : [],
  );
  const styles = formats.map((format, at) => `<xf numFmtId="${typeof format === 'string' ? 164 + at : format}"/>`);
  return {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relationships([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': document(
      'workbook',
      `<workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${sheets.join('')}</sheets>`,
      ` xmlns:r="${relationship('').slice(0, -1)}"`,
    ),
    'xl/_rels/workbook.xml.rels': relationships([
      ['worksheet', 'worksheets/sheet1.xml'],
      ...others.map((_, at) => ['worksheet', `worksheets/sheet${at + 2}.xml`] as const),
      ['styles', '/xl/styles.xml'],
      ...(strings ? [['sharedStrings', 'sharedStrings.xml'] as const] : []),
    ]),
    'xl/styles.xml': document(
      'styleSheet',
      `<numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs>`,
    ),
    ...(strings && { 'xl/sharedStrings.xml': document('sst', strings.map((si) => `<si>${si}</si>`).join('')) }),
    'xl/worksheets/sheet1.xml': document('worksheet', `<sheetData>${rows}</sheetData>`),
    ...Object.fromEntries(
      others.map((_, at) => [`xl/worksheets/sheet${at + 2}.xml`, document('worksheet', '<sheetData/>')]),
    ),
  };
}

/** A workbook whose first sheet has these rows, as XML. */
export const workbookOf = (rows: string, parts: WorkbookParts = {}): Buffer => archiveOf(workbookFiles(rows, parts));

/** A row of inline strings. */
export const textRow = (texts: readonly string[]): string =>
  `<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
