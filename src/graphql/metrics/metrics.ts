import { MAX_DIMENSIONS } from '../../domain/metrics/request.ts';
import { BY_CLOCK, builder, type Costs } from '../builder.ts';
import { CONDITION_COST, DIMENSION_COST, EVIDENCE_COST, FIELD_COST, MEASURE_COST, METRICS_COST } from '../costs.ts';
import { MAX_GROUPS } from '../limits.ts';
import { inTurns } from '../operation/compiled/turns.ts';
import { dataStateOf } from './data-state.ts';
import { MetricComparison, MetricDate, MetricDimension, MetricName } from './enumerations.ts';
import { MetricCondition, MetricOrder, measuredArguments } from './inputs.ts';
import { MetricKey } from './key.ts';
import { type Group, type MetricsReading, metricsReading } from './metrics-reading.ts';
import { PeriodType, wholePeriod } from './period.ts';
import { metricNamed, readRequest } from './read-request.ts';
import { MetricValues } from './values.ts';

/** What a statement costs that reads groups or totals, besides the measures that are selected of it. */
const STATEMENT = { statement: METRICS_COST } satisfies Costs;

/** Costs what it costs once, and not for each group. */
const ONCE = { costsOnce: true } satisfies Costs;

const MetricGroup = builder.objectRef<Group>('MetricGroup').implement({
  description: 'The measures of a group.',
  fields: (t) => ({
    key: t.field({
      type: MetricKey,
      nullable: false,
      description: 'What the group is of.',
      resolve: ({ key }) => key,
    }),
    values: t.field({
      type: MetricValues,
      nullable: false,
      description: 'Its measures.',
      resolve: ({ values }) => values,
    }),
    previous: t.field({
      type: MetricValues,
      description:
        'The same group in the period compared with; null if it has no appointments there, or nothing is compared. Periods match by position, other keys by value.',
      extensions: STATEMENT,
      resolve: ({ previous }) => previous,
    }),
    evidence: t.string({
      description:
        'Address at the extract with the rows behind a metric of the group, as a path of this service; null with `where`, and for a metric that has none. Has IDs and never names.',
      args: { metric: t.arg({ type: MetricName, required: true, description: 'Metric whose rows it has.' }) },
      extensions: { cost: { field: EVIDENCE_COST, multiplier: 1 } } satisfies Costs,
      resolve: (group, { metric }) => group.evidence(metricNamed(metric)),
    }),
  }),
});

const Metrics = builder.objectRef<MetricsReading>('Metrics').implement({
  description: 'Measures in groups, and in total.',
  fields: (t) => ({
    groups: t.field({
      type: [MetricGroup],
      nullable: { list: false, items: false },
      description: 'The groups. Without `groupBy` there are none.',
      // The field `metrics` multiplies by the number of groups already.
      extensions: { ...STATEMENT, cost: { field: 0, multiplier: 1 } } satisfies Costs,
      resolve: async (metrics, _args, context) => inTurns(await metrics.groups(), context),
    }),
    total: t.field({
      type: MetricValues,
      nullable: false,
      description:
        'All matching appointments as one group, counted anew: distinct counts, rates and medians of groups can’t be added up. `having` and `first` do not change it.',
      extensions: { ...STATEMENT, ...ONCE },
      resolve: (metrics) => metrics.total(),
    }),
    previousTotal: t.field({
      type: MetricValues,
      description: 'The total of the period compared with; null if nothing is compared.',
      extensions: { ...STATEMENT, ...ONCE },
      resolve: (metrics) => metrics.previousTotal(),
    }),
    groupCount: t.int({
      nullable: false,
      description: 'Number of groups, whatever `first` is.',
      extensions: ONCE,
      resolve: (metrics) => metrics.groupCount(),
    }),
    truncated: t.boolean({
      nullable: false,
      description: 'Whether there are more groups than `first`.',
      extensions: ONCE,
      resolve: async ({ first, ...metrics }) => first !== null && (await metrics.groupCount()) > first,
    }),
    at: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'The clock that was used.',
      extensions: ONCE,
      resolve: ({ resolved }) => new Date(resolved.at),
    }),
    dataVersion: t.exposeString('version', {
      nullable: false,
      description: 'Version of the data (`Dataset.version`).',
      extensions: ONCE,
    }),
    period: t.field({
      type: PeriodType,
      description: 'The period that was used; null for all time.',
      extensions: ONCE,
      resolve: ({ resolved: { period, at } }) => wholePeriod(period, at),
    }),
    previousPeriod: t.field({
      type: PeriodType,
      description: 'The period compared with; null if nothing is compared.',
      extensions: ONCE,
      resolve: ({ resolved: { previous } }) => previous && wholePeriod(previous.period, previous.at),
    }),
    previousAt: t.field({
      type: 'DateTime',
      description: 'The clock of the period compared with, moved like the period; null if nothing is compared.',
      extensions: ONCE,
      resolve: ({ resolved: { previous } }) => previous && new Date(previous.at),
    }),
    on: t.field({
      type: MetricDate,
      nullable: false,
      description: 'The date by which appointments were put into it.',
      extensions: ONCE,
      resolve: ({ resolved }) => resolved.period.on,
    }),
    timeZone: t.field({
      type: 'TimeZone',
      description: 'Time zone of the calendar; null: that of each interview for START, UTC for other dates.',
      extensions: ONCE,
      resolve: ({ resolved }) => resolved.period.timeZone,
    }),
  }),
});

builder.queryField('metrics', (t) =>
  t.field({
    type: Metrics,
    nullable: false,
    description: 'Measures of the matching appointments, in groups and in total. Definitions: `metricDefinitions`.',
    args: {
      ...measuredArguments(t.arg),
      groupBy: t.arg({
        type: [MetricDimension],
        description: `Dimensions, at most ${MAX_DIMENSIONS}, of which at most one of DAY, WEEK, MONTH, QUARTER and YEAR; none twice.`,
      }),
      having: t.arg({ type: [MetricCondition], description: 'Returns only groups for which all of these hold.' }),
      orderBy: t.arg({
        type: [MetricOrder],
        description:
          'Sort keys, at most three, most significant first. By default, and for ties, the keys of the groups in the order of `groupBy`: ascending, nulls last.',
      }),
      first: t.arg.int({
        description: `Number of groups from the start: up to ${MAX_GROUPS}. By default all; more than ${MAX_GROUPS} are then an error, so that no chart ends early unseen. For more, use the CSV at /analytics/interviews/metrics.`,
      }),
      compareTo: t.arg({
        type: MetricComparison,
        description: 'Adds the same measures of another period. Requires a period that begins and ends.',
      }),
      fill: t.arg.boolean({
        required: true,
        defaultValue: true,
        description:
          'Whether periods without appointments are groups too, with 0 for counts and null for all else, if `groupBy` has one of DAY to YEAR and the period begins and ends; with other dimensions, for each of their values that occurs in the period.',
      }),
    },
    extensions: {
      ...BY_CLOCK,
      cost: {
        sizes: ['where', 'groupBy', 'having', 'orderBy', 'first'],
        of: ({ where = 0, groupBy = 0, having = 0, orderBy = 0, first = MAX_GROUPS }) => ({
          field:
            FIELD_COST +
            groupBy * DIMENSION_COST +
            (having + orderBy) * MEASURE_COST +
            Math.max(0, where - 1) * CONDITION_COST,
          multiplier: Math.min(Math.max(first, 1), MAX_GROUPS),
        }),
      },
    } satisfies Costs,
    resolve: async (_root, args, context, info) => {
      const state = await dataStateOf(context);
      return metricsReading(args, readRequest(args, state, context), state, context, info);
    },
  }),
);
