import { type Field, fieldOf } from '../fields.ts';

/** A name that people give to something by another way than the extract; it is none of the 30 fields. */
export interface NameColumn {
  /** The CSV header. */
  readonly key: string;
  /** The header a person reads, taken as well. */
  readonly label: string;
  /** The column of the directory's table. */
  readonly column: string;
}

/** A list of things that the extract knows by their id only, with their names (docs/contract.md, "Jobs and candidates by name"). */
export interface Directory {
  readonly title: 'jobs' | 'candidates';
  readonly table: 'job' | 'candidate';
  /** The field of the extract that has the id. */
  readonly id: Field;
  readonly names: readonly NameColumn[];
}

const nameColumn = (key: string, label: string, column: string): NameColumn => ({ key, label, column });

export const JOBS: Directory = {
  title: 'jobs',
  table: 'job',
  id: fieldOf('jobId'),
  names: [nameColumn('title', 'Title', 'title'), nameColumn('department', 'Department', 'department')],
};

export const CANDIDATES: Directory = {
  title: 'candidates',
  table: 'candidate',
  id: fieldOf('candidateProfileId'),
  names: [nameColumn('firstName', 'First Name', 'first_name'), nameColumn('lastName', 'Last Name', 'last_name')],
};

/** An id with the names that a directory's file gives, in the order of the columns that the file has; null clears a name. */
export interface NamedRow {
  /** The line on which the record begins. */
  readonly line: number;
  readonly id: string;
  readonly names: readonly (string | null)[];
}

/** What a directory's file does to the stored names. Rows = inserted + updated + unchanged + duplicates. */
export interface NamesOutcome {
  /** Things that no appointment names, known from now on. */
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows whose id stands again further down, where it counts. */
  readonly duplicates: number;
  /** Duplicates with other names than those that count; `disagreeing` lists the lines of some. */
  readonly warned: number;
  readonly disagreeing: readonly { readonly line: number; readonly id: string }[];
}
