import { type FieldKey, fieldOf } from '../domain/fields.ts';
import type { QueryParameters } from '../domain/parameters.ts';
import type { Period } from '../domain/period.ts';
import { FIELD_FILTERS, type TimeFilter } from './filters.ts';
import type { FilterWords } from './output-options.ts';

const TIMES: Readonly<Record<TimeFilter, string>> = {
  updatedSince: 'Interview updated at or after',
  startsFrom: 'Time slot starts at or after',
  startsBefore: 'Time slot starts before',
};

const LABELS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(TIMES),
  ...FIELD_FILTERS.map((key: FieldKey) => [key, fieldOf(key).label] as const),
]);

/** Returns the filter parameters in words, with their values as they were given, and the days that a period meant. */
export function filterWords(parameters: QueryParameters, period: Period | null): FilterWords[] {
  const words = [...parameters].flatMap(([name, values]) => {
    const label = LABELS.get(name);
    return label === undefined ? [] : [{ label, values }];
  });
  return period === null ? words : [{ label: 'Time slot starts in', values: [periodWords(period)] }, ...words];
}

const periodWords = ({ name, firstDay, lastDay, timeZone }: Period): string =>
  `${name}: ${firstDay} to ${lastDay}${timeZone === null ? '' : `, days of ${timeZone}`}`;
