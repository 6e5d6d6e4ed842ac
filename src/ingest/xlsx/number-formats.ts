import type { Archive } from './archive.ts';
import { parseWhole } from './xml.ts';

/** Built-in formats of dates and times (ECMA-376-1, 18.8.30); the last two ranges are those of East Asian languages. */
const BUILT_IN_DATES: readonly (readonly [first: number, last: number])[] = [
  [14, 22],
  [45, 47],
  [27, 36],
  [50, 58],
];

/** What a format code has that is no letter of a date: texts, escaped characters, fillers, and conditions, colors and languages. */
const NO_LETTERS = /"[^"]*"?|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\][]*\]/gi;
/** A longer format code is none that a spreadsheet has (Excel's specifications and limits). */
const MAX_CODE_LENGTH = 255;

/** Whether a format shows a number as a date or a time. The first of its sections counts, which is that of positive numbers. */
export function isDateFormat(code: string): boolean {
  if (code.length > MAX_CODE_LENGTH) return false;
  const plain = code.replace(NO_LETTERS, '');
  return /[ymdhs]/i.test(plain.split(';')[0] ?? '') && !/general/i.test(plain);
}

/** Reads which styles of cells show dates, by their position. A workbook without styles has none. */
export async function readDateStyles(archive: Archive, part: string | null): Promise<readonly boolean[]> {
  const bytes = part === null ? null : archive.read(part);
  const custom = new Map<number, boolean>();
  const styles: number[] = [];
  let inCellFormats = false;
  if (bytes !== null && part !== null)
    await parseWhole(part, bytes, {
      open(name, { numFmtId = '0', formatCode = '' }) {
        if (name === 'numFmt') custom.set(Number(numFmtId), isDateFormat(formatCode));
        else if (name === 'cellXfs') inCellFormats = true;
        else if (name === 'xf' && inCellFormats) styles.push(Number(numFmtId));
      },
      close(name) {
        if (name === 'cellXfs') inCellFormats = false;
      },
    });
  return styles.map((id) => custom.get(id) ?? BUILT_IN_DATES.some(([first, last]) => id >= first && id <= last));
}
