import { bucketsOf } from '../calendar/buckets.ts';
import { type PeriodRequest, type PeriodWords, type ResolvedPeriod, resolvePeriod } from '../calendar/resolve.ts';
import { type Comparison, compareWith, type MetricComparison } from '../calendar/shift.ts';
import { CALENDAR_UNITS, type CalendarUnit } from '../calendar/units.ts';
import { both, type Condition } from '../condition.ts';
import { Failure } from '../errors.ts';
import { utcClock } from '../values/date.ts';
import { requireScope, restrict, type Viewer } from '../viewer.ts';
import { DIMENSIONS, type DimensionName, isBucket } from './dimensions.ts';
import { scopeOf } from './measure.ts';
import { measureOf } from './measures.ts';
import type { MetricValue } from './metric-names.ts';
import { type GroupOrder, MAX_FILLED_GROUPS, type MetricsQuery, type ValueCondition } from './query.ts';

/** What a client asks metrics of, and how they are grouped: the arguments of GraphQL and the parameters of REST. */
export interface MetricsRequest {
  /** The client’s own filter. */
  readonly where: Condition;
  readonly period: PeriodRequest;
  readonly groupBy: readonly DimensionName[];
  readonly having: readonly ValueCondition[];
  readonly orderBy: readonly GroupOrder[];
  /** The maximum number of groups; null: all. */
  readonly first: number | null;
  readonly compareTo: MetricComparison | null;
  readonly fill: boolean;
  /** The clock in milliseconds since 1970; null: the time at which the rows are known. */
  readonly at: number | null;
}

/** How the client writes what messages name. */
export interface ClientWords extends PeriodWords {
  measure(value: MetricValue): string;
}

/** Who asks, and when, in whose words. */
export interface MetricsContext {
  readonly viewer: Viewer;
  /** The time at which the stored rows are known, in milliseconds since 1970; null: nothing was imported, and the present time counts. */
  readonly knownAt: number | null;
  /** The present time, in milliseconds since 1970. */
  readonly now: number;
  readonly words: ClientWords;
}

/** A request whose days and clock are known. */
export interface ResolvedMetrics {
  /** The clock in milliseconds since 1970, in whole seconds. */
  readonly at: number;
  readonly period: ResolvedPeriod;
  /** What is compared with; null if nothing is. */
  readonly previous: Comparison | null;
  /** The unit of the dimension that cuts the calendar; null without one. */
  readonly unit: CalendarUnit | null;
  /** Returns the query of the groups. Errors: as in `checkValue`. */
  groups(values: readonly MetricValue[]): MetricsQuery;
  /** Returns the query of all rows together. Errors: as in `checkValue`. */
  total(values: readonly MetricValue[]): MetricsQuery;
}

/** The period of all time, in each interview’s own zone. */
export const ALL_TIME: PeriodRequest = {
  on: 'START',
  from: null,
  to: null,
  last: null,
  timeZone: null,
  weekStart: 'MONDAY',
};

export const MAX_DIMENSIONS = 3;
export const MAX_ORDERS = 3;
export const MAX_GROUP_CONDITIONS = 10;

const SECOND_MS = 1000;

const badRequest = (message: string): Failure => new Failure('BAD_USER_INPUT', message);

/**
 * Resolves the days and the clock of a request, and checks it. Errors: BAD_USER_INPUT, naming the argument and what would be right;
 * FORBIDDEN for a dimension that requires a scope.
 */
export function resolveMetrics(
  request: MetricsRequest,
  { viewer, knownAt, now, words }: MetricsContext,
): ResolvedMetrics {
  const { groupBy, having, orderBy, first } = request;
  checkGroups(groupBy, viewer, words);
  checkOrders(orderBy, groupBy, words);
  const at = Math.floor((request.at ?? knownAt ?? now) / SECOND_MS) * SECOND_MS;
  const period = resolvePeriod(request.period, at, words.argument);
  const unit = groupBy.find(isBucket) ?? null;
  const { compareTo: comparison } = request;
  const lastUnit = request.period.last?.unit ?? null;
  const previous = comparison && compareWith(period, at, { comparison, unit, lastUnit }, words);
  const fill = request.fill && unit !== null ? filledBuckets(period, unit, words) : null;
  const visible = restrict(viewer);
  const check = (values: readonly MetricValue[], dimensions: readonly DimensionName[]) => {
    for (const value of values) checkValue(value, dimensions, period, { viewer, words });
  };
  const common = {
    where: both(visible, request.where),
    visible,
    period,
    at: clockText(at),
    compared: previous && { ...previous, at: clockText(previous.at) },
  };
  return {
    at,
    period,
    previous,
    unit,
    groups(values) {
      check([...values, ...having.map(({ value }) => value), ...orderBy.flatMap(({ by }) => valuesIn(by))], groupBy);
      return { ...common, groupBy, values, having, orderBy, first, fill };
    },
    total(values) {
      check(values, []);
      return { ...common, groupBy: [], values, having: [], orderBy: [], first: null, fill: null };
    },
  };
}

const valuesIn = (by: GroupOrder['by']): MetricValue[] => (typeof by === 'string' ? [] : [by]);

/** Returns a clock as a query has it. `at`: milliseconds since 1970. Errors: BAD_USER_INPUT outside of the years 0001 to 9999. */
export function clockText(at: number): string {
  const clock = utcClock(at);
  if (clock === null) throw badRequest('at: it must be a time in the years 0001 to 9999.');
  return `${clock}Z`;
}

function checkGroups(groupBy: readonly DimensionName[], viewer: Viewer, { constant }: ClientWords): void {
  if (groupBy.length > MAX_DIMENSIONS)
    throw badRequest(
      `groupBy: ${groupBy.map(constant).join(', ')} are ${groupBy.length} dimensions; at most ${MAX_DIMENSIONS} are allowed.`,
    );
  const twice = groupBy.find((dimension, index) => groupBy.indexOf(dimension) !== index);
  if (twice !== undefined) throw badRequest(`groupBy: ${constant(twice)} occurs twice.`);
  const buckets = groupBy.filter(isBucket);
  if (buckets.length > 1)
    throw badRequest(
      `groupBy: ${buckets.map(constant).join(' and ')} exclude each other; give one of ${CALENDAR_UNITS.map(constant).join(', ')}.`,
    );
  for (const dimension of groupBy) if (DIMENSIONS[dimension].personal) requireScope(viewer, 'personal');
}

function checkOrders(
  orderBy: readonly GroupOrder[],
  groupBy: readonly DimensionName[],
  { constant }: ClientWords,
): void {
  if (orderBy.length > MAX_ORDERS)
    throw badRequest(`orderBy has ${orderBy.length} keys; at most ${MAX_ORDERS} are allowed.`);
  for (const { by } of orderBy)
    if (typeof by === 'string' && !groupBy.includes(by))
      throw badRequest(
        `orderBy: ${constant(by)} is not one of groupBy (${groupBy.map(constant).join(', ') || 'none'}).`,
      );
}

function filledBuckets(
  period: ResolvedPeriod,
  unit: CalendarUnit,
  { constant }: ClientWords,
): readonly string[] | null {
  const { from, to, weekStart } = period;
  if (from === null || to === null) return null;
  const buckets = bucketsOf({ from, to }, unit, weekStart, MAX_FILLED_GROUPS);
  if (buckets === null)
    throw badRequest(
      `fill: from ${from} to ${to} there are more than ${MAX_FILLED_GROUPS} groups by ${constant(unit)}; set it to false, or ask for fewer.`,
    );
  return buckets;
}

/**
 * Checks that a value makes sense in such groups. Errors: BAD_USER_INPUT with the measure and the reason; FORBIDDEN if it requires a scope.
 */
function checkValue(
  value: MetricValue,
  groupBy: readonly DimensionName[],
  { on }: Pick<ResolvedPeriod, 'on'>,
  { viewer, words }: Pick<MetricsContext, 'viewer' | 'words'>,
): void {
  const measure = measureOf(value.measure);
  requireScope(viewer, scopeOf(measure));
  const { refused, refusedByReview } = measure;
  if (refusedByReview && on === 'REVIEW')
    throw badRequest(
      `${words.measure(value)} makes no sense on the date ${words.constant('REVIEW')}: only appointments with a review have it, so nothing would be missing.`,
    );
  const dimension = groupBy.find((one) => refused?.by.includes(one));
  if (refused && dimension !== undefined)
    throw badRequest(`${words.measure(value)} makes no sense by ${words.constant(dimension)}: ${refused.reason}.`);
}
