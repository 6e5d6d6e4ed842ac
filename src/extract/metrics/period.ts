/** The parameters of metrics that say which days are measured. */
import { addDays, LAST_DAY } from '../../domain/calendar/days.ts';
import { METRIC_DATES, type PeriodRequest } from '../../domain/calendar/resolve.ts';
import { Failure, shown } from '../../domain/errors.ts';
import { periodAt } from '../../domain/period.ts';
import { readWord } from '../document-form.ts';
import type { MetricsParameter } from './parameters.ts';
import { DATE_WORDS, UNIT_WORDS, WEEKDAY_WORDS } from './words.ts';

const badParameter = (message: string): Failure => new Failure('BAD_USER_INPUT', message);

type Single = (name: MetricsParameter) => string | undefined;

/** Reads the period, but for days that are counted from the clock. `single` returns the text of a parameter. Errors: BAD_USER_INPUT. */
export function periodOf(single: Single, andCurrent: boolean, timeZone: string | null): PeriodRequest {
  const last = lastOf(single('last'), andCurrent);
  if (andCurrent && last === null)
    throw badParameter('andCurrent: true requires last; it adds the day, week and so on that is not over.');
  const other = (['last', 'from', 'to'] as const).find((name) => single(name) !== undefined);
  const name = single('period');
  if (name !== undefined && other !== undefined)
    throw badParameter(`period: ${shown(name)} and ${other} exclude each other; give one of them.`);
  return {
    on: readWord('on', single('on'), DATE_WORDS, METRIC_DATES[0]),
    from: single('from') ?? null,
    to: single('to') ?? null,
    last,
    timeZone,
    weekStart: readWord('weekStart', single('weekStart'), WEEKDAY_WORDS, 'MONDAY'),
  };
}

/** Reads `12-weeks`. */
function lastOf(text: string | undefined, andCurrent: boolean): PeriodRequest['last'] {
  if (text === undefined) return null;
  const [, count, word = ''] = /^(\d{1,6})-([a-z]+?)s?$/.exec(text) ?? [];
  const unit = Object.hasOwn(UNIT_WORDS, word) ? UNIT_WORDS[word] : undefined;
  if (count === undefined || unit === undefined)
    throw badParameter(
      `last: ${shown(text)} is not accepted; it is a number of ${Object.keys(UNIT_WORDS).join('s, ')}s, written like 12-weeks.`,
    );
  return { count: Number(count), unit, andCurrent };
}

/**
 * Returns the days of a period such as `last-week`, counted from the clock, in milliseconds since 1970; none without a name. Errors:
 * BAD_USER_INPUT for a name that there is not.
 */
export function namedDays(
  name: string | null,
  clock: number,
  { timeZone, weekStart }: PeriodRequest,
): Partial<Pick<PeriodRequest, 'from' | 'to'>> {
  if (name === null) return {};
  const { firstDay, lastDay } = periodAt(clock, name, timeZone, weekStart);
  return { from: firstDay, to: addDays(lastDay, 1) ?? LAST_DAY };
}
