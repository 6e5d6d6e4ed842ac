import type { CanonicalRow, FieldKey } from '../fields.ts';
import type { Directory, NameColumn, NamedRow, NamesOutcome } from './names-directory.ts';
import type { Removals } from './removals.ts';

/**
 * A place in what is imported: which of its files (from 0), and the line on which the record begins (header = 1), or in JSON the
 * element's number from 1.
 */
export interface RecordPosition {
  readonly source: number;
  readonly line: number;
}

/** A row that was not taken: its reasons, and its cells as they stood in the file, in the file's order. */
export interface RefusedRow extends RecordPosition {
  readonly reason: string;
  readonly cells: readonly (string | null)[];
}

/** A row that was fine by itself, but belongs to an interview of which another row was refused. */
export interface HeldBackRow extends RecordPosition {
  readonly row: CanonicalRow;
}

/** Something in a row that the import kept although it looks wrong. */
export interface RowWarning {
  /** A field's key. */
  readonly column: string;
  readonly value: string | null;
  readonly reason: string;
}

/** The same with its place. */
export interface LocatedWarning extends RecordPosition, RowWarning {}

/** Rows, or interviews, by what became of them. */
export interface ChangeCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Rows of refused interviews, or those interviews. */
  readonly refused: number;
}

/** What a load does to the stored rows. read = inserted + updated + unchanged + duplicates + refused, in rows. */
export interface ImportOutcome {
  readonly rows: ChangeCounts & {
    readonly duplicates: number;
    /** Stored rows that go because the same interviewer has an appointment of the interview at another time, which is inserted. */
    readonly moved: number;
  };
  readonly interviews: ChangeCounts;
  /** Rows with a warning; `warnings` lists at most as many as were asked for. */
  readonly warned: number;
  readonly warnings: readonly LocatedWarning[];
  /** The sources that have rows of refused interviews. */
  readonly refusedIn: readonly number[];
  /** Whether the sample extract was removed by this. */
  readonly sampleRemoved: boolean;
  /** What goes of the stored rows, or null where nobody would miss it: the sample makes room for other rows. */
  readonly removals: Removals | null;
}

/**
 * One import on its way into the database, all in one transaction: rows are added, settled once, then committed or rolled back.
 * Only one exists at a time; nothing of it is seen by others before the commit.
 */
export interface ImportSession {
  /** The time zones the database knows: lower-case name to IANA name. */
  readonly zones: ReadonlyMap<string, string>;
  /** `warnings` are those that reading the row came to; others are found here. */
  add(position: RecordPosition, row: CanonicalRow, warnings?: readonly RowWarning[]): void;
  /** Its reason and cells are given back by `refusedRows`, and may be empty where nobody will ask. */
  refuse(refused: RefusedRow, interviewId: string | null): void;
  /** Waits until what was added has been handed to the database: to be called between batches. */
  flush(): Promise<void>;
  /** Puts the rows in place of what is stored. To be called once. */
  plan(options: PlanOptions): Promise<ImportOutcome>;
  /**
   * After a settle that updates or removes stored rows: by field, of how many stored rows the value would be gone because the rows of one source have none of it. Rows count that
   * are updated, and those that go while others of their interview come.
   */
  countLostValues(source: number, fields: readonly FieldKey[]): Promise<ReadonlyMap<FieldKey, number>>;
  /**
   * After the rows, settled or not: names for jobs or candidates, which the commit gives them. `columns` are the names that are given; the
   * others stay. At most `listed` disagreeing rows are listed. To be called once for each directory.
   */
  nameEntities(
    directory: Directory,
    columns: readonly NameColumn[],
    rows: AsyncIterable<readonly NamedRow[]>,
    maxListed: number,
  ): Promise<NamesOutcome>;
  /** After settle: every row of one source that belongs to a refused interview, in the source's order. */
  refusedRows(source: number): AsyncIterable<RefusedRow | HeldBackRow>;
  commit(): Promise<void>;
  /** Leaves no trace; does nothing after a commit. */
  rollback(): Promise<void>;
}

export interface PlanOptions {
  /** Remove the interviews that these rows don't contain. */
  readonly replaceAll: boolean;
  /** These rows are the sample extract: the next import replaces them. */
  readonly sample: boolean;
  /** How many warnings to list. */
  readonly maxListed: number;
}
