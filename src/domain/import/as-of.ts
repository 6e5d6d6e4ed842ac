import { Failure, shown } from '../errors.ts';
import { OtherDateForm, readIsoDate, resolveInstant } from '../values/date.ts';
import { InvalidValue } from '../values/invalid-value.ts';

/** In UTF-16 code units; enough for nanoseconds and an offset after a blank. */
const MAX_LENGTH = 40;
/** How far the clocks of two machines may differ, in milliseconds. */
export const MAX_AHEAD_MS = 60_000;

const ACCEPTED = 'a date and time with Z or an offset, such as 2026-11-28T06:00:00Z or 2026-11-28T07:00:00+01:00';

/** UTC in the words of many programs, and an offset after a blank. */
const UTC_WORD = / ?(?:UTC|GMT)$/i;
const OFFSET_APART = / (?=[+-]\d\d(?::?\d\d)?$)/;

/**
 * Reads the time that the rows of an import are of: the value of an option or a parameter of that name; null if it is not given. `now`, and
 * what is returned, are milliseconds since 1970; fractions of a second are cut off. Errors: BAD_USER_INPUT for a text without a time zone,
 * for a time to come, which no extract can be of, and for one before 1970.
 */
export function readAsOf(text: string | undefined, name: string, now: number): number | null {
  if (text === undefined) return null;
  const refused = (reason: string): Failure => new Failure('BAD_USER_INPUT', `${name}: ${reason}.`);
  if (text.length > MAX_LENGTH) throw refused(`${shown(text)} is too long; accepted is ${ACCEPTED}`);
  const date = readIsoDate(text.trim().replace(UTC_WORD, 'Z').replace(OFFSET_APART, ''));
  if (date instanceof OtherDateForm) throw refused(`${shown(text)} is not a point in time; accepted is ${ACCEPTED}`);
  if (date instanceof InvalidValue) throw refused(date.reason);
  if (date.offset === null) throw refused(`${shown(text)} does not say its time zone; accepted is ${ACCEPTED}`);
  const instant = resolveInstant(date.clock, date.offset);
  if (instant > now + MAX_AHEAD_MS)
    throw refused(`${shown(text)} is in the future; accepted are times until now, ${secondsText(now)}`);
  if (instant < 0) throw refused(`${shown(text)} is before 1970; accepted are times until now, ${secondsText(now)}`);
  return instant;
}

/** Returns an instant, in milliseconds since 1970, as `yyyy-MM-ddTHH:mm:ssZ`. */
export const secondsText = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
