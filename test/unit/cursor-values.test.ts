/** What a cursor has of the values that place a row. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBase64UrlJson, writeBase64UrlJson } from '../../src/domain/base64url-json.ts';
import { readCursorValues, writeCursorValues } from '../../src/domain/cursor-values.ts';

const text = fc
  .tuple(
    fc.string({
      unit: fc.oneof(
        fc.constantFrom('a', '"', '\u0001', '\\', 'é', '日', '😀'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    }),
    fc.constantFrom(1, 1, 10, 300, 5_000),
    fc.string({ unit: 'binary', maxLength: 80 }),
  )
  .map(([part, times, end]) => (part.repeat(times) + end).replaceAll('\0', ''));

const ORDER = ['text', 'timestamp(0)', 'text', 'text', 'uuid'].map((type) => ({ type, nullable: true }));
const place = fc.tuple(
  fc.option(text),
  fc.constantFrom(null, '2026-03-29 14:30:00'),
  fc.option(text),
  fc.option(text),
  fc.uuid(),
);

test('are few bytes, whatever texts they are, and the same once more', () => {
  fc.assert(
    fc.property(place, (values) => {
      const cursor = writeBase64UrlJson(writeCursorValues(values));
      expect(cursor.length).toBeLessThan(1_500);
      const read = readCursorValues(readBase64UrlJson(cursor) as unknown[], ORDER);
      for (const [at, value] of values.entries()) {
        const one = read?.[at];
        if (one === null || typeof one !== 'object') expect(one).toBe(value);
        else {
          expect(value?.startsWith(one.prefix)).toBe(true);
          const head = value?.slice(0, value.length - one.tail.length) ?? '';
          expect([value?.endsWith(one.tail), [...head].length]).toEqual([true, one.characters]);
          // Nobody gains by shortening what is short.
          expect(Buffer.byteLength(JSON.stringify(value))).toBeGreaterThan(256);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('nothing else is read as one', () => {
  const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const [, , , hash, tail] = ['', ...writeCursorValues(['x'.repeat(1000)])];
  const long = (...parts: unknown[]) => [...parts, null, null, null, id];
  const prefix = 'x'.repeat(96);
  expect(readCursorValues(long(936, prefix, hash, tail), ORDER)?.[0]).toMatchObject({ characters: 936, tail });
  for (const list of [
    [],
    [null, null, null, null],
    [null, null, null, null, id, null],
    [null, null, null, null, null, null],
    [null, 'yesterday', null, null, id],
    [null, 936, prefix, hash, tail, null, null, id],
    long(0, prefix, hash, tail),
    long(-1, prefix, hash, tail),
    long(1.5, prefix, hash, tail),
    long(2 ** 31, prefix, hash, tail),
    long(936, 'x', hash, tail),
    long(936, prefix, 'x', tail),
    long(936, prefix, hash, null),
    long(936, `${prefix}\0`, hash, tail),
    long(936, prefix, hash, '\ud800'),
    [936, prefix, hash],
  ])
    expect([list, readCursorValues(list, ORDER)]).toEqual([list, null]);
});
