import { shown } from '../errors.ts';
import { InvalidValue } from './invalid-value.ts';
import { isDay, isTimeOfDay, isWallClock } from './wall-clock.ts';

/** A date as written in an extract (docs/contract.md, "Reading an extract"). */
export interface StatedDate {
  /** The wall clock in canonical form. */
  readonly clock: string;
  /** Minutes ahead of UTC if the date is an instant; null if it is a wall clock without offset. */
  readonly offset: number | null;
  /** Whether the text has a fraction of a second; `clock` never has. */
  readonly fraction: boolean;
}

/** The reason why a text is refused that is in no form of ISO 8601, but may be a date in another form. */
export class OtherDateForm extends InvalidValue {}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)([.,]\d+)?)?(?:Z|([+-])(\d\d)(?::?(\d\d))?)?)?$/i;
/** The limit of ISO 8601 software such as Java's. The largest offset in use is 14 hours. */
const MAX_OFFSET_MINUTES = 18 * 60;

/**
 * Reads an ISO 8601 date: `yyyy-MM-dd` (midnight), or with `T` or a blank and `HH:mm`, `HH:mm:ss` or a fraction, optionally followed by an
 * offset: `Z`, `+hh`, `+hhmm` or `+hh:mm`. Callers check for a canonical date first, which is faster.
 */
export function readIsoDate(text: string): StatedDate | InvalidValue {
  const written = text.trim();
  const found = ISO.exec(written);
  if (found === null) {
    return new OtherDateForm(
      `${shown(text)} is not a date; accepted are yyyy-MM-dd, yyyy-MM-ddTHH:mm and yyyy-MM-ddTHH:mm:ss, each time with or without an offset`,
    );
  }
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] = found;
  const [fraction, sign, offsetHours = '0', offsetMinutes = '0'] = found.slice(7);
  if (!isDay(Number(year), Number(month), Number(day))) {
    return new InvalidValue(`${shown(text)} is not a valid date in the years 0001 to 9999`);
  }
  if (!isTimeOfDay(Number(hour), Number(minute), Number(second))) {
    return new InvalidValue(`${shown(text)} is not a time of day; accepted are 00:00:00 to 23:59:59`);
  }
  const ahead = Number(offsetHours) * 60 + Number(offsetMinutes);
  if (Number(offsetMinutes) > 59 || ahead > MAX_OFFSET_MINUTES) {
    return new InvalidValue(`${shown(text)} has an invalid offset; accepted are -18:00 to +18:00`);
  }
  const instant = sign !== undefined || /z$/i.test(written);
  return {
    clock: `${year}-${month}-${day}T${hour}:${minute}:${second}`,
    offset: instant ? (sign === '-' ? -ahead : ahead) : null,
    fraction: fraction !== undefined,
  };
}

/** Returns the instant of a date with an offset, in milliseconds since 1970 in UTC. */
export function resolveInstant(clock: string, offset: number): number {
  return Date.parse(`${clock}Z`) - offset * 60_000;
}

/** Returns the wall clock of an instant in UTC; null outside of the years 0001 to 9999. */
export function utcClock(instant: number): string | null {
  // Other years have a sign and six digits, and year 0 is not a valid wall clock.
  const clock = new Date(instant).toISOString().slice(0, 19);
  return isWallClock(clock) ? clock : null;
}

const MAX_CACHED_INSTANTS = 10_000;

/**
 * Returns a function from an instant to its wall clock in a zone, or to null outside of the years 0001 to 9999. Returns null if this
 * runtime does not know the zone. Results are cached, because the rows of one interview repeat their instants.
 */
export function zoneClock(zone: string): ((instant: number) => string | null) | null {
  const format = formatIn(zone);
  if (format === null) return null;
  const known = new Map<number, string | null>();
  return (instant) => {
    const cached = known.get(instant);
    if (cached !== undefined) return cached;
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
    for (const { type, value } of format.formatToParts(instant)) parts[type] = value;
    const { era, year = '', month, day, hour, minute, second } = parts;
    const written = `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}`;
    const clock = era === 'AD' && isWallClock(written) ? written : null;
    if (known.size >= MAX_CACHED_INSTANTS) known.clear();
    known.set(instant, clock);
    return clock;
  };
}

const DAY_MS = 86_400_000;

/**
 * Returns the other instant with the same wall clock, in the hour that is repeated when clocks are put back; null if there is none.
 * `clockAt` returns the wall clock of an instant, as `zoneClock` does.
 */
export function otherInstant(clockAt: (instant: number) => string | null, instant: number): number | null {
  const clock = clockAt(instant);
  if (clock === null) return null;
  // One day before and two days after, the zone has the offsets from before and after the change. Whole days are used because the cache
  // holds them.
  const day = Math.floor(instant / DAY_MS) * DAY_MS;
  for (const candidate of [day - DAY_MS, day + 2 * DAY_MS]) {
    const nearClock = clockAt(candidate);
    if (nearClock === null) continue;
    const twin = resolveInstant(clock, 0) - (resolveInstant(nearClock, 0) - candidate);
    if (twin !== instant && clockAt(twin) === clock) return twin;
  }
  return null;
}

function formatIn(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
