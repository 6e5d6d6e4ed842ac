/** Conditions on groups of metrics, as a parameter and in words. */
import { Failure, shown } from '../../domain/errors.ts';
import { columnOfValue } from '../../domain/metrics/metric-names.ts';
import type { ValueCondition } from '../../domain/metrics/query.ts';
import { MAX_GROUP_CONDITIONS } from '../../domain/metrics/request.ts';
import { entriesOf } from '../../domain/types/records.ts';
import { namesIn, wordIn } from './names.ts';
import { METRIC_WORDS } from './words.ts';

/** A metric, a comparison, and a number without an exponent. */
const CONDITION = /^(\w+) ?(>=|<=|>|<) ?(-?\d{1,15}(?:\.\d{1,15})?)$/;

const SIGNS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** Reads `heldSlots>=10,feedbackRate<0.5`. Errors: BAD_USER_INPUT, naming the condition and what would be right. */
export function readConditions(text: string | undefined): ValueCondition[] {
  if (text === undefined) return [];
  return namesIn('having', text, MAX_GROUP_CONDITIONS).map((each) => {
    const [, metric = '', given, number] = CONDITION.exec(each) ?? [];
    const [comparison] = entriesOf(SIGNS).find(([, sign]) => sign === given) ?? [];
    if (comparison === undefined)
      throw new Failure(
        'BAD_USER_INPUT',
        `having: ${shown(each)} is not a condition; it is a metric, one of >, >=, <, <=, and a number, such as heldSlots>=10.`,
      );
    return { value: wordIn('having', metric, METRIC_WORDS, 'a metric').value, [comparison]: Number(number) };
  });
}

/** Writes what `readConditions` reads. */
export const conditionsText = (conditions: readonly ValueCondition[]): string =>
  conditions
    .flatMap(({ value, ...limits }) =>
      entriesOf(SIGNS).flatMap(([comparison, sign]) => {
        const limit = limits[comparison];
        return typeof limit === 'number' ? [`${columnOfValue(value)}${sign}${limit}`] : [];
      }),
    )
    .join(', ');
