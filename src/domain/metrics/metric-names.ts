import { entriesOf, keysOf } from '../types/records.ts';
import type { Scope } from '../viewer.ts';
import { DIMENSION_NAMES, type DimensionName } from './dimensions.ts';
import { type Measure, type MetricUnit, scopeOf } from './measure.ts';
import { MEASURES, type MeasureName, measureOf } from './measures.ts';
import { wordOf } from './words.ts';

/** A value of a measure: one of its parts, with the argument of the part or the measure, if it takes one. */
export interface MetricValue {
  readonly measure: MeasureName;
  readonly part: string;
  readonly argument?: number | undefined;
}

/** A value of a measure that has a name of its own. */
export interface Metric {
  readonly name: string;
  readonly value: MetricValue;
  /** The column of CSV. */
  readonly column: string;
  readonly title: string;
  readonly description: string;
  readonly unit: MetricUnit;
  /** Whether groups add up to the total. */
  readonly additive: boolean;
  readonly dimensions: readonly DimensionName[];
  readonly scope: Scope;
  readonly better: 'HIGHER' | 'LOWER' | null;
}

function metricsOf(measure: MeasureName): Metric[] {
  const of: Measure = measureOf(measure);
  const refused: readonly DimensionName[] = of.refused?.by ?? [];
  return entriesOf(of.names).map(([name, { part, argument, title, description, unit, better }]) => ({
    name,
    value: { measure, part, argument },
    column: wordOf(name),
    title,
    description: description ?? of.description,
    unit,
    additive: unit === 'ROWS',
    dimensions: DIMENSION_NAMES.filter((dimension) => !refused.includes(dimension)),
    scope: scopeOf(of),
    better: better ?? null,
  }));
}

/** All values with names, in the order of the measures. */
export const METRICS: readonly Metric[] = keysOf(MEASURES).flatMap(metricsOf);

const BY_NAME: ReadonlyMap<string, Metric> = new Map(METRICS.map((metric) => [metric.name, metric]));

/** Returns the metric of a name; undefined if there is none. */
export const findMetric = (name: string): Metric | undefined => BY_NAME.get(name);

/** Returns the column of a value; that of the rate for a numerator or a denominator without one; the name of the measure if it has none. */
export function columnOfValue({ measure, part, argument }: MetricValue): string {
  const columns = METRICS.filter(({ value }) => value.measure === measure && value.argument === argument);
  return (columns.find(({ value }) => value.part === part) ?? columns.at(-1))?.column ?? measure;
}
