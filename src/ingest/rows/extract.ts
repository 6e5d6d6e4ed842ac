import type { CanonicalRow, FieldKey } from '../../domain/fields.ts';
import type { RowWarning } from '../../domain/import/import-session.ts';
import type { OptionNames } from '../../domain/import/option-names.ts';
import type { DatePattern } from '../../domain/values/date-pattern.ts';
import type { DecimalSign } from '../../domain/values/signs.ts';
import type { RecordFault } from './fault.ts';
import type { Repair, Repairs } from './repairs.ts';

/** How rows are read, whatever the file's format. */
export interface ReadOptions {
  /** Time zones: lower-case name to the name in the database. */
  readonly zones: ReadonlyMap<string, string>;
  /** Treats missing columns as empty, except interviewId. */
  readonly allowMissingColumns: boolean;
  /** The date format; null for ISO 8601. */
  readonly dateFormat: DatePattern | null;
  /** The decimal sign; null if the file decides. */
  readonly decimal: DecimalSign | null;
  /** Texts that mean a missing value in any column, besides the usual words in columns that are not ids or texts. */
  readonly nulls: ReadonlySet<string>;
  /** Takes ids in the form that spreadsheets give to numbers (`5.81E+023`). */
  readonly keepIds: boolean;
  /** Whether the file is the CSV for Excel, whose apostrophes are removed; null if its byte order mark tells. */
  readonly excel: boolean | null;
  /** What the options are called where they were given, for messages. */
  readonly optionNames: OptionNames;
}

/** An extract that is being read. */
export interface Extract {
  /** The header's names as in the file, without a column `reason`; for JSON the 30 keys. */
  readonly columns: readonly string[];
  /** The unit in which its records are numbered. */
  readonly unit: 'line' | 'element';
  /**
   * The fields that the file lacks, whose stored values it must not remove: columns that its header lacks; for JSON, where a missing key
   * means null, keys that no row has. Complete once the rows have been read.
   */
  missing(): readonly FieldKey[];
  /** Warnings about the whole file; complete once the rows have been read. */
  readonly warnings: RecordFault[];
  /** What was read otherwise than it is written. Whoever takes a row adds its `repairs`; complete then. */
  readonly repairs: Repairs;
  /**
   * The records in the file's order, in batches of some hundred. Iterate once, to the end or until `break`, which closes the source. Throws
   * UnreadableExtract after the rows before the fault.
   */
  readonly rows: AsyncIterable<ReadRow[]>;
}

/** A record after reading. The texts of an accepted row keep their block of the file in memory; copy what is kept longer. */
export interface ReadRow {
  /** The line on which the record begins (the header is line 1); for JSON the number of the element, from 1. */
  readonly line: number;
  /** Null if the record is refused. */
  readonly row: CanonicalRow | null;
  /** Also set for a refused record whose interview ID can be trusted. */
  readonly interviewId: string | null;
  /** All reasons why the record is refused. */
  readonly faults: RecordFault[];
  /** For an accepted row: values that are stored although they may be a mistake, or not exactly as written. */
  readonly warnings?: readonly RowWarning[];
  /** For an accepted row: what was read otherwise than it is written. */
  readonly repairs?: readonly Repair[];
  /** For an accepted row: its values that are less precise than they may be stored, one bit each (see `coarseBit`). */
  readonly coarse?: number;
  /** Whether a later row of the file may decide how this one is to be read. Until then it is refused. */
  readonly isUndecided?: true;
  /** For a refused record: its cells in the order of `Extract.columns`, as in the file, or in canonical form where they could be read. */
  readonly cells: (string | null)[] | null;
}
