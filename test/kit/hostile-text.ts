/** Texts that a service may stumble over, and how they get into a URL. */
import fc from 'fast-check';

/** Bytes as a text of Latin-1, which is how requests are put together. */
export const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

export const noise = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 30 }),
  fc.constantFrom('\0', '\uD800', 'x\uDFFF', '’', '💥'.repeat(30), "'; DROP TABLE appointment; --", '$1', '%s'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'null', 'undefined', 'NaN', '-1', '0', '1e9', '', ' ', '[]'),
  fc.constantFrom(...[300, 5000].map((length) => 'a'.repeat(length))),
);

/** How a text gets into a URL: as it should, or not quite. */
export const inUrl = (text: string): fc.Arbitrary<string> => {
  const whole = text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80';
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(whole) },
    fc.constant(whole.replaceAll('%20', '+')),
    fc.constantFrom(`${whole}%`, `%zz${whole}`, `${whole}%0`, `${whole}%00`, `%FF%FE${whole}`, `%C0%80${whole}`),
    fc.constant(text.replace(/[^!"$-;<>-~]/g, '')),
    fc.constant(utf8(text).replace(/[\0-\x20\x7f]/g, '')),
  );
};
