import { FIELD_INDEX, FIELDS } from '../../domain/fields.ts';
import { inBatches } from '../bytes/batches.ts';
import { fieldIndexOf, readHeader, respelledColumns, unknownColumns } from './columns.ts';
import type { Extract, ReadOptions, ReadRow } from './extract.ts';
import { FileSigns } from './file-signs.ts';
import { type FittedRecord, fitRecords, wrongWidth } from './fit-records.ts';
import { oversized } from './limits.ts';
import type { RecordFile } from './record-file.ts';
import { RowReader } from './row.ts';
import { UndecidedRows } from './undecided-rows.ts';

/** Reads the rows of a file with rows and columns as an extract. Throws UnreadableExtract if its header can't be that of one. */
export function readRecordFile(file: RecordFile, options: ReadOptions): Extract {
  const { warnings, repairs } = file;
  const width = file.header.length;
  try {
    const header = readHeader(file.header, file.line, options);
    if (header.respelled.length > 0) warnings.push(respelledColumns(header.respelled, file.line));
    if (header.unknown.length > 0) warnings.push(unknownColumns(header.unknown, file.line, 'column'));
    const signs = new FileSigns(options.decimal);
    const reader = new RowReader(header, options, file.form, signs);
    /**
     * Refusing too many interviews is safe: the cell in this position may be another one, but then it is unlikely to be an interview id.
     */
    const likelyInterview = (cells: (string | null)[]) => {
      const id = cells[header.sources[FIELD_INDEX.interviewId] ?? -1]?.trim() ?? '';
      return /^[^\0\p{Surrogate}]{1,255}$/u.test(id) ? id : null;
    };
    const columnOf = (at: number) => {
      const name = file.header[at] ?? '';
      return FIELDS[fieldIndexOf(name)]?.key ?? name;
    };
    const read = ({ line, cells, isLarge, fault }: FittedRecord): ReadRow =>
      fault
        ? reader.refuse(line, cells, [fault], likelyInterview(cells))
        : reader.read(line, cells, isLarge && oversized(line, cells, columnOf));

    let batch: ReadRow[] = [];
    /** The last record, if it is one that cells are missing at the end of: the next one tells whether to trust it. */
    let padded: { readonly record: FittedRecord; readonly row: ReadRow } | null = null;
    /** A line break within a value tears a record in two, of which the second is refused. */
    const refuseTorn = ({ line, cells, found = 0 }: FittedRecord): ReadRow => {
      const { reason } = wrongWidth(line, found, width);
      const torn = `${reason}, and the record after it is refused: a line break within a value may have torn it in two`;
      const fault = { line, column: null, value: null, reason: torn };
      return reader.refuse(line, cells.slice(0, found), [fault], likelyInterview(cells));
    };
    const settlePadded = (isTorn: boolean): void => {
      if (padded === null) return;
      const { record, row } = padded;
      padded = null;
      if (isTorn) batch.push(refuseTorn(record));
      else
        batch.push({ ...row, repairs: [...(row.repairs ?? []), { kind: 'missingCells', column: null, value: null }] });
    };
    const emit = (record: FittedRecord, row: ReadRow): void => {
      const isRefused = row.row === null;
      if (padded !== null) settlePadded(isRefused);
      if (record.found === undefined) batch.push(row);
      else if (isRefused) batch.push({ ...row, faults: [...row.faults, wrongWidth(record.line, record.found, width)] });
      else padded = { record, row };
    };
    const undecided = new UndecidedRows(read, emit, signs);

    async function* rows(): AsyncGenerator<ReadRow[]> {
      const taken = () => {
        const rows = batch;
        batch = [];
        return inBatches(rows);
      };
      try {
        for await (const records of fitRecords(file)) {
          for (const record of records) undecided.read(record);
          yield* taken();
        }
        undecided.end();
        settlePadded(false);
        yield* taken();
      } catch (error) {
        yield* taken();
        throw file.withPosition(error);
      }
    }
    return { columns: header.columns, unit: 'line', missing: () => header.missing, warnings, repairs, rows: rows() };
  } catch (error) {
    throw file.withPosition(error);
  }
}
