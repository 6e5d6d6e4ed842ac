import { shown } from '../../domain/errors.ts';
import { InvalidValue } from '../../domain/values/invalid-value.ts';
import type { Signs } from '../../domain/values/signs.ts';
import { UndecidedValue } from './undecided-value.ts';

const WHOLE = /^[+-]?\d+$/;
const WITH_FRACTION = /^[+-]?\d*([.,])\d+(?:[eE][+-]?\d+)?$/;
/** What may be a number with a fraction of three digits, or thousands. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
const GROUPED = /^[+-]?\d{1,3}(?:[.,' \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?$/;

/**
 * Reads a number of a file in which a comma may be the decimal sign (docs/contract.md, "Repairs"). Returns it with a point; unchanged if it is no
 * such number. `signs` are told which sign it has.
 */
export function withPoint(cell: string, signs: Signs, decimal: string): string | InvalidValue {
  const text = cell.trim();
  if (WHOLE.test(text)) return cell;
  const sign = WITH_FRACTION.exec(text)?.[1];
  if (sign === undefined)
    return GROUPED.test(text)
      ? new InvalidValue(`${shown(cell)} has signs between its thousands; write it without them`)
      : cell;
  const is = sign === ',' ? 'comma' : 'point';
  if (THOUSANDS.test(text)) {
    if (signs.decimal === null)
      return new UndecidedValue(
        `${shown(cell)} may have a fraction or thousands, and no number of the file says whether the decimal sign is a comma or a point; ${decimal} says it`,
      );
    if (signs.decimal !== is)
      return new InvalidValue(
        `${shown(cell)} seems to have a ${is} between its thousands, as the decimal sign of the file is a ${signs.decimal}; write it without`,
      );
  } else signs.sawDecimal(is, cell);
  return is === 'comma' ? text.replace(',', '.') : cell;
}
