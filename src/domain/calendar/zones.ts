/** What the clocks of a time zone show, and when they show it. */
import { Failure, shown } from '../errors.ts';
import { resolveInstant, utcClock, zoneClock } from '../values/date.ts';
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

/**
 * Returns the instant at which the clocks of a zone show a wall clock, as `AT TIME ZONE` of Postgres does: where clocks that are put back show
 * it twice, the second time; where clocks that are put forward skip it, the instant at which they would have shown it.
 */
export function instantOf(clockAt: ZoneClock, clock: string): number {
  const inUtc = resolveInstant(clock, 0);
  // No clock differs from UTC by more than a day: these are the offsets before and after a change on this day.
  const before = inUtc - offsetAt(clockAt, inUtc - DAY_MS);
  const after = inUtc - offsetAt(clockAt, inUtc + DAY_MS);
  const [earlier, later] = [Math.min(before, after), Math.max(before, after)];
  if (clockAt(later) === clock) return later;
  return clockAt(earlier) === clock ? earlier : before;
}

/** Returns the milliseconds by which a zone is ahead of UTC at an instant; 0 outside of the years 0001 to 9999. */
function offsetAt(clockAt: ZoneClock, instant: number): number {
  const clock = clockAt(instant);
  return clock === null ? 0 : resolveInstant(clock, 0) - instant;
}
