/**
 * The content hash of a row: 128 bits of SHA-256 over all its values. An unchanged row has an unchanged hash, in every database and every
 * version of the program. The hash is also the tie-breaker of an export. The hashed text consists of the values of the original fields in
 * COPY's text format, joined by tabs, followed for each later field that is not null by a tab, the field's key, a tab and the value. So a
 * new field does not change the hash of rows in which it is null. No value contains a tab in that format, so no two rows have the same
 * text.
 */
import { hash } from 'node:crypto';
import { type CanonicalRow, FIELDS, type Field, isDate, isOriginal, ORIGINAL_KEYS } from '../../domain/fields.ts';
import { sqlLiteral } from '../../extract/sql-literal.ts';
import { copyText, ESCAPES, NULL } from './copy-text.ts';

/** The values of a row in COPY's text format, in the order of HASHED_FIELDS, and their content hash. */
interface HashedValues {
  readonly values: string;
  readonly contentHash: string;
}

/** Returns 128 bits of SHA-256 in hexadecimal, which Postgres reads as a uuid: practically unique, and half the size. */
export const hash128 = (text: string): string => hash('sha256', text, 'hex').slice(0, 32);

/** The same as SQL, for a text. */
export const hash128Sql = (text: string): string =>
  `encode(substring(sha256(convert_to(${text}, 'UTF8')) FOR 16), 'hex')::uuid`;

/** Returns the later ones of some fields, sorted by key, so that their order elsewhere does not matter. */
function laterOf<F extends Pick<Field, 'key'>>(fields: readonly F[]): readonly F[] {
  return fields.filter(({ key }) => !isOriginal(key)).sort((a, b) => (a.key < b.key ? -1 : 1));
}

const originalOf = <F extends Pick<Field, 'key'>>(fields: readonly F[]): readonly F[] =>
  ORIGINAL_KEYS.flatMap((key) => fields.filter((field) => field.key === key));

/** Returns a function that hashes rows with these fields, in this order. They include all original fields. */
export function rowHasher(fields: readonly Pick<Field, 'key'>[]): (row: CanonicalRow) => HashedValues {
  const [first = 0, ...original] = originalOf(fields).map((field) => fields.indexOf(field));
  const later = laterOf(fields).map((field) => ({ index: fields.indexOf(field), key: field.key }));
  return (row) => {
    let values = copyText(row[first] ?? null);
    for (const index of original) values += `\t${copyText(row[index] ?? null)}`;
    let hashed = values;
    for (const { index, key } of later) {
      const text = copyText(row[index] ?? null);
      values += `\t${text}`;
      if (text !== NULL) hashed += `\t${key}\t${text}`;
    }
    return { values, contentHash: hash128(hashed) };
  };
}

const ORIGINAL = originalOf<Field>(FIELDS);
const LATER = laterOf<Field>(FIELDS);

/** All fields, in the order in which a row is hashed and copied. */
export const HASHED_FIELDS: readonly Field[] = [...ORIGINAL, ...LATER];

export const hashedValues = rowHasher(FIELDS);

/** Returns a stored value as `copyText` writes its canonical form; null if it is null. */
function copyTextSql({ column, kind, type }: Field, row: string): string {
  const value = `${row}.${column}`;
  if (isDate({ kind })) return `to_json(${value}) #>> '{}'`;
  if (type !== 'text') return `${value}::text`;
  return Object.entries(ESCAPES).reduce(
    (text, [from, to]) => `replace(${text}, ${sqlLiteral(from)}, ${sqlLiteral(to)})`,
    value,
  );
}

/** Returns the content hash as SQL, for a row of that name that has the columns of all fields. */
export function contentHashSql(row: string): string {
  const tab = sqlLiteral('\t');
  const original = ORIGINAL.map((field) => `coalesce(${copyTextSql(field, row)}, ${sqlLiteral(NULL)})`);
  // Null if the value is null, and then concat_ws leaves it out.
  const later = LATER.map((field) => `${sqlLiteral(field.key)} || ${tab} || ${copyTextSql(field, row)}`);
  return hash128Sql(`concat_ws(${tab}, ${[...original, ...later].join(', ')})`);
}
