import { shown } from '../errors.ts';
import { InvalidValue } from './invalid-value.ts';

const CANONICAL = /^(?!-0$)-?(?:0|[1-9]\d{0,14})(?:\.\d{0,39}[1-9])?$/;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** The precision that the import guarantees; Postgres and every reader of an export can hold it. */
const MAX_INTEGER_DIGITS = 15;
const MAX_FRACTION_DIGITS = 40;

/** Returns the shortest plain decimal of a number: `0.5` for `+00.50` or `5e-1`, `0` for `-0.0`. */
export function readDecimal(text: string): string | InvalidValue {
  if (CANONICAL.test(text)) return text;
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text.trim()) ?? [];
  const digits = whole + fraction;
  if (digits === '') {
    return new InvalidValue(`${shown(text)} is not a number; a number has digits and a decimal point, as in 0.5`);
  }
  let first = 0;
  while (digits[first] === '0') first += 1;
  let end = digits.length;
  while (end > first && digits[end - 1] === '0') end -= 1;
  if (first === end) return '0';
  const significant = digits.slice(first, end);
  const point = whole.length + Number(exponent) - first;
  if (point > MAX_INTEGER_DIGITS || significant.length - point > MAX_FRACTION_DIGITS) {
    return new InvalidValue(
      `${shown(text)} has too many digits; at most ${MAX_INTEGER_DIGITS} before the decimal point and ${MAX_FRACTION_DIGITS} after it can be stored`,
    );
  }
  const minus = sign === '-' ? '-' : '';
  if (significant.length <= point) return minus + significant.padEnd(point, '0');
  if (point <= 0) return `${minus}0.${'0'.repeat(-point)}${significant}`;
  return `${minus}${significant.slice(0, point)}.${significant.slice(point)}`;
}

/** Returns a 32-bit integer; `2.0` is 2. */
export function readInteger(text: string): string | InvalidValue {
  const decimal = readDecimal(text);
  if (decimal instanceof InvalidValue) return decimal;
  if (decimal.includes('.')) return new InvalidValue(`${shown(text)} is not a whole number`);
  const number = Number(decimal);
  if (number >= -(2 ** 31) && number < 2 ** 31) return decimal;
  return new InvalidValue(`${shown(text)} is out of range; a whole number goes from ${-(2 ** 31)} to ${2 ** 31 - 1}`);
}
