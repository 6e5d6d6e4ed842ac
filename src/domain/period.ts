import { addDays, type Day } from './calendar/days.ts';
import { addUnits, type CalendarUnit, startOfUnit, type Weekday } from './calendar/units.ts';
import { dayAt, readZone, startOfDay } from './calendar/zones.ts';
import { Failure, shown } from './errors.ts';
import { entriesOf } from './types/records.ts';

/** Which of the periods of a length, counted from the present one. */
const OFFSETS = { last: -1, this: 0, next: 1 } as const;

/** By length. */
const UNITS = {
  day: 'DAY',
  week: 'WEEK',
  month: 'MONTH',
  quarter: 'QUARTER',
  year: 'YEAR',
} as const satisfies Record<string, CalendarUnit>;

/** A period by its name, such as `last-week`. */
export type PeriodName = `${keyof typeof OFFSETS}-${keyof typeof UNITS}`;

const PERIODS = entriesOf(UNITS).flatMap(([length, unit]) =>
  entriesOf(OFFSETS).map(([which, offset]) => ({ name: `${which}-${length}` as const, offset, unit })),
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

/**
 * Returns the days that the name of a period means at the moment `now`, in milliseconds since 1970: those of a zone or, without one, those
 * after today in UTC. Weeks begin on `weekStart`. Errors: BAD_USER_INPUT for a name that isn't a period's or a zone's, and outside of the years
 * 0001 to 9999.
 */
export function periodAt(now: number, name: string, timeZone: string | null, weekStart: Weekday = 'MONDAY'): Period {
  const period = PERIODS.find((candidate) => candidate.name === name);
  if (period === undefined)
    throw new Failure(
      'BAD_USER_INPUT',
      `period: ${shown(name)} is not a period; accepted are ${PERIOD_NAMES.join(', ')}.`,
    );
  const clockAt = readZone(timeZone, 'timeZone');
  const present = startOfUnit(dayAt(clockAt, now), period.unit, weekStart);
  const firstDay = addUnits(present, period.unit, period.offset);
  const end = firstDay && addUnits(firstDay, period.unit, 1);
  const lastDay = end && addDays(end, -1);
  if (!firstDay || !end || !lastDay)
    throw new Failure(
      'BAD_USER_INPUT',
      `period: ${name} of ${dayAt(clockAt, now)} is not within the years 0001 to 9999; choose another one, or another clock.`,
    );
  const startOf = (day: Day): string =>
    timeZone === null ? `${day}T00:00:00` : `${new Date(startOfDay(clockAt, day)).toISOString().slice(0, 19)}Z`;
  return {
    name: period.name,
    timeZone,
    firstDay,
    lastDay,
    startsFrom: startOf(firstDay),
    startsBefore: startOf(end),
  };
}
