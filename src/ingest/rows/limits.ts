/** Whether a record keeps the limits, in whatever format it comes, and what to say where it doesn't. */
import { MAX_COLUMNS, MAX_RECORD_BYTES, MAX_VALUE_BYTES } from '../../domain/import/record-limits.ts';
import { type RecordFault, shortText } from './fault.ts';

/** The most bytes that a character of a string (a UTF-16 code unit) takes in UTF-8. */
const BYTES_PER_CHARACTER = 3;

/** A record of no more characters keeps both limits; one that has more is worth measuring. */
export const SMALL_RECORD = Math.floor(MAX_VALUE_BYTES / BYTES_PER_CHARACTER);

const bytesOf = (value: string | null): number => (value === null ? 0 : Buffer.byteLength(value));

/** The bytes of a record's values together. */
export const recordBytes = (values: readonly (string | null)[]): number =>
  values.reduce((sum, value) => sum + bytesOf(value), 0);

/** What is wrong with a value of a column (cut where its name is long) that is too large; null where it isn't. */
export function oversizedValue(line: number, column: string, value: string | null): RecordFault | null {
  // Most values are too short to be measured.
  if (value === null || value.length <= SMALL_RECORD) return null;
  const bytes = bytesOf(value);
  if (bytes <= MAX_VALUE_BYTES) return null;
  return { line, column: shortText(column), value: shortText(value), reason: tooLargeValue(bytes, true) };
}

/** What is wrong with the values of a record that are too large; `nameOf` gives the column of a place. */
export const oversized = (
  line: number,
  values: readonly (string | null)[],
  nameOf: (at: number) => string,
): RecordFault[] => values.flatMap((value, at) => oversizedValue(line, nameOf(at), value) ?? []);

const number = (count: number): string => count.toLocaleString('en');

/** A count that is whole, or of which there may be more. */
const atLeast = (count: number, isWhole: boolean): string => `${isWhole ? '' : 'at least '}${number(count)}`;

const hint = (isWhole: boolean): string => (isWhole ? '' : '; a quote may be missing');

/** Why a value of so many bytes refuses its record or, where it was not read to its end, ends the import. */
export const tooLargeValue = (bytes: number, isWhole: boolean): string =>
  `the value has ${atLeast(bytes, isWhole)} bytes; at most ${number(MAX_VALUE_BYTES)} (1 MiB of UTF-8) are taken${hint(isWhole)}`;

/** Why a record of so many bytes ends the import; `isWhole`: it was read to its end. */
export const tooLargeRecord = (bytes: number, isWhole: boolean): string =>
  `the record that begins here has ${atLeast(bytes, isWhole)} bytes; at most ${number(MAX_RECORD_BYTES)} (4 MiB of UTF-8, all values together) are taken${hint(isWhole)}`;

/** Why a record of so many cells or keys ends the import. */
export const tooManyColumns = (count: number, noun: 'cell' | 'key', isWhole: boolean): string =>
  `the record that begins here has ${atLeast(count, isWhole)} ${noun}s; at most ${number(MAX_COLUMNS)} are taken`;
