import { FIELDS } from '../../domain/fields.ts';
import { inSmallBatches } from '../bytes/batches.ts';
import { isCanonicalHeader } from '../rows/columns.ts';
import { type RecordFault, shortText, Unreadable, UnreadableExtract } from '../rows/fault.ts';
import { type FittedRecord, hasContent } from '../rows/fit-records.ts';
import { oversized } from '../rows/limits.ts';
import type { RecordFile } from '../rows/record-file.ts';
import { Repairs } from '../rows/repairs.ts';
import { openArchive } from './archive.ts';
import { readDateStyles } from './number-formats.ts';
import { readSharedStrings } from './shared-strings.ts';
import { faultOf, SheetReader, type SheetRecord } from './sheet-reader.ts';
import { spool } from './spool.ts';
import { readWorkbook } from './workbook.ts';
import { parseXml } from './xml.ts';

/**
 * Opens an Excel workbook (.xlsx) and reads the header of its first sheet, the first row with content. `name`: the file name as the user
 * gave it; `isKnown`: whether a name in the header is that of a column that is read. `maxBytes`: maximum number of bytes that are unpacked, and of
 * characters in all cells. Throws UnreadableExtract, PAYLOAD_TOO_LARGE, and any error of the bytes.
 */
export async function openWorkbook(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  isKnown: (name: string) => boolean,
  maxBytes?: number,
): Promise<RecordFile> {
  const file = await spool(bytes);
  let header: readonly string[] = [];
  let sheet: SheetReader | null = null;
  let batches: AsyncGenerator<SheetRecord[]> | null = null;
  const close = async () => {
    // First what reads the file.
    await batches?.return(undefined);
    await file.close();
  };
  const nameAt = (at: number): string => shortText(header[at] ?? '');
  const withPosition = (error: unknown): unknown => {
    if (!(error instanceof Unreadable)) return error;
    const column = error.cell === null || error.cell >= header.length ? null : nameAt(error.cell);
    const fault = { line: error.line ?? Math.max(sheet?.line ?? 1, 1), column, value: null, reason: error.message };
    return new UnreadableExtract(name, fault, 'line');
  };
  try {
    const archive = await openArchive(file.fd, maxBytes);
    const workbook = await readWorkbook(archive);
    const reader = new SheetReader({
      sharedStrings: await readSharedStrings(archive, workbook.sharedStrings),
      dateStyles: await readDateStyles(archive, workbook.styles),
      is1904: workbook.is1904,
      maxCharacters: maxBytes ?? Number.POSITIVE_INFINITY,
    });
    sheet = reader;
    const content = archive.read(workbook.sheet);
    if (content === null) throw new Unreadable(`the workbook is damaged: its part ${workbook.sheet} is missing`);
    const reading = recordsOf(parseXml(workbook.sheet, content, reader), reader);
    batches = reading;

    const repairs = new Repairs();
    let batch: SheetRecord[] = [];
    let found: SheetRecord | undefined;
    while (found === undefined) {
      const next = batch.shift();
      if (next === undefined) {
        const more = await reading.next();
        if (more.done) break;
        batch = more.value;
      } else if (hasContent(next)) found = next;
      else repairs.add(next.line, { kind: 'blankRow', column: null, value: null });
    }
    const first = found ?? { line: 1, cells: [] };
    header = first.cells.map((cell) => cell ?? '');
    const width = header.length;
    const [fault] = first.isLarge ? oversized(first.line, first.cells, nameAt) : [];
    if (fault) throw new UnreadableExtract(name, fault, 'line');
    /** The name of a column that is read; null for others. */
    const columnAt = (at: number): string | null => {
      const named = header[at] ?? '';
      return isKnown(named) ? nameAt(at) : null;
    };
    const fit = (record: SheetRecord): FittedRecord => {
      const { line, cells, isLarge } = record;
      while (cells.length < width) cells.push(null);
      const fault = faultOf(record, columnAt);
      return { line, cells, ...(isLarge && { isLarge }), ...(fault && { fault }) };
    };

    async function* records(): AsyncGenerator<FittedRecord[]> {
      try {
        if (batch.length > 0) yield batch.map(fit);
        for await (const next of reading) yield next.map(fit);
      } catch (error) {
        throw withPosition(error);
      } finally {
        await close();
      }
    }

    return {
      header,
      line: first.line,
      form: {
        isCanonical: isOwnHeader(header),
        isJson: false,
        quotesAll: false,
        hasTypedNumbers: true,
        mayHaveDecimalCommas: false,
        isGuarded: false,
        mayBeRounded: true,
      },
      repairs,
      warnings: otherSheets(workbook.sheetNames),
      records: records(),
      withPosition,
      close,
    };
  } catch (error) {
    await close();
    throw withPosition(error);
  }
}

async function* recordsOf(parsing: AsyncGenerator<void>, reader: SheetReader): AsyncGenerator<SheetRecord[]> {
  try {
    for await (const _ of parsing) yield* inSmallBatches(reader.take());
  } catch (error) {
    // Records before an error are yielded before the error is thrown.
    yield* inSmallBatches(reader.take());
    throw error;
  }
}

/** Whether a header is that of an export of all fields, whose texts are meant as they are. */
const isOwnHeader = (header: readonly string[]): boolean =>
  isCanonicalHeader(header) ||
  (header.length === FIELDS.length && FIELDS.every(({ label }, at) => label === header[at]));

/** The name of the sheet that an export has besides its rows. */
const ABOUT = 'About';

/** Returns the warning about sheets that are not read. */
function otherSheets([first = '', ...others]: readonly string[]): RecordFault[] {
  const unread = others.filter((name) => name !== ABOUT);
  if (unread.length === 0) return [];
  const named = unread.slice(0, 5).map(shortText).join(', ');
  const reason = `only the first sheet, ${shortText(first)}, is imported; not: ${named}${unread.length > 5 ? ` and ${unread.length - 5} more` : ''}`;
  return [{ line: 1, column: null, value: null, reason }];
}
