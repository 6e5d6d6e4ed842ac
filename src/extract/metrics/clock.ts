import { isDayText } from '../../domain/calendar/days.ts';
import { readZone, startOfDay } from '../../domain/calendar/zones.ts';
import { Failure, shown } from '../../domain/errors.ts';
import { restoreOffsetSign } from '../../domain/parameters.ts';
import { readIsoDate, resolveInstant, utcClock } from '../../domain/values/date.ts';
import { InvalidValue } from '../../domain/values/invalid-value.ts';

/** In UTF-16 code units; enough for nanoseconds and an offset. */
const MAX_LENGTH = 40;

/**
 * Reads the clock of metrics: a point in time, or a day, which means its beginning in the zone, without one in UTC. Returns milliseconds since
 * 1970; fractions of a second are cut off. Errors: BAD_USER_INPUT for anything else.
 */
export function readClock(text: string, timeZone: string | null): number {
  if (isDayText(text)) return startOfDay(readZone(timeZone, 'timeZone'), text);
  const date = text.length > MAX_LENGTH ? null : readIsoDate(restoreOffsetSign(text.trim()));
  const instant =
    date === null || date instanceof InvalidValue || date.offset === null
      ? null
      : resolveInstant(date.clock, date.offset);
  if (instant === null || utcClock(instant) === null)
    throw new Failure(
      'BAD_USER_INPUT',
      `at: ${shown(text)} is not a point in time of the years 0001 to 9999; accepted are a day, such as 2026-11-24, which means its beginning, and a date and time with Z or an offset, such as 2026-11-24T06:00:00Z.`,
    );
  return instant;
}
