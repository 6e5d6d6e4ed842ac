import type { DimensionName } from '../../../domain/metrics/dimensions.ts';
import { DIMENSIONS } from '../../../domain/metrics/dimensions.ts';
import { METRICS } from '../../../domain/metrics/metric-names.ts';
import type { MetricColumn } from '../../../extract/metrics/columns.ts';
import { metricColumns } from '../../../extract/metrics/columns.ts';
import type { EntitySet, Property } from '../entity-sets.ts';

/** A property of a group: its key as one text, or a column of metrics. */
export interface MetricProperty extends Property {
  /** Null: the key. */
  readonly column: MetricColumn | null;
}

/** An entity set whose rows are groups of appointments, with all that is measured of them. */
export interface MetricSet extends EntitySet<MetricProperty> {
  readonly groupBy: readonly DimensionName[];
}

const KEY: MetricProperty = {
  key: 'id',
  kind: 'identifier',
  personal: false,
  nullable: false,
  description: 'The key of the group as one text: the week, - without one, and the interviewer after a slash.',
  column: null,
};

/** What columns of groups mean. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  from: 'The first day of the week.',
  complete: 'Whether the week is over at the clock.',
  interviewerName: 'First and last name of the interviewer.',
};

const descriptionOf = ({ key, source }: MetricColumn): string =>
  (source.of === 'value' ? METRICS.find(({ column }) => column === key)?.description : undefined) ??
  Object.values(DIMENSIONS).find(({ column }) => column === key)?.description ??
  DESCRIPTIONS[key] ??
  key;

function metricSet(name: string, groupBy: readonly DimensionName[], description: string): MetricSet {
  const metrics = METRICS.filter(({ dimensions }) => groupBy.every((dimension) => dimensions.includes(dimension)));
  const { columns } = metricColumns({
    ...{ metrics, groupBy, hasCounts: false, isTotal: false, isCompared: false, hasEvidence: false },
    isNamed: groupBy.includes('INTERVIEWER'),
  });
  const properties = columns.map(
    (column): MetricProperty => ({
      key: column.key,
      kind: column.source.of === 'firstDay' ? 'day' : column.kind,
      personal: column.personal,
      nullable: true,
      description: descriptionOf(column),
      column,
    }),
  );
  return {
    name,
    typeName: name,
    description,
    key: KEY.key,
    properties: [KEY, ...properties],
    orders: properties.flatMap(({ key, column }) =>
      column?.source.of === 'key' || column?.source.of === 'value' ? [key] : [],
    ),
    groupBy,
  };
}

export const METRIC_SETS: readonly MetricSet[] = [
  metricSet('MetricsByWeek', ['WEEK'], 'What is measured of the appointments, by the week in which they start.'),
  metricSet(
    'MetricsByInterviewerAndWeek',
    ['INTERVIEWER', 'WEEK'],
    'What is measured of the appointments, by interviewer and by the week in which they start.',
  ),
];
