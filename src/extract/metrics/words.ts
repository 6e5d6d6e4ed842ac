/** The words of the parameters of metrics, for the names that GraphQL has in upper case. */

import { METRIC_DATES } from '../../domain/calendar/resolve.ts';
import { METRIC_COMPARISONS } from '../../domain/calendar/shift.ts';
import { CALENDAR_UNITS, WEEKDAYS } from '../../domain/calendar/units.ts';
import { DIMENSION_NAMES } from '../../domain/metrics/dimensions.ts';
import { columnOfValue, METRICS } from '../../domain/metrics/metric-names.ts';
import type { ClientWords } from '../../domain/metrics/request.ts';
import { wordOf } from '../../domain/metrics/words.ts';

const wordsOf = <Name extends string>(names: readonly Name[]): Readonly<Record<string, Name>> =>
  Object.fromEntries(names.map((name) => [wordOf(name), name]));

export const DIMENSION_WORDS = wordsOf(DIMENSION_NAMES);
export const DATE_WORDS = wordsOf(METRIC_DATES);
export const WEEKDAY_WORDS = wordsOf(WEEKDAYS);
export const COMPARISON_WORDS = wordsOf(METRIC_COMPARISONS);
export const UNIT_WORDS = wordsOf(CALENDAR_UNITS);

/** The metrics by their columns. */
export const METRIC_WORDS = Object.fromEntries(METRICS.map((metric) => [metric.column, metric]));

/** How parameters write what messages name. */
export const WORDS: ClientWords = {
  argument: (argument) => (argument === 'last.count' ? 'last' : argument),
  measure: columnOfValue,
  constant: wordOf,
};
