import { Failure, shown } from './errors.ts';
import { entriesOf, keysOf } from './types/records.ts';
import { utcClock, zoneClock } from './values/date.ts';

/** Which of the periods of a length, counted from the present one. */
const OFFSETS = { last: -1, this: 0, next: 1 } as const;

interface CalendarDay {
  readonly year: number;
  /** From 0, as in Date.UTC. */
  readonly month: number;
  readonly day: number;
  /** From 0, which is Monday. */
  readonly weekday: number;
}

/** By length: the first day of the period so many periods after that of a day, in milliseconds since 1970. */
const FIRST_DAYS = {
  day: ({ year, month, day }, offset) => Date.UTC(year, month, day + offset),
  /** Weeks begin on Monday (ISO 8601). */
  week: ({ year, month, day, weekday }, offset) => Date.UTC(year, month, day - weekday + 7 * offset),
  month: ({ year, month }, offset) => Date.UTC(year, month + offset, 1),
  quarter: ({ year, month }, offset) => Date.UTC(year, 3 * (Math.floor(month / 3) + offset), 1),
  year: ({ year }, offset) => Date.UTC(year + offset, 0, 1),
} satisfies Record<string, (today: CalendarDay, offset: number) => number>;

/** A period by its name, such as `last-week`. */
export type PeriodName = `${keyof typeof OFFSETS}-${keyof typeof FIRST_DAYS}`;

const PERIODS = keysOf(FIRST_DAYS).flatMap((length) =>
  entriesOf(OFFSETS).map(([which, offset]) => ({
    name: `${which}-${length}` as const,
    offset,
    firstDayOf: FIRST_DAYS[length],
  })),
);

/** The names of all periods, by length. */
export const PERIOD_NAMES: readonly PeriodName[] = PERIODS.map(({ name }) => name);

/** The days that a name such as `last-week` meant at a moment. */
export interface Period {
  readonly name: PeriodName;
  /** The zone whose days these are, as an IANA name; null: the days of any clock on a wall, counted from today in UTC. */
  readonly timeZone: string | null;
  /** As `yyyy-MM-dd`; the last day belongs to the period. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** The start, and the end, which no longer belongs to the period: wall clocks, or with a zone instants, which end in Z. */
  readonly startsFrom: string;
  readonly startsBefore: string;
}

/** An IANA name: longer texts and offsets, which some runtimes accept as zones, are none. */
const ZONE_NAME = /^[A-Za-z][\w+/-]{0,63}$/;

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

/**
 * Returns the days that the name of a period means at the moment `now`, in milliseconds since 1970: those of a zone or, without one, those
 * after today in UTC. Errors: BAD_USER_INPUT for a name that isn't a period's or a zone's.
 */
export function periodAt(now: number, name: string, timeZone: string | null): Period {
  const period = PERIODS.find((candidate) => candidate.name === name);
  if (period === undefined)
    throw new Failure(
      'BAD_USER_INPUT',
      `period: ${shown(name)} is not a period; accepted are ${PERIOD_NAMES.join(', ')}.`,
    );
  const clockAt = timeZone === null ? utcClock : ZONE_NAME.test(timeZone) ? zoneClock(timeZone) : null;
  if (clockAt === null)
    throw new Failure(
      'BAD_USER_INPUT',
      `timeZone: ${shown(timeZone ?? '')} is not a time zone; accepted are the names of the IANA database, such as Europe/Berlin.`,
    );
  const today = new Date(`${dayAt(clockAt, now)}T00:00:00Z`);
  const calendarDay = {
    year: today.getUTCFullYear(),
    month: today.getUTCMonth(),
    day: today.getUTCDate(),
    weekday: (today.getUTCDay() + 6) % 7,
  };
  const first = period.firstDayOf(calendarDay, period.offset);
  const end = period.firstDayOf(calendarDay, period.offset + 1);
  const startOf = (midnight: number): string =>
    timeZone === null ? clockOf(midnight) : `${clockOf(startOfDay(clockAt, midnight))}Z`;
  return {
    name: period.name,
    timeZone,
    firstDay: clockOf(first).slice(0, 10),
    lastDay: clockOf(end - DAY_MS).slice(0, 10),
    startsFrom: startOf(first),
    startsBefore: startOf(end),
  };
}

const clockOf = (instant: number): string => new Date(instant).toISOString().slice(0, 19);

/** Returns the day that the clocks of a zone show at an instant. */
function dayAt(clockAt: (instant: number) => string | null, instant: number): string {
  const clock = clockAt(instant);
  if (clock === null) throw new Error(`the clock shows ${instant}, outside of the years 0001 to 9999`);
  return clock.slice(0, 10);
}

/**
 * Returns the first instant of a day in a zone. `midnight` is that of the day in UTC. That is the zone's midnight, or, where clocks that
 * are put forward skip it, the moment at which they are. Found by halving, because a zone tells the clock of an instant, not the instant of
 * a clock.
 */
function startOfDay(clockAt: (instant: number) => string | null, midnight: number): number {
  const day = clockOf(midnight).slice(0, 10);
  // No clock differs from UTC by more than a day.
  let [before, from] = [(midnight - DAY_MS) / SECOND_MS, (midnight + DAY_MS) / SECOND_MS];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayAt(clockAt, middle * SECOND_MS) < day) before = middle;
    else from = middle;
  }
  return from * SECOND_MS;
}
