import { Failure, shown } from '../errors.ts';
import { entriesOf } from '../types/records.ts';
import { type Day, type DayRange, FIRST_DAY, isDayText, LAST_DAY } from './days.ts';
import { addUnits, type CalendarUnit, nextStart, startOfUnit, type Weekday } from './units.ts';
import { dayAt, readZone } from './zones.ts';

/** The dates by which appointments are put into periods: of the time slot's start, the interview's creation and last change, the review. */
export const METRIC_DATES = ['START', 'CREATE', 'UPDATE', 'REVIEW'] as const;
export type MetricDate = (typeof METRIC_DATES)[number];

/** Whose calendar it is. */
interface Calendar {
  readonly on: MetricDate;
  /** An IANA name; null: each interview's own zone for START, UTC for the other dates. */
  readonly timeZone: string | null;
  readonly weekStart: Weekday;
}

/** So many days, weeks, months, quarters or years before the one of a clock; 0 only with that one. */
interface LastUnits {
  readonly count: number;
  readonly unit: CalendarUnit;
  /** Whether the one of the clock, which isn't over, is added. */
  readonly andCurrent: boolean;
}

/** A period as a client asks for it. Null: not given. */
export interface PeriodRequest extends Calendar {
  /** The first day. */
  readonly from: string | null;
  /** The day after the last. */
  readonly to: string | null;
  /** Instead of these days. */
  readonly last: LastUnits | null;
}

/** A period whose days are known, whatever the clock. */
export interface ResolvedPeriod extends Calendar, DayRange {}

/** What a period is asked for by. */
export type PeriodArgument = 'from' | 'to' | 'last' | 'last.count' | 'timeZone';
/** How a client writes an argument, such as `period.from` in GraphQL. Errors name arguments by it. */
export type ArgumentName = (argument: PeriodArgument) => string;

/** How a client writes what errors name. */
export interface PeriodWords {
  readonly argument: ArgumentName;
  /** A comparison, a date, a dimension or another name that GraphQL has in upper case. */
  constant(name: string): string;
}

const MAX_COUNT = 400;

/** A place, or UTC. */
const UNAMBIGUOUS_ZONE = /\/|^utc$/i;

/**
 * Returns the days of a period at the clock `at`, in milliseconds since 1970. `last` counts from the day that it is then in the zone, without
 * one in UTC. Errors: BAD_USER_INPUT for what is not a day, a count or the zone of a place, for days before or after the years 0001 to 9999, for `last`
 * together with `from` or `to`, and for a period that doesn't end after it begins.
 */
export function resolvePeriod(request: PeriodRequest, at: number, nameOf: ArgumentName): ResolvedPeriod {
  const { on, timeZone, weekStart, last } = request;
  const clockAt = readZone(timeZone, nameOf('timeZone'));
  // Node takes CET for Brussels with its summer time, and BST for Dhaka; Postgres takes them for fixed offsets, that of British summer.
  if (timeZone !== null && !UNAMBIGUOUS_ZONE.test(timeZone))
    throw new Failure(
      'BAD_USER_INPUT',
      `${nameOf('timeZone')}: ${shown(timeZone)} doesn’t mean the same everywhere; give a place, such as Europe/Berlin, or UTC.`,
    );
  const { from, to } = givenDays(request, nameOf);
  if (last === null) return { on, from, to, timeZone, weekStart };
  const [argument, day] = from === null ? (['to', to] as const) : (['from', from] as const);
  if (day !== null)
    throw new Failure(
      'BAD_USER_INPUT',
      `${nameOf(argument)}: ${shown(day)} and ${nameOf('last')} exclude each other; give either ${nameOf('last')}, or ${nameOf('from')} and ${nameOf('to')}.`,
    );
  return { on, ...lastDays(last, dayAt(clockAt, at), weekStart, nameOf), timeZone, weekStart };
}

function givenDays({ from, to }: PeriodRequest, nameOf: ArgumentName): DayRange {
  for (const [argument, day] of entriesOf({ from, to })) {
    if (day !== null && !isDayText(day))
      throw new Failure(
        'BAD_USER_INPUT',
        `${nameOf(argument)}: ${shown(day)} is not a day; accepted are days from ${FIRST_DAY} to ${LAST_DAY}, written like 2026-11-24.`,
      );
  }
  if (from !== null && to !== null && from >= to)
    throw new Failure(
      'BAD_USER_INPUT',
      `${nameOf('from')}: ${shown(from)} is not before ${nameOf('to')}, ${shown(to)}; ${nameOf('to')} is the day after the last.`,
    );
  return { from, to };
}

function lastDays({ count, unit, andCurrent }: LastUnits, today: Day, weekStart: Weekday, nameOf: ArgumentName) {
  const min = andCurrent ? 0 : 1;
  if (!Number.isInteger(count) || count < min || count > MAX_COUNT)
    throw new Failure(
      'BAD_USER_INPUT',
      `${nameOf('last.count')}: ${count} is not accepted; it must be a whole number from 1 to ${MAX_COUNT}, or 0 with andCurrent.`,
    );
  const present = startOfUnit(today, unit, weekStart);
  const from = addUnits(present, unit, -count);
  const to = andCurrent ? nextStart(present, unit, weekStart) : present;
  if (from === null || to === null)
    throw new Failure(
      'BAD_USER_INPUT',
      `${nameOf('last')}: ${count} ${unit} counted from ${today} is not within the years 0001 to 9999; choose another count or clock.`,
    );
  return { from, to };
}
