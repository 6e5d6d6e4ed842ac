import { shown } from '../../domain/errors.ts';
import type { NameColumn, NameList } from '../../domain/import/name-lists.ts';
import { readText, readUuid } from '../../domain/values/cells.ts';
import { copyString } from '../../domain/values/copy-string.ts';
import { InvalidValue } from '../../domain/values/invalid-value.ts';
import { decompress } from '../bytes/decompress.ts';
import { Lookahead } from '../bytes/lookahead.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import type { CsvRecord } from '../csv/csv.ts';
import { openCsv, wrongWidth } from '../csv/csv-file.ts';
import { unknownColumns } from '../rows/columns.ts';
import { type RecordFault, shortText, Unreadable, UnreadableExtract } from '../rows/fault.ts';
import { oversized } from '../rows/limits.ts';
import type { ExtractSource } from '../rows/read-extract.ts';

/** A record of a file of names after reading. */
export interface ReadNames {
  readonly line: number;
  /** Null if the record is refused. */
  readonly id: string | null;
  /** In the order of `NamesFile.columns`. */
  readonly names: readonly (string | null)[];
  /** The reasons why it is refused. */
  readonly faults: readonly RecordFault[];
}

/** A file of names that is being read. */
export interface NamesFile {
  /** The names that the file contains, in the list's order. */
  readonly columns: readonly NameColumn[];
  /** Complete once the records have been read. */
  readonly warnings: readonly RecordFault[];
  /** In batches of some hundred; iterate once. Throws UnreadableExtract. */
  readonly records: AsyncIterable<ReadNames[]>;
}

/** Reads a file of names: CSV in UTF-8, plain or gzip. Resolves once the header is read. Throws UnreadableExtract. */
export async function readNames(source: ExtractSource, list: NameList): Promise<NamesFile> {
  let bytes = new Lookahead(source.bytes);
  try {
    bytes = await decompress(bytes);
    const file = await openCsv(source.name, decodeUtf8(bytes));
    try {
      const { id, names, unknown } = readNamesHeader(file.header, file.line, list);
      const { warnings } = file;
      if (unknown.length > 0) warnings.push(unknownColumns(unknown, file.line, 'column'));
      const read = recordReader(file.header, id, names, list);
      async function* records(): AsyncGenerator<ReadNames[]> {
        for await (const batch of file.records) yield batch.map(read);
      }
      return { columns: names.map(({ column }) => column), warnings, records: records() };
    } catch (error) {
      throw file.withPosition(error);
    }
  } catch (error) {
    await bytes.return();
    if (!(error instanceof Unreadable)) throw error;
    const fault = { line: error.line ?? 1, column: null, value: null, reason: error.message };
    throw new UnreadableExtract(source.name, fault, 'line');
  }
}

/** The positions of the cells in a record. */
interface NamesHeader {
  readonly id: number;
  readonly names: readonly { readonly column: NameColumn; readonly at: number }[];
  readonly unknown: readonly string[];
}

function readNamesHeader(header: readonly string[], line: number, { id, names }: NameList): NamesHeader {
  const fail = (reason: string, cell: number | null = null): never => {
    throw new Unreadable(reason, line, cell);
  };
  const known = [id, ...names];
  const cells = known.map(({ key, label }) => {
    const spellings = [key.toLowerCase(), label.toLowerCase()];
    const [at = -1, again] = header.flatMap((name, place) =>
      spellings.includes(name.trim().toLowerCase()) ? [place] : [],
    );
    if (again !== undefined) fail(`the column ${key} appears twice`, again);
    return at;
  });
  const keys = names.map(({ key }) => key).join(' and ');
  const [idAt = -1, ...namesAt] = cells;
  if (idAt === -1)
    fail(
      `the column ${id.key} is missing; the first line names the columns, separated by commas: ${known.map(({ key }) => key).join(',')}`,
    );
  if (namesAt.every((at) => at === -1)) fail(`the columns ${keys} are missing; at least one of them is required`);
  return {
    id: idAt,
    names: names.flatMap((column, place) => {
      const at = namesAt[place] ?? -1;
      return at === -1 ? [] : [{ column, at }];
    }),
    unknown: header.filter((_, at) => !cells.includes(at)),
  };
}

function recordReader(
  header: readonly string[],
  idAt: number,
  columns: NamesHeader['names'],
  { id: { key } }: NameList,
): (record: CsvRecord) => ReadNames {
  return ({ line, cells, isLarge }) => {
    const refused = (faults: readonly RecordFault[]): ReadNames => ({ line, id: null, names: [], faults });
    if (cells.length !== header.length) return refused([wrongWidth(line, cells.length, header.length)]);
    const tooLarge = isLarge ? oversized(line, cells, (at) => header[at] ?? '') : [];
    if (tooLarge.length > 0) return refused(tooLarge);
    const faults: RecordFault[] = [];
    const taken = (column: string, cell: string, value: string | null | InvalidValue): string | null => {
      if (!(value instanceof InvalidValue)) return value === null ? null : copyString(value);
      faults.push({ line, column, value: shortText(cell), reason: value.reason });
      return null;
    };
    const idCell = cells[idAt] ?? '';
    const id = taken(key, idCell, readUuid(idCell));
    if (id === null && faults.length === 0)
      faults.push({
        line,
        column: key,
        value: null,
        reason: `${key} is empty, but it is required to identify the ${key === 'jobId' ? 'job' : 'candidate'}`,
      });
    const names = columns.map(({ column, at }) => {
      const cell = cells[at] ?? '';
      return cell.trim() === '' ? null : taken(column.key, cell, readText(cell));
    });
    return { line, id: faults.length === 0 ? id : null, names, faults };
  };
}

/** Returns the warning about a row whose ID occurs again further down with other names. */
export function disagreement({ id: { key } }: NameList, line: number, id: string): RecordFault {
  const reason = `${shown(id)} appears again further down with different names, which are used`;
  return { line, column: key, value: id, reason };
}
