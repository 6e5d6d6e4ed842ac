/** The limits of a record of an extract (docs/contract.md, "Limits"). */

/** Maximum number of columns of a CSV file, cells of a record and keys of a JSON object. */
export const MAX_COLUMNS = 1_000;
/** Maximum size of a value in bytes of UTF-8, without quotes and escapes. */
export const MAX_VALUE_BYTES = 1 << 20;
/** Maximum size of all values of a record together, in bytes. */
export const MAX_RECORD_BYTES = 4 << 20;
