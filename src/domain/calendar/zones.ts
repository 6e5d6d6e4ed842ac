/** What the clocks of a time zone show, and when they show it. */
import { Failure, shown } from '../errors.ts';
import { utcClock, zoneClock } from '../values/date.ts';
import { type Day, FIRST_DAY, LAST_DAY } from './days.ts';

/** From an instant, in milliseconds since 1970, to the wall clock that a zone shows; null outside of the years 0001 to 9999. */
export type ZoneClock = (instant: number) => string | null;

/** An IANA name: longer texts and offsets, which some runtimes accept as zones, are none. */
const ZONE_NAME = /^[A-Za-z][\w+/-]{0,63}$/;

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

/** Returns the clock of a zone; that of UTC for null. Errors: BAD_USER_INPUT that names the argument, for a name that isn't a zone's. */
export function readZone(timeZone: string | null, argument: string): ZoneClock {
  const clockAt = timeZone === null ? utcClock : ZONE_NAME.test(timeZone) ? zoneClock(timeZone) : null;
  if (clockAt !== null) return clockAt;
  throw new Failure(
    'BAD_USER_INPUT',
    `${argument}: ${shown(timeZone ?? '')} is not a time zone; accepted are the names of the IANA database, such as Europe/Berlin.`,
  );
}

/** Returns the day that the clocks of a zone show at an instant. Before the year 0001 that is its first, after 9999 its last day. */
export function dayAt(clockAt: ZoneClock, instant: number): Day {
  return clockAt(instant)?.slice(0, 10) ?? (instant < 0 ? FIRST_DAY : LAST_DAY);
}

/**
 * Returns the first instant of a day in a zone. That is the zone's midnight, or, where clocks that are put forward skip it, the moment at
 * which they are; for a day that the zone lacks, that of the next. Found by halving, because a zone tells the clock of an instant, not the
 * instant of a clock.
 */
export function startOfDay(clockAt: ZoneClock, day: Day): number {
  const midnight = Date.parse(day);
  // No clock differs from UTC by more than a day.
  let [before, from] = [(midnight - DAY_MS) / SECOND_MS, (midnight + DAY_MS) / SECOND_MS];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayAt(clockAt, middle * SECOND_MS) < day) before = middle;
    else from = middle;
  }
  return from * SECOND_MS;
}
