/** Another reader of workbooks than the program's: everything at once, by the central directory and by regular expressions. */
import { crc32, inflateRawSync } from 'node:zlib';

/** A cell as it is stored: its type (`n` by default), its text, and its style. */
export interface StoredCell {
  readonly type: string;
  readonly value: string;
  readonly style: number;
}

export interface StoredSheet {
  readonly name: string;
  /** The XML. */
  readonly xml: string;
  /** By row and column; null where there is no cell. */
  readonly rows: readonly (readonly (StoredCell | null)[])[];
}

const END = 0x06054b50;

/** The parts of an archive, by name; their checksums are checked. */
export function partsOf(archive: Buffer): Map<string, Buffer> {
  const end = archive.length - 22;
  if (archive.readUInt32LE(end) !== END) throw new Error('the archive has no end');
  const parts = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [crc, packed, size] = [16, 20, 24].map((of) => archive.readUInt32LE(at + of)) as [number, number, number];
    const [nameLength, extra, comment] = [28, 30, 32].map((of) => archive.readUInt16LE(at + of)) as number[];
    const name = archive.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const local = archive.readUInt32LE(at + 42);
    // Excel refuses entries whose two headers need different versions.
    if (archive.readUInt16LE(at + 6) !== archive.readUInt16LE(local + 4)) throw new Error(`${name} has two versions`);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = inflateRawSync(archive.subarray(start, start + packed));
    if (content.length !== size || crc32(content) !== crc) throw new Error(`${name} is not what it should be`);
    parts.set(name, content);
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return parts;
}

/** The sheets of a workbook, in their order. */
export function sheetsOf(archive: Buffer): StoredSheet[] {
  const parts = partsOf(archive);
  const textOf = (name: string): string => {
    const part = parts.get(name);
    if (!part) throw new Error(`there is no part ${name}`);
    return part.toString('utf8');
  };
  const targets = new Map(
    Array.from(textOf('xl/_rels/workbook.xml.rels').matchAll(/<Relationship ([^>]*)\/>/g), ([, attributes = '']) => [
      attribute(attributes, 'Id'),
      attribute(attributes, 'Target'),
    ]),
  );
  return Array.from(textOf('xl/workbook.xml').matchAll(/<sheet ([^>]*)\/>/g), ([, attributes = '']) => {
    const xml = textOf(`xl/${targets.get(attribute(attributes, 'r:id'))}`);
    return { name: attribute(attributes, 'name') ?? '', xml, rows: rowsOf(xml) };
  });
}

const attribute = (attributes: string, name: string): string | null =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? null;

function rowsOf(xml: string): (StoredCell | null)[][] {
  const rows: (StoredCell | null)[][] = [];
  for (const [, attributes = '', content = ''] of xml.matchAll(/<row\b([^>]*?)(?:\/>|>(.*?)<\/row>)/gs)) {
    const row: (StoredCell | null)[] = [];
    for (const [, of = '', inner = ''] of content.matchAll(/<c\b([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const value = /<(?:v|t)\b[^>]*?(?:\/>|>(.*?)<\/(?:v|t)>)/s.exec(inner)?.[1] ?? '';
      row[columnOf(attribute(of, 'r') ?? '')] = {
        type: attribute(of, 't') ?? 'n',
        value: unescaped(value),
        style: Number(attribute(of, 's') ?? 0),
      };
    }
    rows[Number(attribute(attributes, 'r')) - 1] = Array.from(row, (cell) => cell ?? null);
  }
  return Array.from(rows, (row) => row ?? []);
}

const columnOf = (reference: string): number =>
  [...reference.replace(/\d/g, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const unescaped = (xml: string): string =>
  xml
    .replace(/\r\n?/g, '\n')
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name] ?? '')
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)));

/** The wall clock of a date's number in the 1900 date system. */
export const wallClockOf = (serial: string): string =>
  new Date(Math.round((Number(serial) - 25_569) * 86_400) * 1000).toISOString().slice(0, 19);
