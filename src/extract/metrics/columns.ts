import { DIMENSIONS, type DimensionKind, type DimensionName, isBucket } from '../../domain/metrics/dimensions.ts';
import type { Metric, MetricValue } from '../../domain/metrics/metric-names.ts';
import type { WrittenColumn } from '../output-options.ts';

/** What a column shows of a row. `value` is the position in the values of a group. */
export type ColumnSource =
  | { readonly of: 'isTotal' }
  | { readonly of: 'key' | 'name'; readonly index: number }
  | { readonly of: 'firstDay' | 'complete'; readonly index: number }
  | { readonly of: 'value' | 'previous'; readonly value: number }
  | { readonly of: 'evidence'; readonly metric: Metric };

export interface MetricColumn extends WrittenColumn {
  readonly source: ColumnSource;
}

/** The columns of a document of metrics, and the values that they show. */
export interface MetricColumns {
  readonly columns: readonly MetricColumn[];
  readonly values: readonly MetricValue[];
  /** What each metric is: its title and its description. */
  readonly definitions: readonly (readonly [title: string, description: string])[];
}

/** What is shown. */
interface Shown {
  readonly metrics: readonly Metric[];
  readonly groupBy: readonly DimensionName[];
  /** Whether rates have their numerators and denominators beside them. */
  readonly hasCounts: boolean;
  /** Whether there is a row of the total. */
  readonly isTotal: boolean;
  readonly isCompared: boolean;
  /** Whether people and jobs have their names beside their IDs. */
  readonly isNamed: boolean;
  /** Whether metrics have the address of the rows behind them beside them. */
  readonly hasEvidence: boolean;
}

const KINDS: Readonly<Record<DimensionKind, WrittenColumn['kind']>> = {
  // Names such as 2026-W48 and days, as text.
  bucket: 'identifier',
  weekday: 'enumeration',
  hour: 'integer',
  identifier: 'identifier',
  uuid: 'uuid',
  text: 'text',
  enumeration: 'enumeration',
  boolean: 'boolean',
  slotState: 'enumeration',
};

/** The columns of names, by the dimensions that have one. */
export const NAMED: Partial<Record<DimensionName, { key: string; label: string; personal: boolean }>> = {
  INTERVIEWER: { key: 'interviewerName', label: 'Interviewer Name', personal: true },
  CREATOR: { key: 'creatorName', label: 'Creator Name', personal: true },
  CANDIDATE: { key: 'candidateName', label: 'Candidate Name', personal: true },
  JOB: { key: 'jobTitle', label: 'Job Title', personal: false },
};

/** Returns the columns: whether it is the total, the keys, then each metric with what belongs to it. */
export function metricColumns({
  metrics,
  groupBy,
  hasCounts,
  isTotal,
  isCompared,
  hasEvidence,
  isNamed,
}: Shown): MetricColumns {
  const column = (
    key: string,
    label: string,
    kind: WrittenColumn['kind'],
    source: ColumnSource,
    personal = false,
  ): MetricColumn => ({ key, label, kind, personal, source });
  const keys = groupBy.flatMap((name, index) => {
    const dimension = DIMENSIONS[name];
    const { kind, column: key, label, personal } = dimension;
    const named = isNamed ? NAMED[name] : undefined;
    return [
      column(key, label, KINDS[kind], { of: 'key', index }, personal),
      ...(named ? [column(named.key, named.label, 'text', { of: 'name', index }, named.personal)] : []),
      ...(isBucket(name)
        ? [
            column('from', 'From', 'identifier', { of: 'firstDay', index }),
            column('complete', 'Complete', 'boolean', { of: 'complete', index }),
          ]
        : []),
    ];
  });
  const values: MetricValue[] = [];
  const measured = metrics.flatMap((metric) => {
    const shown = shownOf(metric, hasCounts).map((one) => ({ ...one, value: values.push(one.of) - 1 }));
    const personal = metric.scope === 'personal';
    const columnsOf = (of: 'value' | 'previous') =>
      shown.map(({ key, label, value }) =>
        of === 'value'
          ? column(key, label, 'number', { of, value }, personal)
          : column(previousKey(key), `${label}, previous`, 'number', { of, value }, personal),
      );
    const evidence = column(
      `${metric.column}Evidence`,
      `${metric.title}, rows`,
      'text',
      { of: 'evidence', metric },
      personal,
    );
    return [...columnsOf('value'), ...(isCompared ? columnsOf('previous') : []), ...(hasEvidence ? [evidence] : [])];
  });
  return {
    columns: [...(isTotal ? [column('isTotal', 'Total', 'boolean', { of: 'isTotal' })] : []), ...keys, ...measured],
    values,
    definitions: metrics.map(({ title, description }) => [title, description] as const),
  };
}

const previousKey = (key: string): string => `previous${key[0]?.toUpperCase()}${key.slice(1)}`;

/** Returns the columns of a metric. */
function shownOf({ column: key, title: label, unit, value }: Metric, hasCounts: boolean) {
  const parts = ['numerator', 'denominator'] as const;
  return [
    { key, label, of: value },
    ...(unit === 'RATE' && hasCounts
      ? parts.map((part) => ({
          key: `${key}${part[0]?.toUpperCase()}${part.slice(1)}`,
          label: `${label}, ${part}`,
          of: { ...value, part },
        }))
      : []),
  ];
}
