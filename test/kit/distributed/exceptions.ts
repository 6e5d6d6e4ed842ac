/** The statements that may break the rules (./rules.ts). */

/** Statements of one name that may break them; an end of `*` stands for any. */
export interface Exception {
  readonly name: string;
  readonly reason: string;
  /** Whether some golden statement of the name breaks a rule, so that a test of the tree can tell when none does any more. */
  readonly isGolden?: boolean;
}

const TO_BE_MENDED = 'to be mended: Citus refuses it as it is';
const golden = (name: string): Exception => ({ name, reason: TO_BE_MENDED, isGolden: true });
const elsewhere = (name: string): Exception => ({ name, reason: TO_BE_MENDED });

/** The list. A name comes off it as soon as none of its texts breaks a rule. */
export const EXCEPTIONS: readonly Exception[] = [
  // What GraphQL and OData read: relations of an item, filters by what an item is related to, and tokens that are restricted to jobs.
  ...['page.*', 'item.*'].map(golden),
  ...['pages.*', 'items.*', 'count.*', 'counts', 'counts.*', 'rows.*', 'rows_end.*', 'visible.keys'].map(elsewhere),
  // Tokens that are restricted to departments.
  ...['extract.rows', 'extract.page', 'extract.summary', 'extract.values', 'extract.extent', 'dataset.state'].map(
    elsewhere,
  ),
  // Measures of items whose rows do not agree, and what they are restricted to.
  ...['metrics.groups'].map(elsewhere),
  // Changes of rows, and their verification.
  ...['load.counts', 'load.difference', 'derive.*', 'spelling.unused', 'retention.names'].map(elsewhere),
  ...['verify.*', 'rebuild.appointment', 'rebuild.row-ids'].map(elsewhere),
];

/** Returns the exception for a statement of this name; undefined without one. */
export const exceptionOf = (name: string): Exception | undefined =>
  EXCEPTIONS.find((one) => (one.name.endsWith('*') ? name.startsWith(one.name.slice(0, -1)) : one.name === name));
