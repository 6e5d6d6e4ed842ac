import type { ArgBuilder } from '@pothos/core';
import type { MetricDate as DateName, PeriodRequest } from '../../domain/calendar/resolve.ts';
import type { CalendarUnit as UnitName, Weekday as WeekdayName } from '../../domain/calendar/units.ts';
import type { DimensionName } from '../../domain/metrics/dimensions.ts';
import { builder, type Types } from '../builder.ts';
import { NullsOrder, OrderDirection } from '../connection/order/order.ts';
import { whereOf } from '../connection/where/where.ts';
import { CalendarUnit, MetricDate, MetricDimension, MetricName, Weekday } from './enumerations.ts';

/** A period as the client sends it; defaults are filled in. */
export interface PeriodInput extends Pick<PeriodRequest, 'on' | 'weekStart'> {
  readonly from?: string | null;
  readonly to?: string | null;
  readonly last?: { readonly count: number; readonly unit: UnitName; readonly andCurrent: boolean } | null;
  readonly timeZone?: string | null;
}

/** A sort key as the client sends it. */
export interface OrderInput {
  readonly metric?: string | null;
  readonly dimension?: DimensionName | null;
  readonly direction: 'ASC' | 'DESC';
  readonly nulls: 'FIRST' | 'LAST';
}

/** A condition on groups as the client sends it. */
export interface ConditionInput {
  readonly metric: string;
  readonly gt?: number | null;
  readonly gte?: number | null;
  readonly lt?: number | null;
  readonly lte?: number | null;
  readonly isNull?: boolean | null;
}

const MetricLast = builder.inputRef<NonNullable<PeriodInput['last']>>('MetricLast').implement({
  description: 'The last days, weeks, months, quarters or years before the one of the clock.',
  fields: (t) => ({
    count: t.int({
      required: true,
      description: 'How many: 1 to 400; 0 with `andCurrent`, for only the one of the clock.',
    }),
    unit: t.field({ type: CalendarUnit, required: true, description: 'Of which unit.' }),
    andCurrent: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether to add the one of the clock, which is not over.',
    }),
  }),
});

const DEFAULT_DATE: DateName = 'START';
const DEFAULT_WEEK_START: WeekdayName = 'MONDAY';

const MetricPeriod = builder.inputRef<PeriodInput>('MetricPeriod').implement({
  description: 'A period, and the calendar by which it is divided into days, weeks and so on.',
  fields: (t) => ({
    on: t.field({
      type: MetricDate,
      required: true,
      defaultValue: DEFAULT_DATE,
      description: 'The date that counts.',
    }),
    from: t.field({ type: 'LocalDate', description: 'First day. Excludes `last`.' }),
    to: t.field({ type: 'LocalDate', description: 'The day after the last. Excludes `last`.' }),
    last: t.field({ type: MetricLast, description: 'Whole days, weeks and so on before the clock `at`.' }),
    timeZone: t.field({
      type: 'TimeZone',
      description:
        'Time zone of the calendar. By default that of each interview for START, so that a day is the day at the interview, and UTC for other dates.',
    }),
    weekStart: t.field({
      type: Weekday,
      required: true,
      defaultValue: DEFAULT_WEEK_START,
      description: 'First day of the week.',
    }),
  }),
});

export const MetricOrder = builder.inputRef<OrderInput>('MetricOrder').implement({
  description: 'A sort key: exactly one of `metric` and `dimension`.',
  fields: (t) => ({
    metric: t.field({ type: MetricName, description: 'Metric to sort by.' }),
    dimension: t.field({ type: MetricDimension, description: 'Dimension to sort by: one of `groupBy`.' }),
    direction: t.field({ type: OrderDirection, required: true, defaultValue: 'ASC', description: 'Sort direction.' }),
    nulls: t.field({
      type: NullsOrder,
      required: true,
      defaultValue: 'LAST',
      description: 'Whether groups in which it is null come first or last.',
    }),
  }),
});

export const MetricCondition = builder.inputRef<ConditionInput>('MetricCondition').implement({
  description: 'A condition on a metric. Comparisons are combined with AND. Null matches only `isNull`.',
  fields: (t) => ({
    metric: t.field({ type: MetricName, required: true, description: 'Metric to compare.' }),
    gt: t.float({ description: 'Greater than this value.' }),
    gte: t.float({ description: 'Greater than or equal to this value.' }),
    lt: t.float({ description: 'Less than this value.' }),
    lte: t.float({ description: 'Less than or equal to this value.' }),
    isNull: t.boolean({ description: 'true: is null; false: is not null.' }),
  }),
});

/** Returns the arguments that say which appointments are measured, and when. */
export const measuredArguments = (arg: ArgBuilder<Types>) => ({
  where: arg({ type: whereOf('appointment'), description: 'Measures only matching appointments.' }),
  period: arg({
    type: MetricPeriod,
    description:
      'Measures only appointments of this period. By default all, in the time zone of each interview, with weeks from Monday.',
  }),
  at: arg({
    type: 'DateTime',
    description:
      'The clock: what has ended, and which feedback has been given, at this time. By default `dataset.knownAt`, since nothing later is known. In the past, it tells what was known of feedback then; responses and cancellations are those of today.',
  }),
});
