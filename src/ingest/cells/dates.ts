import { shown } from '../../domain/errors.ts';
import { InvalidValue } from '../../domain/values/invalid-value.ts';
import type { Signs } from '../../domain/values/signs.ts';
import { isDay } from '../../domain/values/wall-clock.ts';
import type { RepairKind } from '../rows/repairs.ts';
import { UndecidedValue } from './undecided-value.ts';

/** A date in a form that software understands without a choice, and the kind of repair that made it so. */
interface Respelled {
  readonly iso: string;
  readonly kind: RepairKind;
}

/** An ISO 8601 date before a blank and an offset or UTC. */
const APART = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*(UTC|GMT|Z|[+-]\d\d(?::?\d\d)?)$/i;

/** Three numbers between dots, slashes or hyphens, with a time of day or without, of 24 hours or of 12. */
const NUMBERS =
  /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:(?:T|,?\s+)(\d{1,2}):(\d\d)(?::(\d\d)([.,]\d+)?)?(?:\s?([ap])\.?m\.?)?)?(?:\s*(UTC|GMT|Z|[+-]\d\d(?::?\d\d)?))?$/i;

/**
 * Reads a date that is not in a form of ISO 8601, as spreadsheets and databases write them (docs/contract.md, "Repairs"): UTC or an offset
 * after a blank, days before months between dots, years first between any sign, and between slashes or hyphens what the file says elsewhere.
 * Returns null if it is none of these. `signs` are told what the date says about the others.
 */
export function respelledDate(cell: string, signs: Signs, dateFormat: string): Respelled | InvalidValue | null {
  const text = cell.trim();
  const apart = APART.exec(text);
  if (apart) {
    const [, date = '', offset = ''] = apart;
    return /^[ug]/i.test(offset) ? { iso: `${date}Z`, kind: 'utc' } : { iso: date + offset, kind: 'offset' };
  }
  const found = NUMBERS.exec(text);
  if (found === null) return null;
  const [, first = '', sign = '', second = '', third = ''] = found;
  const [hour, minute = '00', seconds, fraction = '', half, offset = ''] = found.slice(5);
  const time = timeOfDay(hour, minute, seconds, fraction, half);
  if (time === null || (time === '' && offset !== '')) return null;
  const zone = /^[ug]/i.test(offset) ? 'Z' : offset;
  const of = (year: string, month: string, day: string): string =>
    `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${time}${zone}`;
  if (first.length === 4) {
    if (third.length > 2) return null;
    return { iso: of(first, second, third), kind: 'yearFirst' };
  }
  if (first.length > 2) return null;
  if (third.length !== 4)
    return new InvalidValue(
      `${shown(cell)} is a date with a year of ${third.length} digits; ${dateFormat} says how to read it`,
    );
  if (sign === '.') return { iso: of(third, second, first), kind: 'dayFirst' };
  const [one, other] = [Number(first), Number(second)];
  const isEither = one <= 12 && other <= 12;
  if (!isEither) {
    // An impossible date says nothing about the others.
    const [month, day] = one > 12 ? [other, one] : [one, other];
    if (!isDay(Number(third), month, day)) return new InvalidValue(`${shown(cell)} is not a valid date`);
    signs.sawDateOrder(sign, one > 12 ? 'day first' : 'month first', cell);
  }
  switch (signs.dateOrder(sign)) {
    case 'day first':
      return { iso: of(third, second, first), kind: isEither ? 'eitherDayFirst' : 'dayFirst' };
    case 'month first':
      return { iso: of(third, first, second), kind: isEither ? 'eitherMonthFirst' : 'monthFirst' };
    case null:
      return new UndecidedValue(
        `${shown(cell)} may begin with the day or with the month, and no date up to 5,000 rows on shows which; ${dateFormat} says it`,
      );
  }
}

/** Returns `THH:mm…`, '' without an hour, and null if the hour of a clock of 12 hours does not exist. */
function timeOfDay(
  hour: string | undefined,
  minute: string,
  seconds: string | undefined,
  fraction: string,
  half: string | undefined,
): string | null {
  if (hour === undefined) return '';
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  return `T${String(hours).padStart(2, '0')}:${minute}${seconds === undefined ? '' : `:${seconds}${fraction}`}`;
}
