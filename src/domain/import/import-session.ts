import type { CanonicalRow, FieldKey } from '../fields.ts';
import type { NameColumn, NamedRow, NameList, NamesOutcome } from './name-lists.ts';
import type { Removals } from './removals.ts';

/**
 * A position in an import: the file (from 0) and the line on which the record begins (header = 1), or for JSON the number of the element
 * from 1.
 */
export interface RecordPosition {
  readonly source: number;
  readonly line: number;
}

/** A refused row: its reasons, and its cells in the file's order, with what is wrong as in the file. */
export interface RefusedRow extends RecordPosition {
  readonly reason: string;
  readonly cells: readonly (string | null)[];
}

/** A valid row of an interview of which another row was refused. */
export interface HeldBackRow extends RecordPosition {
  readonly row: CanonicalRow;
}

/** A warning about a value that the import accepted although it may be a mistake. */
export interface RowWarning {
  /** The key of the field. */
  readonly column: string;
  readonly value: string | null;
  readonly reason: string;
}

/** A warning with its position. */
export interface LocatedWarning extends RecordPosition, RowWarning {}

/** Numbers of rows, or of interviews, by what happens to them. */
export interface ChangeCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Rows of refused interviews, or those interviews. */
  readonly refused: number;
}

/** Stored values that are kept because those of a source agree with them as far as they go: to the minute, or to their 8 to 15 digits. */
export interface KeptPrecision extends RecordPosition {
  readonly what: 'seconds' | 'digits';
  /** The number of values, of which the first is at `line`. */
  readonly count: number;
}

/** Milliseconds since 1970, of whole seconds. */
type Instant = number;

/** What an import does to the stored rows. read = inserted + updated + unchanged + duplicates + refused, in rows. */
export interface ImportOutcome {
  readonly rows: ChangeCounts & {
    readonly duplicates: number;
    /** Stored rows that are removed because the same interviewer has an appointment of the interview at another time, which is inserted. */
    readonly moved: number;
  };
  readonly interviews: ChangeCounts;
  /** The number of rows that name somebody who was erased before (docs/erasure.md); they are among the others. */
  readonly erased: number;
  /** The number of rows of which names and reviews have expired (docs/retention.md); they are among the others. */
  readonly expired: number;
  /** The number of rows with a warning. `warnings` lists at most `maxListed` warnings. */
  readonly warned: number;
  readonly warnings: readonly LocatedWarning[];
  readonly kept: readonly KeptPrecision[];
  /** The sources with rows of refused interviews. */
  readonly refusedIn: readonly number[];
  /** Whether this import removed the sample extract. */
  readonly sampleRemoved: boolean;
  /** The stored rows that are removed. Null if they are only the sample, which any import replaces. */
  readonly removals: Removals | null;
  /** The time that these rows are of, and the time that the stored rows are known to be of afterwards, which may be later. */
  readonly asOf: Instant;
  readonly knownAt: Instant | null;
}

/**
 * One import into the database, in one transaction: add rows, plan once, then commit or roll back. Only one session exists at a time. Other
 * connections see nothing of it before the commit.
 */
export interface ImportSession {
  /** The time zones that the database knows: lower-case name to IANA name. */
  readonly zones: ReadonlyMap<string, string>;
  /**
   * Adds a row. `warnings`: those found while the row was read; the session finds others itself. `coarse`: the sum of 2 to the power of the
   * index of each field whose value may be stored more precisely.
   */
  add(position: RecordPosition, row: CanonicalRow, warnings?: readonly RowWarning[], coarse?: number): void;
  /** Adds a refused row. `refusedRows` returns its reason and cells, which may be empty if nobody will call it. */
  refuse(refused: RefusedRow, interviewId: string | null): void;
  /** Waits until the database has received what was added. Call it between batches. */
  flush(): Promise<void>;
  /** Computes what the rows change in the database and applies it within the transaction. Call it once. */
  plan(options: PlanOptions): Promise<ImportOutcome>;
  /**
   * After `plan` has updated or removed stored rows: counts, by field, the stored rows that lose their value because the rows of one source
   * lack it. Counts rows that are updated, and rows that are removed while other rows of their interview are imported.
   */
  countLostValues(source: number, fields: readonly FieldKey[]): Promise<ReadonlyMap<FieldKey, number>>;
  /**
   * Takes names of jobs or candidates, which the commit stores. Call it after the last row, before or after `plan`, once per list.
   * `columns`: the names in the file; other names stay unchanged. `maxListed`: the maximum number of disagreeing rows to list. After a `plan`
   * of the sample, they are names of the sample.
   */
  nameEntities(
    list: NameList,
    columns: readonly NameColumn[],
    rows: AsyncIterable<readonly NamedRow[]>,
    maxListed: number,
  ): Promise<NamesOutcome>;
  /** After `plan`: returns every row of one source that belongs to a refused interview, in the order of the source. */
  refusedRows(source: number): AsyncIterable<RefusedRow | HeldBackRow>;
  commit(): Promise<void>;
  /** Undoes everything; does nothing after a commit. */
  rollback(): Promise<void>;
}

export interface PlanOptions {
  /** Whether to remove the interviews that these rows do not contain. */
  readonly replaceAll: boolean;
  /** Whether these rows are the sample extract, which the next import replaces. */
  readonly sample: boolean;
  /** The time that these rows are of; null: the beginning of the import. */
  readonly asOf: Instant | null;
  /** Maximum number of warnings to list. */
  readonly maxListed: number;
}
