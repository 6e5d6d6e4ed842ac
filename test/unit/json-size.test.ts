/** How much a JSON text has in it is known before it is read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exceededLimit } from '../../src/domain/json-size.ts';

/** The same of what was read: keys and elements, and objects and lists in each other. */
function sizeOf(json: unknown): { values: number; levels: number } {
  if (typeof json !== 'object' || json === null) return { values: 0, levels: 0 };
  const inner = Object.values(json).map(sizeOf);
  return {
    values: inner.reduce((sum, { values }) => sum + values, inner.length),
    levels: 1 + Math.max(0, ...inner.map(({ levels }) => levels)),
  };
}

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 5 }), fc.constantFrom('"', '\\', '\\"', '[', '{,}', ']'));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(fc.double(), fc.boolean(), fc.constant(null), text),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(text, tie('json'), { maxKeys: 4 }),
  ),
}));

test('as many values and levels as there are pass, and one less doesn’t', () => {
  fc.assert(
    fc.property(json, fc.constantFrom(undefined, 1, '\n\t\r '), (value, blanks) => {
      const { values, levels } = sizeOf(value);
      const written = JSON.stringify(value, null, blanks);
      expect(exceededLimit(written, { values, levels })).toBeNull();
      if (values > 0) expect(exceededLimit(written, { values: values - 1, levels })).toBe('values');
      if (levels > 0) expect(exceededLimit(written, { values, levels: levels - 1 })).toBe('levels');
    }),
  );
});

test('a key counts as often as it is given', () => {
  expect(exceededLimit('{"a":1,"a":2,"a":3}', { values: 2, levels: 1 })).toBe('values');
});

test('what is no JSON does no harm', () => {
  const limits = { values: 1_000, levels: 1_000 };
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'[]{},:"\\ ax') }), (written) => {
      expect(exceededLimit(written, limits)).toBeNull();
    }),
  );
});
