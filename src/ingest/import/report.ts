import type { FailureCode } from '../../domain/errors.ts';
import type { ChangeCounts, ImportOutcome } from '../../domain/import/import-session.ts';
import type { Removals } from '../../domain/import/removals.ts';
import type { RecordFault } from '../rows/fault.ts';

/** A finding about a cell, a row or a file, as a report lists it. */
export interface Finding extends RecordFault {
  /** The file, where several are imported. */
  readonly file?: string;
}

/** How many refused rows, and how many warnings, a report lists; the totals are always whole. */
export const MAX_LISTED = 1000;

/** Why an import saves nothing. */
export interface ImportError {
  readonly code: FailureCode;
  /** For people. */
  readonly message: string;
}

/**
 * What an import did, or, where `saved` is false, would have done. Counts are of rows:
 * read = inserted + updated + unchanged + duplicates + refused.
 */
export interface ImportReport {
  readonly saved: boolean;
  /** Only where nothing is saved, or in a dry run would be: why. */
  readonly errors?: readonly ImportError[];
  /** True where a file can't be taken at all, or read to its end: what is wrong stands first among `refusedRows`, and no row is taken. */
  readonly unreadable?: true;
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows that stood before them in the files, identical in every field. */
  readonly duplicates: number;
  /** Stored rows that go, because the extract no longer lists them. */
  readonly removed: number;
  /** Stored rows that go because the same interviewer has an appointment of the interview at another time, which is among `inserted`. */
  readonly moved: number;
  /** Rows of the interviews of which at least one row was refused; all rows where a file can't be taken. */
  readonly refused: number;
  /** Rows with a warning. */
  readonly warned: number;
  readonly interviews: ChangeCounts;
  /** Whether the sample extract goes. */
  readonly sampleRemoved: boolean;
  readonly seconds: number;
  /** The faults of the first 1,000 refused rows. */
  readonly refusedRows: readonly Finding[];
  /** The first 1,000 warnings; those about a whole file stand first. */
  readonly warnings: readonly Finding[];
  /** What the file of names of jobs did, where there was one. */
  readonly jobs?: NamesReport;
  readonly candidates?: NamesReport;
  /** Only where the import is refused for what it would remove. */
  readonly removalsRefused?: Removals;
}

/** What a file of names did, or would have done. Counts are of rows: read = inserted + updated + unchanged + duplicates + refused. */
export interface NamesReport {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows whose id stands again further down. */
  readonly duplicates: number;
  readonly refused: number;
  readonly warned: number;
  readonly refusedRows: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** Gathers what reading finds, in constant memory. */
export class Findings {
  /** Rows so far. */
  read = 0;
  readonly refusedRows: Finding[] = [];
  readonly warnings: Finding[] = [];
  #refused = 0;
  readonly #names: readonly string[];

  constructor(sources: readonly { readonly name: string }[]) {
    this.#names = sources.map(({ name }) => name);
  }

  /** A fault as a report lists it: with its file where there are several. */
  finding(source: number, { line, column, value, reason }: RecordFault): Finding {
    const file = this.#names.length > 1 ? this.#names[source] : undefined;
    return { ...(file !== undefined && { file }), line, column, value, reason };
  }

  refuse(source: number, faults: readonly RecordFault[]): void {
    if (this.#refused++ < MAX_LISTED) this.refusedRows.push(...faults.map((fault) => this.finding(source, fault)));
  }

  /** The fault after which a source can't be read: it stands first, since nothing after it was looked at. */
  unreadable(source: number, fault: RecordFault): void {
    this.refusedRows.unshift(this.finding(source, fault));
  }

  warn(source: number, fault: RecordFault): void {
    if (this.warnings.length < MAX_LISTED) this.warnings.push(this.finding(source, fault));
  }
}

const NO_CHANGES: ChangeCounts = { inserted: 0, updated: 0, unchanged: 0, removed: 0, refused: 0 };

/** Puts a report together; without a settlement the files could not be read to their end, and no row is taken. */
export function report(
  findings: Findings,
  settlement: ImportOutcome | null,
  saved: boolean,
  seconds: number,
): ImportReport {
  const rows = settlement?.rows ?? { ...NO_CHANGES, refused: findings.read, duplicates: 0, moved: 0 };
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
    warned: settlement?.warned ?? 0,
    interviews: settlement?.interviews ?? NO_CHANGES,
    sampleRemoved: settlement?.sampleRemoved ?? false,
    seconds,
    refusedRows: findings.refusedRows,
    warnings: [
      ...findings.warnings,
      ...(settlement?.warnings ?? []).map((warning) => findings.finding(warning.source, warning)),
    ].slice(0, MAX_LISTED),
  };
}
