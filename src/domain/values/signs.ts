import { Failure, shown } from '../errors.ts';

/** The order of the numbers of a date. */
export type DateOrder = 'day first' | 'month first';

/** The sign before the fraction of a number. */
export type DecimalSign = 'point' | 'comma';

/**
 * Reads the value of an option or a parameter of that name; null if it is not given. Errors: BAD_USER_INPUT, with what is accepted.
 */
export function readDecimalSign(text: string | undefined, name: string): DecimalSign | null {
  if (text === undefined || text === 'point' || text === 'comma') return text ?? null;
  throw new Failure('BAD_USER_INPUT', `${name}: ${shown(text)} is not accepted; accepted are point, comma.`);
}

/**
 * What one value of a file says about all others (docs/contract.md, "Repairs"): 13/01/2026 that days come first, 1,5 that a comma is the decimal
 * sign. Null until a value has said it.
 */
export interface Signs {
  /** `between`: the sign between the numbers, each of which is decided on its own. */
  dateOrder(between: string): DateOrder | null;
  readonly decimal: DecimalSign | null;
  /** To be told where a value leaves no choice. Throws if another value said otherwise. */
  sawDateOrder(between: string, order: DateOrder, cell: string): void;
  sawDecimal(sign: DecimalSign, cell: string): void;
}
