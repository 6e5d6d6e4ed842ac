import { shown } from '../../domain/errors.ts';
import type { NameColumn, NameList } from '../../domain/import/name-lists.ts';
import { readText, readUuid } from '../../domain/values/cells.ts';
import { copyString } from '../../domain/values/copy-string.ts';
import { mayBeGuarded } from '../../domain/values/formula-guard.ts';
import { InvalidValue } from '../../domain/values/invalid-value.ts';
import { decodeText } from '../bytes/decode-text.ts';
import { decompress } from '../bytes/decompress.ts';
import { firstBytes, Lookahead } from '../bytes/lookahead.ts';
import { isErrorText } from '../cells/error-texts.ts';
import { isNullText } from '../cells/null-words.ts';
import { openCsv } from '../csv/csv-file.ts';
import { isSpelled, respelledColumns, unknownColumns } from '../rows/columns.ts';
import { comparable } from '../rows/comparable.ts';
import type { ReadOptions } from '../rows/extract.ts';
import { type RecordFault, shortText, Unreadable, UnreadableExtract } from '../rows/fault.ts';
import { type FittedRecord, fitRecords } from '../rows/fit-records.ts';
import { oversized } from '../rows/limits.ts';
import type { ExtractSource } from '../rows/read-extract.ts';
import type { RecordFile } from '../rows/record-file.ts';
import type { RepairKind } from '../rows/repairs.ts';
import { isArchive } from '../xlsx/read-xlsx.ts';
import { openWorkbook } from '../xlsx/workbook-file.ts';

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
  /** Returns the warnings about the whole file. Call it once the records have been read. */
  warnings(): readonly RecordFault[];
  /** In batches of some hundred; iterate once. Throws UnreadableExtract. */
  readonly records: AsyncIterable<ReadNames[]>;
}

/** Reads a file of names: a workbook or CSV, as for extracts. Resolves once the header is read. Throws UnreadableExtract, PAYLOAD_TOO_LARGE. */
export async function readNames(
  source: ExtractSource,
  list: NameList,
  options: Pick<ReadOptions, 'nulls' | 'excel'>,
): Promise<NamesFile> {
  let bytes = new Lookahead(source.bytes);
  try {
    const spellings: ReadonlySet<string> = new Set(
      [list.id, ...list.names].flatMap(({ key, label }) => [comparable(key), comparable(label)]),
    );
    const isKnown = (name: string) => spellings.has(comparable(name));
    bytes = await decompress(bytes, source.maxBytes);
    const file = isArchive(await firstBytes(bytes, 4))
      ? await openWorkbook(source.name, bytes, isKnown, source.maxBytes)
      : await openCsv(source.name, await decodeText(bytes), {
          isKnown,
          isCanonical: () => false,
        });
    try {
      const { id, names, unknown, respelled } = readNamesHeader(file.header, file.line, list);
      if (respelled.length > 0) file.warnings.push(respelledColumns(respelled, file.line));
      if (unknown.length > 0) file.warnings.push(unknownColumns(unknown, file.line, 'column'));
      const read = recordReader(file, id, names, list, options);
      async function* records(): AsyncGenerator<ReadNames[]> {
        for await (const batch of fitRecords(file)) {
          for (const { line, found } of batch)
            if (found !== undefined) file.repairs.add(line, { kind: 'missingCells', column: null, value: null });
          yield batch.map(read);
        }
      }
      return {
        columns: names.map(({ column }) => column),
        warnings: () => [...file.warnings, ...file.repairs.warnings()],
        records: records(),
      };
    } catch (error) {
      await file.close();
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
  /** The names that have the letters and digits of a column, but are spelled otherwise. */
  readonly respelled: readonly string[];
}

function readNamesHeader(header: readonly string[], line: number, { id, names }: NameList): NamesHeader {
  const fail = (reason: string, cell: number | null = null): never => {
    throw new Unreadable(reason, line, cell);
  };
  const known = [id, ...names];
  const cells = known.map(({ key, label }) => {
    const spellings = [comparable(key), comparable(label)];
    const [at = -1, again] = header.flatMap((name, place) => (spellings.includes(comparable(name)) ? [place] : []));
    if (again !== undefined) fail(`the column ${key} appears twice`, again);
    return at;
  });
  const keys = names.map(({ key }) => key).join(' and ');
  const [idAt = -1, ...namesAt] = cells;
  if (idAt === -1)
    fail(`the column ${id.key} is missing; the first line names the columns: ${known.map(({ key }) => key).join(',')}`);
  if (namesAt.every((at) => at === -1)) fail(`the columns ${keys} are missing; at least one of them is required`);
  return {
    id: idAt,
    names: names.flatMap((column, place) => {
      const at = namesAt[place] ?? -1;
      return at === -1 ? [] : [{ column, at }];
    }),
    unknown: header.filter((_, at) => !cells.includes(at)),
    respelled: header.filter((name, at) => cells.includes(at) && !known.some((column) => isSpelled(name, column))),
  };
}

function recordReader(
  { header, form, repairs }: RecordFile,
  idAt: number,
  columns: NamesHeader['names'],
  { id: { key } }: NameList,
  { nulls, excel }: Pick<ReadOptions, 'nulls' | 'excel'>,
): (record: FittedRecord) => ReadNames {
  const isGuarded = excel ?? form.isGuarded;
  return ({ line, cells, isLarge, fault }) => {
    const refused = (faults: readonly RecordFault[]): ReadNames => ({ line, id: null, names: [], faults });
    if (fault) return refused([fault]);
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
      if (cell.trim() === '') return null;
      const note = (kind: RepairKind) => repairs.add(line, { kind, column: column.key, value: cell });
      if (nulls.has(cell)) {
        note('nullOption');
        return null;
      }
      if (isNullText(cell)) note('nullText');
      else if (isErrorText(cell)) note('errorText');
      if (!mayBeGuarded(cell)) return taken(column.key, cell, readText(cell));
      note(isGuarded ? 'guard' : 'likelyGuard');
      return taken(column.key, cell, readText(isGuarded ? cell.slice(1) : cell));
    });
    return { line, id: faults.length === 0 ? id : null, names, faults };
  };
}

/** Returns the warning about a row whose ID occurs again further down with other names. */
export function disagreement({ id: { key } }: NameList, line: number, id: string): RecordFault {
  const reason = `${shown(id)} appears again further down with different names, which are used`;
  return { line, column: key, value: id, reason };
}
