import { ALWAYS, type Condition } from '../../../domain/condition.ts';
import type { Metric } from '../../../domain/metrics/metric-names.ts';
import { findMetric, METRICS } from '../../../domain/metrics/metric-names.ts';
import { ALL_TIME, resolveMetrics } from '../../../domain/metrics/request.ts';
import { seesPersonal } from '../../../domain/viewer.ts';
import { type MetricColumn, metricColumns } from '../../../extract/metrics/columns.ts';
import type { OpenedMetrics } from '../../../extract/metrics/document.ts';
import type { DownloadContext, ResolvedDownload } from '../../../extract/metrics/request.ts';
import { type Cell, cellReader, type MetricsRow } from '../../../extract/metrics/rows.ts';
import { WORDS } from '../../../extract/metrics/words.ts';
import { findProperty } from '../entity-sets.ts';
import type { readOrderItems } from '../order.ts';
import { meets, namesIn } from './meets.ts';
import type { MetricProperty, MetricSet } from './sets.ts';

/** Groups of a set that are asked for. */
export interface GroupsRequest {
  readonly set: MetricSet;
  /** The properties that are selected; null: all. */
  readonly selected: readonly MetricProperty[] | null;
  readonly where: Condition;
  readonly order: ReturnType<typeof readOrderItems<MetricProperty>>;
}

/** A group as its properties have it. */
export type Group = (property: MetricProperty) => Cell;

/** Returns the query of groups: of what is selected, filtered or ordered by alone, and of what the viewer may see. */
export function groupsQuery(
  { set, selected, where, order }: GroupsRequest,
  context: DownloadContext,
): ResolvedDownload {
  const personal = seesPersonal(context.viewer);
  const asked = [...(selected ?? set.properties), ...namesIn(where).map((name) => findProperty(set, name))];
  const visible = asked.filter((property) => property && (personal || !property.personal));
  const metrics = METRICS.filter(({ column }) => visible.some((property) => property?.key === column));
  const isNamed = visible.some((property) => property?.column?.source.of === 'name');
  const orderBy = order.map(({ property, descending }) => ({
    by: orderOf(set, property),
    descending,
    nullsFirst: !descending,
  }));
  const { groupBy } = set;
  const resolved = resolveMetrics(
    {
      where: ALWAYS,
      period: ALL_TIME,
      groupBy,
      having: [],
      orderBy,
      first: null,
      compareTo: null,
      fill: false,
      at: null,
    },
    { ...context, words: WORDS },
  );
  const columns = metricColumns({
    // A statement of groups measures something.
    metrics: metrics.length > 0 ? metrics : [SLOTS],
    ...{ groupBy, hasCounts: false, isTotal: false, isCompared: false, hasEvidence: false, isNamed },
  });
  return {
    resolved,
    columns,
    filterTexts: [],
    groups: { ...resolved.groups(columns.values), named: isNamed },
    total: null,
  };
}

const SLOTS = findMetric('SLOTS') as Metric;

function orderOf({ groupBy }: MetricSet, { key, column }: MetricProperty) {
  const { source } = column ?? {};
  const dimension = source?.of === 'key' ? groupBy[source.index] : undefined;
  const metric = METRICS.find((one) => one.column === key);
  if (dimension !== undefined) return dimension;
  if (!metric) throw new Error(`${key} is neither a dimension nor a metric`);
  return metric.value;
}

/** Yields the groups that meet the filter, in batches as they arrive. Errors: those of the groups. */
export async function* groupsOf({ set, where }: GroupsRequest, opened: OpenedMetrics): AsyncGenerator<Group[]> {
  const cellOf = cellReader(opened.asked);
  const columns: ReadonlyMap<string, MetricColumn> = new Map(
    opened.asked.columns.columns.map((column) => [column.key, column]),
  );
  const groupOf =
    (row: MetricsRow): Group =>
    ({ key, column }) => {
      if (column === null) return keyOf(set, (name) => cell(row, name));
      return cell(row, key);
    };
  const cell = (row: MetricsRow, name: string): Cell => {
    const column = columns.get(name);
    // What the viewer may not see was not read.
    return column === undefined ? null : cellOf(column, row, false);
  };
  for await (const rows of opened.groups) {
    const groups = rows.map(groupOf);
    yield groups.filter((group) =>
      meets(where, (name) => {
        const property = findProperty(set, name);
        return property ? group(property) : null;
      }),
    );
  }
}

/** Returns the key of a group as one text. A week has no slash. */
function keyOf({ groupBy }: MetricSet, cell: (name: string) => Cell): string {
  const week = cell('week') ?? '-';
  const interviewer = groupBy.includes('INTERVIEWER') ? cell('interviewerEmployeeId') : null;
  return interviewer === null ? `${week}` : `${week}/${interviewer}`;
}
