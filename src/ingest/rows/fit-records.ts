import type { RecordFault } from './fault.ts';
import type { FileRecord, RecordFile } from './record-file.ts';
import type { RepairKind } from './repairs.ts';

/** A record with as many cells as the header, or with the fault that it has more. */
export interface FittedRecord extends FileRecord {
  /** How many cells it has, if those at the end are missing and taken for empty. */
  readonly found?: number;
  readonly fault?: RecordFault;
}

const isBlank = (cell: string | null): boolean => cell === null || cell.trim() === '';

/** Whether a record says something: spreadsheets write rows of separators, and people rows of blanks, which contain nothing. */
export const hasContent = ({ cells }: FileRecord): boolean => !cells.every(isBlank);

/**
 * Fits the records of a file to its header (docs/contract.md, "Repairs"): leaves out those without content and the header where it comes
 * again, takes missing cells at the end for empty, and drops empty cells beyond the header. A record of a single cell is not padded, because it
 * is a remark rather than a row. Throws what `file.records` throws.
 */
export async function* fitRecords({ header, records, repairs }: RecordFile): AsyncGenerator<FittedRecord[]> {
  const width = header.length;
  const note = (kind: RepairKind, { line }: FileRecord) => repairs.add(line, { kind, column: null, value: null });
  const isHeader = ({ cells }: FileRecord) =>
    cells[0] === header[0] && cells.length === width && cells.every((cell, at) => (cell ?? '') === header[at]);

  const fitted = (record: FileRecord): FittedRecord | null => {
    const { cells } = record;
    if (!hasContent(record)) {
      note('blankRow', record);
      return null;
    }
    if (isHeader(record)) {
      note('repeatedHeader', record);
      return null;
    }
    if (cells.length === width) return record;
    const found = cells.length;
    if (found > width && cells.slice(width).every(isBlank)) {
      note('extraCells', record);
      return { ...record, cells: cells.slice(0, width) };
    }
    if (found > width || found < 2) return { ...record, fault: wrongWidth(record.line, found, width) };
    return { ...record, cells: cells.concat(new Array<null>(width - found).fill(null)), found };
  };
  for await (const batch of records) {
    const rows: FittedRecord[] = [];
    for (const record of batch) {
      const row = fitted(record);
      if (row !== null) rows.push(row);
    }
    yield rows;
  }
}

/** Returns the fault of a record whose number of cells differs from the header's. */
export function wrongWidth(line: number, found: number, expected: number): RecordFault {
  const reason = `the record has ${found} cell${found === 1 ? '' : 's'}, the header ${expected}`;
  return { line, column: null, value: null, reason };
}
