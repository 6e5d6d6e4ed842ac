import { EXTRACT_PATH } from '../paths.ts';
import type { Metric } from './metric-names.ts';
import type { MetricsQuery } from './query.ts';
import { wordOf } from './words.ts';

/** The parameter of a group’s key in one dimension, which is repeated: `week:2026-11-23`, or only `week` for appointments that don’t state it. */
const keyParameter = (dimension: string, key: string | null): string =>
  key === null ? wordOf(dimension) : `${wordOf(dimension)}:${key}`;

/** Whether rows can be shown behind a metric: a quotient of two kinds of things has none. */
export const hasEvidence = ({ unit }: Metric): boolean => unit !== 'SLOTS_PER_APPLICATION';

/**
 * Returns the path and the query of the extract that gives the rows behind a metric of a group, at the same clock; null where there are none
 * to show. `filters`: the filters of the extract by name and value, which `where` of the query comes from. It has IDs, never names. Without
 * dimensions the group is that of all rows.
 */
export function evidenceAddress(
  { period, at, groupBy }: Pick<MetricsQuery, 'period' | 'at' | 'groupBy'>,
  keys: readonly (string | null)[],
  metric: Metric,
  filters: readonly (readonly [name: string, value: string])[],
): string | null {
  if (!hasEvidence(metric)) return null;
  const { on, from, to, timeZone, weekStart } = period;
  const parameters: [string, string | null][] = [
    ['metric', metric.column],
    ...groupBy.map((dimension, index): [string, string] => ['key', keyParameter(dimension, keys[index] ?? null)]),
    ['from', from],
    ['to', to],
    ['at', at],
    ['on', on === 'START' ? null : wordOf(on)],
    ['timeZone', timeZone],
    ['weekStart', weekStart === 'MONDAY' ? null : wordOf(weekStart)],
    ...filters.map(([name, value]): [string, string] => [name, value]),
  ];
  const given = parameters.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return `${EXTRACT_PATH}?${new URLSearchParams(given)}`;
}
