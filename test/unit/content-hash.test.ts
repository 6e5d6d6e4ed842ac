/** The content hash of a row: by it an import tells what is unchanged, and it orders the rows that tie in an export. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashedValues, rowHasher } from '../../src/db/import/content-hash.ts';
import { type CanonicalRow, FIELD_INDEX, ORIGINAL_KEYS } from '../../src/domain/fields.ts';
import { canonicalRow } from '../kit/reading.ts';
import { rowOf, rowWith } from '../kit/rows.ts';

/** The hash that stored rows have had from the first version on, over the original values in their order. */
function firstHash(values: readonly (string | null)[]): string {
  const texts = values.map(
    (value) =>
      value?.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r') ?? '\\N',
  );
  return createHash('sha256').update(texts.join('\t')).digest('hex').slice(0, 32);
}

/** The row without a value in later fields. */
const original = (row: CanonicalRow): CanonicalRow => {
  const kept = new Set(ORIGINAL_KEYS.map((key) => FIELD_INDEX[key]));
  return row.map((value, index) => (kept.has(index) ? value : null));
};

test('is bit for bit that of the rows that are stored', () => {
  const hashOf = (row: CanonicalRow) => hashedValues(original(row)).contentHash;
  expect(hashOf(rowWith({}))).toBe('a98c6ae8349016aad8525e80ae4163e6');
  const escaped = rowWith({ interviewerReview: 'a\\b\tc\r\nd', room: '', duration: null });
  expect(hashOf(escaped)).toBe('d7c32935f4d799c1d9e65ad4f33864e3');
  expect(hashOf(rowOf({ interviewId: 'i' }))).toBe('322da0f3c2c44cda7020629b6f4b1a2b');
});

test('is bit for bit that of the first version for any row without a value in later fields', () => {
  fc.assert(
    fc.property(canonicalRow, (row) => {
      const values = ORIGINAL_KEYS.map((key) => row[FIELD_INDEX[key]] ?? null);
      expect(hashedValues(original(row)).contentHash).toBe(firstHash(values));
    }),
  );
});

const LATER_KEYS = ['offerId', 'interviewRound', 'a'];

/** Texts of what the hash is put together with, to look like other rows. */
const trickyText = fc
  .array(fc.constantFrom('\t', '\\', '\\N', 'N', '\n', '\r', 't', 'offerId', 'a', ''), { maxLength: 6 })
  .map((parts) => parts.join(''));
const trickyValue = fc.option(fc.oneof(trickyText, fc.string({ unit: 'grapheme' })), { nil: null });
const keys = [...ORIGINAL_KEYS, ...LATER_KEYS];
const valuesByKey = fc
  .array(trickyValue, { minLength: keys.length, maxLength: keys.length })
  .map((values) => new Map(keys.map((key, at) => [key as string, values[at] ?? null])));
const anyOrder = fc.shuffledSubarray(keys, { minLength: keys.length }).map((some) => some.map((key) => ({ key })));

/** The hash of a row by a program whose fields stand in this order. */
const hashBy = (fields: readonly { key: string }[], values: ReadonlyMap<string, string | null>): string =>
  rowHasher(fields)(fields.map(({ key }) => values.get(key) ?? null)).contentHash;

test('stays as it is where fields are added anywhere, and in any order of them', () => {
  fc.assert(
    fc.property(valuesByKey, anyOrder, anyOrder, (values, fields, others) => {
      expect(hashBy(fields, values)).toBe(hashBy(others, values));
      const withoutLater = new Map([...values].filter(([key]) => !LATER_KEYS.includes(key)));
      expect(hashBy(fields, withoutLater)).toBe(firstHash(ORIGINAL_KEYS.map((key) => values.get(key) ?? null)));
    }),
  );
});

test('differs between rows that differ in any field, original or later', () => {
  const fields = keys.map((key) => ({ key }));
  const change = fc.record({ key: fc.constantFrom(...keys), value: trickyValue });
  fc.assert(
    fc.property(valuesByKey, fc.array(change, { minLength: 1, maxLength: 3 }), (values, changes) => {
      const changed = new Map([...values, ...changes.map(({ key, value }) => [key, value] as const)]);
      const isSame = keys.every((key) => values.get(key) === changed.get(key));
      expect(hashBy(fields, values) === hashBy(fields, changed)).toBe(isSame);
    }),
    { numRuns: 1000 },
  );
});
