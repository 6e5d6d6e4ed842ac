/**
 * A plain calendar for the plain computation: days are texts `yyyy-MM-dd`, instants are milliseconds since 1970, wall clocks are texts
 * `yyyy-MM-ddTHH:mm:ss`. Zones by this machine's Intl. For the years 1000 to 9999.
 */
import { millis, offsetMinutes } from '../generated.ts';
import type { CalendarUnit, Comparison, PeriodArgument, PeriodDate, Weekday } from './request.ts';
import { WEEKDAYS } from './request.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A period whose days are known. Null: open, or no zone. */
export interface DayPeriod {
  readonly on: PeriodDate;
  /** The first day. */
  readonly from: string | null;
  /** The day after the last. */
  readonly to: string | null;
  readonly timeZone: string | null;
  readonly weekStart: Weekday;
}

/** A time of a calendar as an answer has it. */
export interface NamedPeriod {
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly complete: boolean;
}

const midnight = (day: string): number => millis(`${day}T00:00:00`);
const isoOf = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

const addDays = (day: string, days: number): string => isoOf(midnight(day) + days * DAY_MS).slice(0, 10);

/** The same day of another month; the last day of a month that lacks it. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const first = isoOf(Date.UTC(year, month - 1 + months, 1)).slice(0, 8);
  const length = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return `${first}${String(Math.min(date, length)).padStart(2, '0')}`;
}

const daysBetween = (from: string, to: string): number => (midnight(to) - midnight(from)) / DAY_MS;

/** 0 is Monday. */
const weekdayIndex = (day: string): number => (new Date(midnight(day)).getUTCDay() + 6) % 7;

export const weekdayOf = (day: string): Weekday => WEEKDAYS[weekdayIndex(day)] as Weekday;

/** The first day of the unit that a day is in. */
export function startOf(day: string, unit: CalendarUnit, weekStart: Weekday): string {
  const month = Number(day.slice(5, 7));
  switch (unit) {
    case 'DAY':
      return day;
    case 'WEEK':
      return addDays(day, -((weekdayIndex(day) - WEEKDAYS.indexOf(weekStart) + 7) % 7));
    case 'MONTH':
      return `${day.slice(0, 7)}-01`;
    case 'QUARTER':
      return addMonths(`${day.slice(0, 7)}-01`, -((month - 1) % 3));
    case 'YEAR':
      return `${day.slice(0, 4)}-01-01`;
  }
}

/** The first day of the unit so many units later than the one that begins on `first`. */
export function addUnits(first: string, unit: CalendarUnit, count: number): string {
  const days = { DAY: 1, WEEK: 7, MONTH: 0, QUARTER: 0, YEAR: 0 }[unit];
  const months = { DAY: 0, WEEK: 0, MONTH: 1, QUARTER: 3, YEAR: 12 }[unit];
  return addMonths(addDays(first, days * count), months * count);
}

/** The first days of all units that have a day in [from, to). */
export function unitsIn(from: string, to: string, unit: CalendarUnit, weekStart: Weekday): string[] {
  const firsts: string[] = [];
  for (let first = startOf(from, unit, weekStart); first < to; first = addUnits(first, unit, 1)) firsts.push(first);
  return firsts;
}

/** The name of the unit that begins on a day. */
function unitName(first: string, unit: CalendarUnit, weekStart: Weekday): string {
  const year = first.slice(0, 4);
  switch (unit) {
    case 'DAY':
      return first;
    case 'WEEK':
      return weekStart === 'MONDAY' ? isoWeekName(first) : first;
    case 'MONTH':
      return first.slice(0, 7);
    case 'QUARTER':
      return `${year}-Q${(Number(first.slice(5, 7)) + 2) / 3}`;
    case 'YEAR':
      return year;
  }
}

/** A week belongs to the year of its Thursday, and the first week of a year is the one with its first Thursday. */
function isoWeekName(monday: string): string {
  const thursday = addDays(monday, 3);
  const year = thursday.slice(0, 4);
  const week = 1 + Math.floor(daysBetween(`${year}-01-01`, thursday) / 7);
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** What the clocks of a zone show at an instant; those of UTC without a zone. */
export const wallClock = (at: number, timeZone: string | null): string =>
  isoOf(timeZone === null ? at : at + offsetMinutes(at, timeZone) * 60_000);

/**
 * The instant at which the clocks of a zone show a time: the second of two. A time that is skipped is read with the offset from before the
 * change, as AT TIME ZONE does.
 */
function instantAt(wall: string, timeZone: string | null): number {
  const clock = millis(wall);
  if (timeZone === null) return clock;
  const around = [clock - DAY_MS, clock + DAY_MS].map((at) => clock - offsetMinutes(at, timeZone) * 60_000);
  const found = around.filter((at) => wallClock(at, timeZone) === wall);
  return found.length > 0 ? Math.max(...found) : (around[0] as number);
}

const dayStarts = new Map<string, number>();

/** The first quarter of an hour at which the clocks of a zone show a day, or a later one if the zone lacks that day. */
export function startOfDay(day: string, timeZone: string): number {
  const name = `${day} ${timeZone}`;
  let at = dayStarts.get(name) ?? midnight(day) - DAY_MS;
  while (wallClock(at, timeZone).slice(0, 10) < day) at += HOUR_MS / 4;
  dayStarts.set(name, at);
  return at;
}

/** Whether a day has begun everywhere that counts. Zones of the interviews' own: twelve hours after it has begun in UTC. */
function hasBegun(day: string, { on, timeZone }: DayPeriod, at: number): boolean {
  if (timeZone !== null) return startOfDay(day, timeZone) <= at;
  return midnight(day) + (on === 'START' ? 12 * HOUR_MS : 0) <= at;
}

/** Whether all of [first, end) is within a period, and over at the clock. */
export const isComplete = (first: string, end: string, period: DayPeriod, at: number): boolean =>
  (period.from === null || period.from <= first) &&
  (period.to === null || end <= period.to) &&
  hasBegun(end, period, at);

/** The unit that begins on a day, as an answer has it. */
export function namedUnit(first: string, unit: CalendarUnit, period: DayPeriod, at: number): NamedPeriod {
  const to = addUnits(first, unit, 1);
  return {
    name: unitName(first, unit, period.weekStart),
    from: first,
    to,
    complete: isComplete(first, to, period, at),
  };
}

/** A period as an answer has it; null for all time. */
export function namedPeriod(period: DayPeriod, at: number): NamedPeriod | null {
  const { from, to } = period;
  if (from === null && to === null) return null;
  const complete = to !== null && hasBegun(to, period, at);
  if (from === null || to === null) return { name: `${from ?? '..'}/${to ?? '..'}`, from, to, complete };
  // A name of a single day would not tell a week from that day, so only weeks from Monday have names here.
  const units = ['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY'] as const;
  const unit = units.find((one) => startOf(from, one, 'MONDAY') === from && addUnits(from, one, 1) === to);
  const name = unit === undefined ? `${from}/${to}` : unitName(from, unit, 'MONDAY');
  return { name, from, to, complete };
}

/** The days of a period that is asked for. */
export function resolvePeriod(argument: PeriodArgument, at: number): DayPeriod {
  const { on = 'START', last = null, timeZone = null, weekStart = 'MONDAY' } = argument;
  if (last === null) return { on, from: argument.from ?? null, to: argument.to ?? null, timeZone, weekStart };
  const current = startOf(wallClock(at, timeZone).slice(0, 10), last.unit, weekStart);
  const from = addUnits(current, last.unit, -last.count);
  const to = last.andCurrent ? addUnits(current, last.unit, 1) : current;
  return { on, from, to, timeZone, weekStart };
}

/**
 * The period that is compared with, and its clock. Throws if an end is open. `unit`: that of the groups; `lastUnit`: the one that the period was
 * counted in.
 */
export function comparedPeriod(
  period: DayPeriod,
  at: number,
  comparison: Comparison,
  unit: CalendarUnit | null,
  lastUnit: CalendarUnit | null = null,
): { period: DayPeriod; at: number } {
  const { from, to, timeZone } = period;
  if (from === null || to === null) throw new Error('a period without an end or a beginning has no previous one');
  const back = (day: string): string => {
    if (comparison === 'PREVIOUS_YEAR')
      return unit === 'DAY' || unit === 'WEEK' ? addDays(day, -364) : addMonths(day, -12);
    const isMonths = from.endsWith('-01') && to.endsWith('-01') && lastUnit !== 'DAY' && lastUnit !== 'WEEK';
    if (!isMonths) return addDays(day, -daysBetween(from, to));
    const months =
      12 * (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
    return addMonths(day, -months);
  };
  const clock = wallClock(at, timeZone);
  return {
    period: { ...period, from: back(from), to: back(to) },
    at: instantAt(`${back(clock.slice(0, 10))}${clock.slice(10)}`, timeZone),
  };
}
