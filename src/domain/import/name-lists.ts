import { type Field, fieldOf } from '../fields.ts';

/** A name of an entity that is imported from a file of names. It is not one of the 30 fields. */
export interface NameColumn {
  /** The CSV header. */
  readonly key: string;
  /** The label, also accepted as a header. */
  readonly label: string;
  /** The column in the list's table. */
  readonly column: string;
}

/** A list of entities that the extract identifies by ID only, with their names (docs/contract.md, "Jobs and candidates by name"). */
export interface NameList {
  readonly title: 'jobs' | 'candidates';
  readonly table: 'job' | 'candidate';
  /** The field of the extract that contains the ID. */
  readonly id: Field;
  readonly names: readonly NameColumn[];
}

const nameColumn = (key: string, label: string, column: string): NameColumn => ({ key, label, column });

export const JOBS: NameList = {
  title: 'jobs',
  table: 'job',
  id: fieldOf('jobId'),
  names: [nameColumn('title', 'Title', 'title'), nameColumn('department', 'Department', 'department')],
};

export const CANDIDATES: NameList = {
  title: 'candidates',
  table: 'candidate',
  id: fieldOf('candidateProfileId'),
  names: [nameColumn('firstName', 'First Name', 'first_name'), nameColumn('lastName', 'Last Name', 'last_name')],
};

/** An ID with its names, in the order of the file's columns. Null clears a name. */
export interface NamedRow {
  /** The line on which the record begins. */
  readonly line: number;
  readonly id: string;
  readonly names: readonly (string | null)[];
}

/** What a file of names changes. Rows = inserted + updated + unchanged + duplicates + erased + expired. */
export interface NamesOutcome {
  /** Entities that no appointment names yet. */
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows whose ID occurs again further down, where it counts. */
  readonly duplicates: number;
  /** Rows of candidates who were erased before (docs/erasure.md). */
  readonly erased: number;
  /** Rows of candidates whose interviews have all expired (docs/retention.md). */
  readonly expired: number;
  /** Duplicates with names other than those that count. `disagreeing` lists the lines of some. */
  readonly warned: number;
  readonly disagreeing: readonly { readonly line: number; readonly id: string }[];
}
