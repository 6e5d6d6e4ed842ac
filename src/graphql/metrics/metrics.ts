import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { MetricsGroup as GroupValues, MetricsGroups } from '../../db/metrics/read-metrics.ts';
import type { DataState } from '../../db/query/data-state.ts';
import { Failure } from '../../domain/errors.ts';
import { evidenceAddress } from '../../domain/metrics/evidence-address.ts';
import type { Metric } from '../../domain/metrics/metric-names.ts';
import type { MetricsQuery } from '../../domain/metrics/query.ts';
import { MAX_DIMENSIONS, type ResolvedMetrics } from '../../domain/metrics/request.ts';
import { BY_CLOCK, builder, type Costs } from '../builder.ts';
import { fieldsBelow, type SelectionSource } from '../connection/selected-fields.ts';
import type { Context } from '../context.ts';
import { CONDITION_COST, DIMENSION_COST, EVIDENCE_COST, FIELD_COST, MEASURE_COST, METRICS_COST } from '../costs.ts';
import { MAX_GROUPS } from '../limits.ts';
import { inTurns } from '../operation/turns.ts';
import { dataStateOf } from './data-state.ts';
import { MetricComparison, MetricDate, MetricDimension, MetricName } from './enumerations.ts';
import { MetricCondition, MetricOrder, measuredArguments } from './inputs.ts';
import { type GroupKey, MetricKey } from './key.ts';
import { bucketsOf, PeriodType, wholePeriod } from './period.ts';
import { type MetricsArguments, metricNamed, readRequest } from './read-request.ts';
import { type ReadValue, selectedValues } from './selected-values.ts';
import { MetricValues } from './values.ts';

/** A group, as its fields read it. */
interface Group {
  readonly key: GroupKey;
  readonly values: ReadValue;
  readonly previous: ReadValue | null;
  /** Returns the address of the rows behind a metric. Errors: BAD_USER_INPUT, FORBIDDEN for one that makes no sense in such groups. */
  evidence(metric: Metric): string | null;
}

/** Metrics, as their fields read them: a statement runs when the first field asks for it, and once. Errors of methods: as in `readMetrics`. */
interface MetricsReading {
  readonly resolved: ResolvedMetrics;
  readonly version: string;
  /** The maximum number of groups that the client gave. */
  readonly first: number | null;
  groups(): Promise<readonly Group[]>;
  groupCount(): Promise<number>;
  total(): Promise<ReadValue>;
  previousTotal(): Promise<ReadValue | null>;
}

/** Returns metrics, of which nothing is read yet but what is selected is known. */
function metricsReading(
  args: MetricsArguments,
  resolved: ResolvedMetrics,
  { version }: DataState,
  context: Context,
  info: GraphQLResolveInfo,
): MetricsReading {
  const { query, viewer, readMetrics, signal } = context;
  const source: SelectionSource = { ...info, viewer };
  const fieldsOf = (name: string, of: readonly FieldNode[] = info.fieldNodes) => fieldsBelow(of, name, source);
  const read = (asked: MetricsQuery) => readMetrics(query, asked, version, signal);
  /** Compares only if something of the period compared with is selected. */
  const compared = (asked: MetricsQuery, isSelected: boolean) => (isSelected ? asked : { ...asked, compared: null });
  const { groupBy = [], first = null, where } = args;
  const isFiltered = Object.values(where ?? {}).some((condition) => condition !== null);

  const readGroups = once(async () => {
    const fields = fieldsOf('groups');
    const previous = fieldsOf('previous', fields);
    const values = selectedValues([...fieldsOf('values', fields), ...previous], source);
    const asked = resolved.groups(values.list);
    // One more than there may be tells that there are too many. Where nothing but their number is selected, one has it.
    const limit = fields.length === 0 ? 1 : (first ?? MAX_GROUPS + 1);
    const none: MetricsGroups = { groups: [], groupCount: 0 };
    const isGrouped = asked.groupBy.length > 0;
    const found = isGrouped ? await read(compared({ ...asked, first: limit }, previous.length > 0)) : none;
    const bucketOf = resolved.unit && bucketsOf(resolved.period, resolved.at, resolved.unit);
    const groupOf = (group: GroupValues): Group => ({
      key: { groupBy: asked.groupBy, keys: group.keys, bucketOf },
      values: values.of(group.values),
      previous: group.previous && values.of(group.previous),
      // No parameter of the extract says what a filter of GraphQL can say.
      evidence: (metric) =>
        isFiltered ? null : evidenceAddress(resolved.groups([metric.value]), group.keys, metric, []),
    });
    return { groupCount: found.groupCount, groups: found.groups.map(groupOf) };
  });
  const readTotal = once(async () => {
    const previous = fieldsOf('previousTotal');
    const values = selectedValues([...fieldsOf('total'), ...previous], source);
    const { groups } = await read(compared(resolved.total(values.list), previous.length > 0));
    const [total] = groups;
    if (!total) throw new Error('a total has no group');
    return { values: values.of(total.values), previous: total.previous && values.of(total.previous) };
  });

  return {
    resolved,
    version,
    first: first ?? null,
    groups: async () => {
      const { groups, groupCount } = await readGroups();
      if (groups.length > (first ?? MAX_GROUPS))
        throw new Failure(
          'BAD_USER_INPUT',
          `groups: by ${(groupBy ?? []).join(', ')} there are ${groupCount} groups; at most ${MAX_GROUPS} are returned. Give first (up to ${MAX_GROUPS}), a shorter period or a filter; CSV at /analytics/interviews/metrics has no limit.`,
        );
      return groups;
    },
    groupCount: async () => (await readGroups()).groupCount,
    total: async () => (await readTotal()).values,
    previousTotal: async () => (await readTotal()).previous,
  };
}

/** Returns a function that calls `call` once and then repeats its result. */
function once<T>(call: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= call();
    return result;
  };
}

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
