import type { RecordFault } from './fault.ts';
import type { Repairs } from './repairs.ts';

/** A record of a file with rows and columns: CSV or a workbook. */
export interface FileRecord {
  /** The line on which it begins, from 1; in a workbook the row. */
  readonly line: number;
  /** null for an empty cell, '' for an empty text (`""`). */
  readonly cells: (string | null)[];
  /** Set only if a cell may be larger than the limit. */
  readonly isLarge?: true;
  /** Set only on the last record, if the file ends without a line end. */
  readonly isOpen?: true;
}

/** How a file is written, as far as it decides how its cells are read (docs/contract.md, "Repairs"). */
export interface FileForm {
  /** Whether it looks like canonical CSV: commas, LF, no byte order mark, keys in the header. Of such a file fewer things are repaired. */
  readonly isCanonical: boolean;
  /** Whether it is JSON, where a null is written otherwise than any text, and no spreadsheet has been at work. */
  readonly isJson: boolean;
  /** Whether it puts quotes around everything, its header too, so that `""` may stand for a missing value. */
  readonly quotesAll: boolean;
  /** Whether its numbers are numbers, not texts: their decimal sign is known. */
  readonly hasTypedNumbers: boolean;
  /** Whether a comma may be the decimal sign: not where commas separate the cells. */
  readonly mayHaveDecimalCommas: boolean;
  /** Whether it is the CSV for Excel, in which texts that look like formulas begin with an apostrophe. */
  readonly isGuarded: boolean;
  /** Set for a workbook: its numbers may have been cut to 15 digits, also where everything else is canonical. */
  readonly mayBeRounded?: true;
}

export const JSON_FORM: FileForm = {
  isCanonical: true,
  isJson: true,
  quotesAll: false,
  hasTypedNumbers: true,
  mayHaveDecimalCommas: false,
  isGuarded: false,
};

/** A file with rows and columns, read up to its header. */
export interface RecordFile {
  /** The names in the header, unchanged. */
  readonly header: readonly string[];
  /** The line of the header. */
  readonly line: number;
  readonly form: FileForm;
  /** What was read otherwise than written; complete once the records have been read. */
  readonly repairs: Repairs;
  /** Other warnings about the whole file; complete once the records have been read. */
  readonly warnings: RecordFault[];
  /** The records below the header, in batches of some hundred. Iterate once, to the end or until `break`. Throws UnreadableExtract. */
  readonly records: AsyncIterable<FileRecord[]>;
  /** Closes the source. Reading the records to the end, or leaving them, closes it too. */
  close(): Promise<void>;
  /** Converts an Unreadable into the error to throw, with the file's name, line and column. Returns other errors unchanged. */
  withPosition(error: unknown): unknown;
}
