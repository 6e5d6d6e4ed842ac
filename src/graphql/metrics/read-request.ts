import type { DataState } from '../../db/query/state/data-state.ts';
import type { PeriodRequest } from '../../domain/calendar/resolve.ts';
import type { MetricComparison } from '../../domain/calendar/shift.ts';
import { Failure } from '../../domain/errors.ts';
import type { DimensionName } from '../../domain/metrics/dimensions.ts';
import { findMetric, type Metric } from '../../domain/metrics/metric-names.ts';
import type { GroupOrder, ValueCondition } from '../../domain/metrics/query.ts';
import {
  ALL_TIME,
  type ClientWords,
  MAX_GROUP_CONDITIONS,
  type MetricsRequest,
  type ResolvedMetrics,
  resolveMetrics,
} from '../../domain/metrics/request.ts';
import { readWhere } from '../connection/where/read-where.ts';
import type { Where } from '../connection/where/where.ts';
import type { Context } from '../context.ts';
import { MAX_GROUPS } from '../limits.ts';
import type { ConditionInput, OrderInput, PeriodInput } from './inputs.ts';

type Optional<T> = T | null | undefined;

/** The arguments that say which appointments are measured, and when. */
export interface MeasuredArguments {
  readonly where?: Optional<Where>;
  readonly period?: Optional<PeriodInput>;
  readonly at?: Optional<string>;
}

/** The arguments of `metrics`. */
export interface MetricsArguments extends MeasuredArguments {
  readonly groupBy?: Optional<readonly DimensionName[]>;
  readonly having?: Optional<readonly ConditionInput[]>;
  readonly orderBy?: Optional<readonly OrderInput[]>;
  readonly first?: Optional<number>;
  readonly compareTo?: Optional<MetricComparison>;
  readonly fill: boolean;
}

const badArgument = (message: string): Failure => new Failure('BAD_USER_INPUT', message);

/**
 * Returns the request that arguments make, resolved by the clock of the data. Errors: BAD_USER_INPUT, naming the argument; FORBIDDEN.
 */
export function readRequest(
  args: MetricsArguments,
  { knownAt }: DataState,
  { viewer }: Pick<Context, 'viewer'>,
): ResolvedMetrics {
  const { groupBy, first, compareTo, fill, at } = args;
  const request: MetricsRequest = {
    where: readWhere('appointment', args.where, viewer),
    period: args.period ? periodOf(args.period) : ALL_TIME,
    groupBy: groupBy ?? [],
    having: conditionsOf(args.having ?? []),
    orderBy: (args.orderBy ?? []).map(orderOf),
    first: firstOf(first),
    compareTo: compareTo ?? null,
    fill,
    at: typeof at === 'string' ? Date.parse(at) : null,
  };
  return resolveMetrics(request, { viewer, knownAt, now: Date.now(), words: WORDS });
}

/** How GraphQL writes what messages name. */
const WORDS: ClientWords = {
  argument: (argument) => `period.${argument}`,
  measure: ({ measure }) => measure,
  constant: (name) => name,
};

const periodOf = ({ on, weekStart, from, to, last, timeZone }: PeriodInput): PeriodRequest => ({
  on,
  weekStart,
  from: from ?? null,
  to: to ?? null,
  last: last ?? null,
  timeZone: timeZone ?? null,
});

function firstOf(first: Optional<number>): number | null {
  if (first === null || first === undefined) return null;
  if (first < 1 || first > MAX_GROUPS)
    throw badArgument(`first: ${first} is not accepted; it is a whole number from 1 to ${MAX_GROUPS}.`);
  return first;
}

/** Returns a metric by its name, which GraphQL has validated. */
export function metricNamed(name: string): Metric {
  const metric = findMetric(name);
  if (!metric) throw new Error(`there is no metric ${name}`);
  return metric;
}

function conditionsOf(having: readonly ConditionInput[]): ValueCondition[] {
  if (having.length > MAX_GROUP_CONDITIONS)
    throw badArgument(`having has ${having.length} conditions; at most ${MAX_GROUP_CONDITIONS} are allowed.`);
  return having.map(({ metric, ...limits }, index) => {
    // A literal such as 1e999 is infinite.
    const infinite = Object.entries(limits).find(([, limit]) => typeof limit === 'number' && !Number.isFinite(limit));
    if (infinite)
      throw badArgument(`having[${index}].${infinite[0]}: ${infinite[1]} is not accepted; it is a finite number.`);
    if (Object.values(limits).every((limit) => limit === null || limit === undefined))
      throw badArgument(`having[${index}]: ${metric} is compared with nothing; give gt, gte, lt, lte or isNull.`);
    return { value: metricNamed(metric).value, ...limits };
  });
}

function orderOf({ metric, dimension, direction, nulls }: OrderInput, index: number): GroupOrder {
  const byMetric = metric ? metricNamed(metric).value : null;
  const by = byMetric ?? dimension ?? null;
  if (by === null || (byMetric !== null && dimension))
    throw badArgument(
      `orderBy[${index}] has ${by === null ? 'neither metric nor dimension' : `the metric ${metric} and the dimension ${dimension}`}; give exactly one of both.`,
    );
  return { by, descending: direction === 'DESC', nullsFirst: nulls === 'FIRST' };
}
