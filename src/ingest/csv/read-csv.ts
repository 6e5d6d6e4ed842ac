import type { DecodedText } from '../bytes/decode-text.ts';
import { fieldIndexOf, isCanonicalHeader } from '../rows/columns.ts';
import type { Extract, ReadOptions } from '../rows/extract.ts';
import { readRecordFile } from '../rows/read-record-file.ts';
import { openCsv } from './csv-file.ts';

const COLUMNS = { isKnown: (name: string) => fieldIndexOf(name) !== -1, isCanonical: isCanonicalHeader };

/** Reads the header of an extract in CSV and returns its rows as an iterable. `name`: the file name. Throws UnreadableExtract. */
export const readCsv = async (name: string, text: DecodedText, options: ReadOptions): Promise<Extract> =>
  readRecordFile(await openCsv(name, text, COLUMNS), options);
