/** The statements that may break the rules (./rules.ts). */

/** Statements of one name that may break them; an end of `*` stands for any. */
export interface Exception {
  readonly name: string;
  readonly reason: string;
  /** Whether some golden statement of the name breaks a rule, so that a test of the tree can tell when none does any more. */
  readonly isGolden?: boolean;
}

/** Statements that have another text where rows are distributed (src/db/connection/layout.ts). */
const switched =
  (isGolden?: boolean) =>
  (name: string): Exception => ({
    name,
    reason: 'another text is sent where rows are distributed; this one is faster on one Postgres',
    ...(isGolden && { isGolden }),
  });

/** The list. A name comes off it as soon as none of its texts breaks a rule. */
export const EXCEPTIONS: readonly Exception[] = [
  // What is below items, and filters through relations; also where a token is restricted.
  ...['page.*', 'item.*'].map(switched(true)),
  ...['pages.*', 'items.*', 'count.*', 'counts', 'counts.*', 'rows.*', 'rows_end.*', 'visible.keys'].map(switched()),
  ...['extract.rows', 'extract.page', 'extract.summary', 'extract.values', 'extract.extent', 'dataset.state'].map(
    switched(),
  ),
  // Measures of items whose rows do not agree, and what they are restricted to.
  ...['metrics.groups'].map(switched()),
];

/** Returns the exception for a statement of this name; undefined without one. */
export const exceptionOf = (name: string): Exception | undefined =>
  EXCEPTIONS.find((one) => (one.name.endsWith('*') ? name.startsWith(one.name.slice(0, -1)) : one.name === name));
