import { fieldIndexOf } from '../rows/columns.ts';
import type { Extract, ReadOptions } from '../rows/extract.ts';
import { readRecordFile } from '../rows/read-record-file.ts';
import { openWorkbook } from './workbook-file.ts';

/** The first bytes of a ZIP archive with a file in it. */
const START = [0x50, 0x4b, 0x03, 0x04];

/** Whether a file with these first bytes is a ZIP archive, and so perhaps a workbook. */
export const isArchive = (first: Uint8Array): boolean => START.every((byte, at) => first[at] === byte);

/** Opens a workbook and returns the rows of its first sheet as an iterable. Errors: as in `openWorkbook`. */
export async function readXlsx(
  {
    name,
    bytes,
    maxBytes,
  }: { readonly name: string; readonly bytes: AsyncIterable<Uint8Array>; readonly maxBytes?: number },
  options: ReadOptions,
): Promise<Extract> {
  const file = await openWorkbook(name, bytes, (column) => fieldIndexOf(column) !== -1, maxBytes);
  try {
    return readRecordFile(file, options);
  } catch (error) {
    await file.close();
    throw error;
  }
}
