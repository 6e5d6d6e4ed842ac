/** A table that is derived from `appointment`. */
export interface Derived {
  readonly table: string;
  /** The columns of its primary key. */
  readonly key: readonly string[];
  /** The columns of `appointment` that name such a key, once for each role. */
  readonly namedBy: readonly (readonly string[])[];
  /** The columns that follow from the rows. `candidate` and `job` have others, which imports of names set. */
  readonly columns: readonly string[];
  /** The fields of `appointment` that `select` reads: if none of them changes in a row, nothing changes here. */
  readonly reads: readonly string[];
  /**
   * Returns the expected rows. `scope` restricts them: it takes the expression of the key's first column in `appointment` and returns a
   * condition.
   */
  select(scope: (key: string) => string): string;
  /** SQL that is true of a stored row that must be kept although no appointment names it. */
  readonly keep?: string;
}
