/** Checks whether a record of any format keeps the limits, and words the faults of those that do not. */
import { MAX_COLUMNS, MAX_RECORD_BYTES, MAX_VALUE_BYTES } from '../../domain/import/record-limits.ts';
import { type RecordFault, shortText } from './fault.ts';

/** The maximum number of UTF-8 bytes that a UTF-16 code unit takes. */
const BYTES_PER_CHARACTER = 3;

/** A record with at most this many characters keeps both limits. Only longer ones need to be measured. */
export const SMALL_RECORD = Math.floor(MAX_VALUE_BYTES / BYTES_PER_CHARACTER);

const bytesOf = (value: string | null): number => (value === null ? 0 : Buffer.byteLength(value));

/** Returns the total size of a record's values in bytes. */
export const recordBytes = (values: readonly (string | null)[]): number =>
  values.reduce((sum, value) => sum + bytesOf(value), 0);

/** Returns the fault of a value that is too large, in a column (cut if its name is long); null if it is not. */
export function oversizedValue(line: number, column: string, value: string | null): RecordFault | null {
  // Most values are too short to be measured.
  if (value === null || value.length <= SMALL_RECORD) return null;
  const bytes = bytesOf(value);
  if (bytes <= MAX_VALUE_BYTES) return null;
  return { line, column: shortText(column), value: shortText(value), reason: tooLargeValue(bytes, true) };
}

/** Returns the faults of a record's values that are too large. `nameOf` returns the column of an index. */
export const oversized = (
  line: number,
  values: readonly (string | null)[],
  nameOf: (at: number) => string,
): RecordFault[] => values.flatMap((value, at) => oversizedValue(line, nameOf(at), value) ?? []);

const number = (count: number): string => count.toLocaleString('en');

/** Words a count that is exact, or only a minimum. */
const atLeast = (count: number, isWhole: boolean): string => `${isWhole ? '' : 'at least '}${number(count)}`;

const hint = (isWhole: boolean): string => (isWhole ? '' : '; a quote may be missing');

/** The reason why a value of this size refuses its record or, if it was not read to its end, ends the import. */
export const tooLargeValue = (bytes: number, isWhole: boolean): string =>
  `the value has ${atLeast(bytes, isWhole)} bytes; at most ${number(MAX_VALUE_BYTES)} (1 MiB of UTF-8) are allowed${hint(isWhole)}`;

/** The reason why a record of this size ends the import. `isWhole`: it was read to its end. */
export const tooLargeRecord = (bytes: number, isWhole: boolean): string =>
  `the record that begins here has ${atLeast(bytes, isWhole)} bytes; at most ${number(MAX_RECORD_BYTES)} (4 MiB of UTF-8, all values together) are allowed${hint(isWhole)}`;

/** The reason why a record with this number of cells or keys ends the import. */
export const tooManyColumns = (count: number, noun: 'cell' | 'key', isWhole: boolean): string =>
  `the record that begins here has ${atLeast(count, isWhole)} ${noun}s; at most ${number(MAX_COLUMNS)} are allowed`;
