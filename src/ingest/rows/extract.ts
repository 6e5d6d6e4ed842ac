import type { CanonicalRow, FieldKey } from '../../domain/fields.ts';
import type { RowWarning } from '../../domain/import/import-session.ts';
import type { DatePattern } from '../../domain/values/date-pattern.ts';
import type { RecordFault } from './fault.ts';

/** How rows are read, whatever the file's format. */
export interface ReadOptions {
  /** Zone names in lower case -> as the database knows them. */
  readonly zones: ReadonlyMap<string, string>;
  /** Takes columns that are missing as empty; all but interviewId. */
  readonly allowMissingColumns: boolean;
  /** The form of all dates, or null for ISO 8601. */
  readonly dateFormat: DatePattern | null;
}

/** An extract that is being read. */
export interface Extract {
  /** The header's names as in the file, without a column `reason`; in JSON the 30 keys. */
  readonly columns: readonly string[];
  /** What its records are counted in. */
  readonly unit: 'line' | 'element';
  /**
   * Fields of which the file says nothing: in JSON, where a missing key means null, those whose key no row has. Complete when the rows have
   * been read.
   */
  missing(): readonly FieldKey[];
  /** Warnings about the file as a whole. They are complete when the rows have been read. */
  readonly warnings: RecordFault[];
  /**
   * The records in the file's order, some hundred at a time. To be read once, and ended (by `break` too) to close the
   * source. Throws UnreadableExtract after the rows before the fault.
   */
  readonly rows: AsyncIterable<ReadRow[]>;
}

/** A record, read. Texts of a row that is taken hold on to their block of the file: keep copies of them. */
export interface ReadRow {
  /** The line on which the record begins (the header is line 1); in JSON the element's number, from 1. */
  readonly line: number;
  /** Null where the record is refused. */
  readonly row: CanonicalRow | null;
  /** Also of a refused record, where it states one that can be trusted. */
  readonly interviewId: string | null;
  /** Why it is refused: all that is wrong with it. */
  readonly faults: RecordFault[];
  /** Of a row that is taken: what it states that is kept, but not quite as it stands. */
  readonly warnings?: readonly RowWarning[];
  /** Of a refused record: its cells as they stood, in the order of `Extract.columns`. */
  readonly cells: (string | null)[] | null;
}
