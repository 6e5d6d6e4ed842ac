import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { MetricsGroup as GroupValues, MetricsGroups } from '../../db/metrics/read-metrics.ts';
import type { DataState } from '../../db/query/state/data-state.ts';
import { Failure } from '../../domain/errors.ts';
import { evidenceAddress } from '../../domain/metrics/evidence-address.ts';
import type { Metric } from '../../domain/metrics/metric-names.ts';
import type { MetricsQuery } from '../../domain/metrics/query.ts';
import type { ResolvedMetrics } from '../../domain/metrics/request.ts';
import { fieldsBelow, type SelectionSource } from '../connection/selected-fields.ts';
import type { Context } from '../context.ts';
import { MAX_GROUPS } from '../limits.ts';
import type { GroupKey } from './key.ts';
import { bucketsOf } from './period.ts';
import type { MetricsArguments } from './read-request.ts';
import { type ReadValue, selectedValues } from './selected-values.ts';

/** A group, as its fields read it. */
export interface Group {
  readonly key: GroupKey;
  readonly values: ReadValue;
  readonly previous: ReadValue | null;
  /** Returns the address of the rows behind a metric. Errors: BAD_USER_INPUT, FORBIDDEN for one that makes no sense in such groups. */
  evidence(metric: Metric): string | null;
}

/** Metrics, as their fields read them: a statement runs when the first field asks for it, and once. Errors of methods: as in `readMetrics`. */
export interface MetricsReading {
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
export function metricsReading(
  args: MetricsArguments,
  resolved: ResolvedMetrics,
  state: DataState,
  context: Context,
  info: GraphQLResolveInfo,
): MetricsReading {
  const { query, viewer, readMetrics, signal } = context;
  const source: SelectionSource = { ...info, viewer };
  const fieldsOf = (name: string, of: readonly FieldNode[] = info.fieldNodes) => fieldsBelow(of, name, source);
  const read = (asked: MetricsQuery) => readMetrics(query, asked, state, signal);
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
    version: state.version,
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
