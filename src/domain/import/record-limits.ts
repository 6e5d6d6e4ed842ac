/** What a record of an extract may be (docs/contract.md, "Limits"). */

/** The most columns of a CSV file, cells of a record, and keys of an element. */
export const MAX_COLUMNS = 1_000;
/** The most bytes that a value has in UTF-8, without its quotes and escapes. */
export const MAX_VALUE_BYTES = 1 << 20;
/** The most bytes that the values of a record have together. */
export const MAX_RECORD_BYTES = 4 << 20;
