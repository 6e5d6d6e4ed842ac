import type { FailureCode } from '../../domain/errors.ts';
import { secondsText } from '../../domain/import/as-of.ts';
import type { ChangeCounts, ImportOutcome } from '../../domain/import/import-session.ts';
import type { Removals } from '../../domain/import/removals.ts';
import type { RecordFault } from '../rows/fault.ts';

/** A finding about a cell, a row or a file, as listed in a report. */
export interface Finding extends RecordFault {
  /** The file, if several are imported. */
  readonly file?: string;
}

/** Maximum number of refused rows, and of warnings, that a report lists. The totals are always complete. */
export const MAX_LISTED = 1000;

/** The reason why an import saves nothing. */
export interface ImportError {
  readonly code: FailureCode;
  /** For people. */
  readonly message: string;
}

/**
 * What an import did or, if `saved` is false, would have done. Counts are of rows: read = inserted + updated + unchanged + duplicates +
 * refused.
 */
export interface ImportReport {
  readonly saved: boolean;
  /** Present only if nothing is saved or, in a dry run, would be saved: the reasons. */
  readonly errors?: readonly ImportError[];
  /** True if a file cannot be read to its end. Its fault is the first of `refusedRows`, and no row is saved. */
  readonly unreadable?: true;
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows identical in every field to an earlier row of the files. */
  readonly duplicates: number;
  /** Stored rows that are removed because the extract no longer contains them. */
  readonly removed: number;
  /**
   * Stored rows that are removed because the same interviewer has an appointment of the interview at another time, which is among
   * `inserted`.
   */
  readonly moved: number;
  /** Rows of the interviews of which at least one row was refused; all rows if a file cannot be read. */
  readonly refused: number;
  /** Rows that name somebody who was forgotten before, and whom the import forgot again. They are among the others. */
  readonly erased: number;
  /** Rows with names or reviews that were emptied because their interview is too long ago. They are among the others. */
  readonly expired: number;
  /** Rows with a warning. */
  readonly warned: number;
  readonly interviews: ChangeCounts;
  /** Whether the sample extract is removed. */
  readonly sampleRemoved: boolean;
  /** The time that the rows of the files are of, as `yyyy-MM-ddTHH:mm:ssZ`. Missing if only names were imported, or if a file cannot be read. */
  readonly asOf?: string;
  /** The time that the stored rows are known to be of, in the same form: that, or a later one that was known already; then it stays. */
  readonly knownAt?: string;
  readonly seconds: number;
  /** The faults of the first 1,000 refused rows. */
  readonly refusedRows: readonly Finding[];
  /** The first 1,000 warnings, beginning with those about a whole file. */
  readonly warnings: readonly Finding[];
  /** The report of the file of names of jobs, if there was one. */
  readonly jobs?: NamesReport;
  readonly candidates?: NamesReport;
  /** Present only if the import is refused because of its removals. */
  readonly removalsRefused?: Removals;
}

/** What a file of names did or would have done. Counts are of rows: read = inserted + updated + unchanged + duplicates + erased + expired + refused. */
export interface NamesReport {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows whose ID occurs again further down. */
  readonly duplicates: number;
  /** Rows of candidates who were forgotten before; their names are left out. */
  readonly erased: number;
  /** Rows of candidates whose interviews are all too long ago; their names are left out. */
  readonly expired: number;
  readonly refused: number;
  readonly warned: number;
  readonly refusedRows: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** Collects findings in constant memory. */
export class Findings {
  /** The number of rows so far. */
  read = 0;
  readonly refusedRows: Finding[] = [];
  readonly warnings: Finding[] = [];
  #refused = 0;
  readonly #names: readonly string[];

  constructor(sources: readonly { readonly name: string }[]) {
    this.#names = sources.map(({ name }) => name);
  }

  /** Converts a fault into a finding, with its file if there are several. */
  finding(source: number, { line, column, value, reason, count }: RecordFault): Finding {
    const file = this.#names.length > 1 ? this.#names[source] : undefined;
    return { ...(file !== undefined && { file }), line, column, value, reason, ...(count !== undefined && { count }) };
  }

  refuse(source: number, faults: readonly RecordFault[]): void {
    if (this.#refused++ < MAX_LISTED) this.refusedRows.push(...faults.map((fault) => this.finding(source, fault)));
  }

  /** Adds the fault after which a source cannot be read. It is listed first, because nothing after it was inspected. */
  unreadable(source: number, fault: RecordFault): void {
    this.refusedRows.unshift(this.finding(source, fault));
  }

  warn(source: number, fault: RecordFault): void {
    if (this.warnings.length < MAX_LISTED) this.warnings.push(this.finding(source, fault));
  }
}

const NO_CHANGES: ChangeCounts = { inserted: 0, updated: 0, unchanged: 0, removed: 0, refused: 0 };

/** Builds a report. Without an outcome the files could not be read to their end, and no row is saved. */
export function report(
  findings: Findings,
  outcome: ImportOutcome | null,
  saved: boolean,
  seconds: number,
): ImportReport {
  const rows = outcome?.rows ?? { ...NO_CHANGES, refused: findings.read, duplicates: 0, moved: 0 };
  return {
    saved,
    read: findings.read,
    inserted: rows.inserted,
    updated: rows.updated,
    unchanged: rows.unchanged,
    duplicates: rows.duplicates,
    removed: rows.removed,
    moved: rows.moved,
    refused: rows.refused,
    erased: outcome?.erased ?? 0,
    expired: outcome?.expired ?? 0,
    warned: outcome?.warned ?? 0,
    interviews: outcome?.interviews ?? NO_CHANGES,
    sampleRemoved: outcome?.sampleRemoved ?? false,
    ...(outcome && { asOf: secondsText(outcome.asOf) }),
    ...(outcome && outcome.knownAt !== null && { knownAt: secondsText(outcome.knownAt) }),
    seconds,
    refusedRows: findings.refusedRows,
    warnings: [
      ...findings.warnings,
      ...(outcome?.warnings ?? []).map((warning) => findings.finding(warning.source, warning)),
    ].slice(0, MAX_LISTED),
  };
}
