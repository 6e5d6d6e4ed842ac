import { copyString } from '../../domain/values/copy-string.ts';
import { Unreadable } from '../rows/fault.ts';
import type { Archive } from './archive.ts';
import { TextReader } from './text-reader.ts';
import { parseXml } from './xml.ts';

/** Maximum memory for the texts that a workbook's cells name by number, and what each takes besides its characters. */
const MAX_BYTES = 256 << 20;
const TEXT_BYTES = 32;

/** Maximum number of characters of such a text: cells of a spreadsheet hold half as many, and every one that names it is as long. */
const MAX_LENGTH = 1 << 16;

/** Reads the texts that cells name by their number (ECMA-376-1, 18.4.9). Throws Unreadable if they are too many for the memory. */
export async function readSharedStrings(archive: Archive, part: string | null): Promise<readonly string[]> {
  const bytes = part === null ? null : archive.read(part);
  const strings: string[] = [];
  if (bytes === null || part === null) return strings;
  let used = 0;
  const reader = new TextReader();
  const parsing = parseXml(part, bytes, {
    open(name) {
      if (name === 'si') reader.begin();
      else reader.open(name);
    },
    close(name) {
      reader.close(name);
      if (name !== 'si') return;
      const text = copyString(reader.end());
      if (text.length > MAX_LENGTH)
        throw new Unreadable(
          `the workbook has a text of ${text.length} characters; a spreadsheet’s cells hold 32,767. Import the rows as CSV`,
        );
      // Long ones are UTF-16 in memory.
      used += 2 * text.length + TEXT_BYTES;
      strings.push(text);
    },
    text: (text) => reader.text(text),
  });
  for await (const _ of parsing)
    if (used > MAX_BYTES)
      throw new Unreadable(
        'the workbook has more different texts than can be read at once (256 MiB); save its first sheet as "CSV UTF-8"',
      );
  return strings;
}
