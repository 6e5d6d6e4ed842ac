import type { Condition, Operand } from '../domain/condition.ts';
import { Failure, shown } from '../domain/errors.ts';
import { type Field, type FieldKey, fieldOf } from '../domain/fields.ts';
import { restoreOffsetSign } from '../domain/parameters.ts';
import { type Period, periodAt } from '../domain/period.ts';
import { keysOf } from '../domain/types/records.ts';
import { cellReader } from '../domain/values/cells.ts';
import { readIsoDate, resolveInstant, utcClock } from '../domain/values/date.ts';
import { InvalidValue } from '../domain/values/invalid-value.ts';

/** Fields that a parameter of the same name filters: the row has the value, or one of several values. */
const EQUAL = [
  'interviewId',
  'applicationId',
  'jobId',
  'candidateProfileId',
  'interviewerEmployeeId',
  'applicationStage',
  'candidateStatus',
  'interviewType',
  'interviewerStatus',
  'interviewCanceled',
] as const satisfies readonly FieldKey[];

/** A time in a parameter: a wall clock or, if it has an offset, an instant as a wall clock in UTC. */
interface Moment {
  readonly clock: string;
  readonly isInstant: boolean;
  /** The text of the parameter. */
  readonly text: string;
}

type Since = (moment: Moment) => Condition<Operand>;

/** Filters by the start of the time slot: an instant compares with the instant, a date without an offset with the wall clock. */
const instantFilter =
  (is: '>=' | '<'): Since =>
  ({ clock, isInstant }) =>
    isInstant ? { of: 'startsAt', is, value: `${clock}Z` } : { of: 'startTime', is, value: clock };

const INSTANTS = {
  updatedSince: ({ clock }) => ({ of: 'interviewUpdateDate', is: '>=', value: clock }),
  startsFrom: instantFilter('>='),
  startsBefore: instantFilter('<'),
} satisfies Readonly<Record<string, Since>>;

/** A filter by time. */
export type TimeFilter = keyof typeof INSTANTS;

const TIME_FILTERS = keysOf(INSTANTS);

/** The filters by field value; each has the field's name. */
export const FIELD_FILTERS: readonly FieldKey[] = EQUAL;

/** The filter parameters that may be repeated. */
export const FILTERS: readonly string[] = [...TIME_FILTERS, ...EQUAL];

/** The filter parameters that may occur only once: a period that is counted from now, and whose days are meant. */
export const PERIOD_PARAMETERS = ['period', 'timeZone'] as const;

export type PeriodParameter = (typeof PERIOD_PARAMETERS)[number];

/** The filters of a request. */
export interface Filters {
  readonly where: Condition<Operand>;
  /** The days that `period` meant; null without it. */
  readonly period: Period | null;
}

/**
 * Builds the condition of the filter parameters: AND of the parameters, OR of the values of each. `now` is the moment of the request, in
 * milliseconds since 1970. Errors: BAD_USER_INPUT, also for a period that ends before it begins, since it would be empty.
 */
export function filtersOf(parameters: ReadonlyMap<string, readonly string[]>, now: number): Filters {
  const period = periodOf(parameters, now);
  const all: Condition<Operand>[] = [];
  if (period) for (const name of PERIOD_BOUNDS) all.push(INSTANTS[name](momentOf(name, period[name])));
  for (const key of EQUAL) {
    const values = parameters.get(key);
    if (values) all.push({ of: key, is: 'in', values: values.map((text) => canonical(fieldOf(key), text)) });
  }
  const moments = (name: TimeFilter): Moment[] => (parameters.get(name) ?? []).map((text) => momentOf(name, text));
  for (const name of TIME_FILTERS) if (parameters.has(name)) all.push({ any: moments(name).map(INSTANTS[name]) });
  checkPeriod(moments('startsFrom'), moments('startsBefore'));
  return { where: { all }, period };
}

const PERIOD_BOUNDS = ['startsFrom', 'startsBefore'] as const;

/** Reads the parameters of a period that is counted from now. */
function periodOf(parameters: ReadonlyMap<string, readonly string[]>, now: number): Period | null {
  const [[name], [timeZone]] = [parameters.get('period') ?? [], parameters.get('timeZone') ?? []];
  if (name === undefined) {
    if (timeZone === undefined) return null;
    throw new Failure(
      'BAD_USER_INPUT',
      `timeZone: ${shown(timeZone)} says whose days a period has, so it requires period; startsFrom and startsBefore take an offset instead, such as 2026-10-01T00:00+02:00.`,
    );
  }
  const bound = PERIOD_BOUNDS.find((other) => parameters.has(other));
  if (bound !== undefined)
    throw new Failure(
      'BAD_USER_INPUT',
      `period: ${shown(name)} and ${bound} exclude each other; give either period, or startsFrom and startsBefore.`,
    );
  return periodAt(now, name, timeZone ?? null);
}

function checkPeriod(starts: readonly Moment[], ends: readonly Moment[]): void {
  const isEmpty = (start: Moment, end: Moment) => start.isInstant === end.isInstant && start.clock >= end.clock;
  const [start, end] = [starts[0], ends[0]];
  if (start && end && starts.every((one) => ends.every((other) => isEmpty(one, other))))
    throw new Failure(
      'BAD_USER_INPUT',
      `startsFrom: ${shown(start.text)} is not before startsBefore, ${shown(end.text)}; a period must end after it begins.`,
    );
}

/** Returns a value in its stored form. */
function canonical(field: Field, text: string): string {
  const ignore = () => {};
  const context = { dateFormat: null, zones: new Map(), zone: () => null, onFraction: ignore, onRepeated: ignore };
  const read = cellReader(field, context);
  const value = read(text);
  if (value instanceof InvalidValue) throw new Failure('BAD_USER_INPUT', `${field.key}: ${value.reason}.`);
  if (value === null) throw new Failure('BAD_USER_INPUT', `${field.key}: the value is missing.`);
  return value;
}

function momentOf(name: TimeFilter, text: string): Moment {
  const date = readIsoDate(restoreOffsetSign(text.trim()));
  const clock =
    date instanceof InvalidValue
      ? null
      : date.offset === null
        ? date.clock
        : utcClock(resolveInstant(date.clock, date.offset));
  if (date instanceof InvalidValue || clock === null)
    throw new Failure(
      'BAD_USER_INPUT',
      `${name}: ${shown(text)} is not a date in the years 0001 to 9999; accepted are yyyy-MM-dd and yyyy-MM-ddTHH:mm:ss, with or without Z or an offset.`,
    );
  return { clock, isInstant: date.offset !== null, text };
}
