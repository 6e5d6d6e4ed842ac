import type { Condition, Operand } from '../domain/condition.ts';
import { Failure, shown } from '../domain/errors.ts';
import { type Field, type FieldKey, fieldOf } from '../domain/fields.ts';
import { keysOf } from '../domain/types/records.ts';
import { cellReader } from '../domain/values/cells.ts';
import { readIsoDate, resolveInstant, utcClock } from '../domain/values/date.ts';
import { InvalidValue } from '../domain/values/refused.ts';

/** Fields that a parameter of the same name filters: rows that state the value, or one of several. */
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

/** A point in time as a parameter states it: a wall clock, or the wall clock in UTC of an instant, which has an offset. */
interface Moment {
  readonly clock: string;
  readonly isInstant: boolean;
  /** As it was given. */
  readonly text: string;
}

type Since = (moment: Moment) => Condition<Operand>;

/** On the start of the slot: an instant is compared with the instant, a date without an offset with the wall clock. */
const instantFilter =
  (is: '>=' | '<'): Since =>
  ({ clock, isInstant }) =>
    isInstant ? { of: 'startsAt', is, value: `${clock}Z` } : { of: 'startTime', is, value: clock };

const INSTANTS = {
  updatedSince: ({ clock }) => ({ of: 'interviewUpdateDate', is: '>=', value: clock }),
  startsFrom: instantFilter('>='),
  startsBefore: instantFilter('<'),
} satisfies Readonly<Record<string, Since>>;

/** A filter on a time. */
export type TimeFilter = keyof typeof INSTANTS;

const TIME_FILTERS = keysOf(INSTANTS);

/** The filters on the value of the field of that name. */
export const FIELD_FILTERS: readonly FieldKey[] = EQUAL;

/** The names of the parameters that filter. */
export const FILTERS: readonly string[] = [...TIME_FILTERS, ...EQUAL];

/**
 * The condition that the filters among the parameters make: all of them, each with any of its values.
 * Errors: BAD_USER_INPUT, also for a period that ends before it begins: nothing is in it, which nobody means to ask for.
 */
export function filtersOf(parameters: ReadonlyMap<string, readonly string[]>): Condition<Operand> {
  const all: Condition<Operand>[] = [];
  for (const key of EQUAL) {
    const values = parameters.get(key);
    if (values) all.push({ of: key, is: 'in', values: values.map((text) => canonical(fieldOf(key), text)) });
  }
  const moments = (name: TimeFilter): Moment[] => (parameters.get(name) ?? []).map((text) => momentOf(name, text));
  for (const name of TIME_FILTERS) if (parameters.has(name)) all.push({ any: moments(name).map(INSTANTS[name]) });
  checkPeriod(moments('startsFrom'), moments('startsBefore'));
  return { all };
}

function checkPeriod(starts: readonly Moment[], ends: readonly Moment[]): void {
  const isEmpty = (start: Moment, end: Moment) => start.isInstant === end.isInstant && start.clock >= end.clock;
  const [start, end] = [starts[0], ends[0]];
  if (start && end && starts.every((one) => ends.every((other) => isEmpty(one, other))))
    throw new Failure(
      'BAD_USER_INPUT',
      `startsFrom: ${shown(start.text)} is not before startsBefore, ${shown(end.text)}; a period ends after it begins.`,
    );
}

/** A value in the form in which it is stored. */
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
  // In a query string a "+" that isn't encoded means a blank, also before an offset.
  const date = readIsoDate(text.trim().replace(/(T\d\d:\d\d\S*) (\d\d:?(\d\d)?)$/, '$1+$2'));
  const clock =
    date instanceof InvalidValue
      ? null
      : date.offset === null
        ? date.clock
        : utcClock(resolveInstant(date.clock, date.offset));
  if (date instanceof InvalidValue || clock === null)
    throw new Failure(
      'BAD_USER_INPUT',
      `${name}: ${shown(text)} is not a date of the years 0001 to 9999; accepted are yyyy-MM-dd and yyyy-MM-ddTHH:mm:ss, with or without Z or an offset.`,
    );
  return { clock, isInstant: date.offset !== null, text };
}
