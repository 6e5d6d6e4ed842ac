import { bucketsOf } from '../calendar/buckets.ts';
import { followDays } from '../calendar/follow.ts';
import { compareWith } from '../calendar/shift.ts';
import { dayAt, readZone } from '../calendar/zones.ts';
import { isBucket } from './dimensions.ts';
import { MAX_FILLED_GROUPS, type MetricsQuery } from './query.ts';
import { clockText } from './request.ts';

/** How errors would name what they are about. Nobody sees them: what was answered once is right, or leaves the calendar. */
const WORDS = { argument: (name: string) => name, constant: (name: string) => name };

/**
 * Returns what somebody is likely to ask at the clock `now` who asked this at the clock `before`, both in milliseconds since 1970: the same
 * measures of days that have moved along (calendar/follow.ts). Errors: BAD_USER_INPUT if they would leave the calendar.
 */
export function followClock(asked: MetricsQuery, before: number, now: number): MetricsQuery {
  const { timeZone, weekStart } = asked.period;
  const clockAt = readZone(timeZone, 'timeZone');
  const period = followDays(asked.period, dayAt(clockAt, before), dayAt(clockAt, now)) ?? asked.period;
  const { from, to } = period;
  const unit = asked.groupBy.find(isBucket);
  const isFilled = asked.fill !== null && unit !== undefined && from !== null && to !== null;
  const previous = asked.compared && compareWith(period, now, asked.compared, WORDS);
  return {
    ...asked,
    period,
    at: clockText(now),
    fill: isFilled ? bucketsOf({ from, to }, unit, weekStart, MAX_FILLED_GROUPS) : null,
    compared: previous && { ...previous, at: clockText(previous.at) },
  };
}
