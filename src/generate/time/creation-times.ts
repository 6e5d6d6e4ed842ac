import { itemAt } from '../item-at.ts';
import { dayOf, HOUR_SECONDS, SATURDAY, SUNDAY, weekdayOf } from './calendar.ts';

/** Relative number of interviews created in each hour of the day in UTC, by offices around the world. */
const HOURS = [2, 3, 4, 4, 5, 6, 9, 13, 17, 19, 19, 17, 17, 20, 22, 22, 20, 17, 14, 12, 9, 6, 4, 2];
const WEEKEND = 0.04;
/** Relative number in each month: hiring slows down in summer and at the end of the year. */
const MONTHS = [1, 1.1, 1.15, 1.05, 1, 0.95, 0.8, 0.75, 1.1, 1.1, 1, 0.6];

function activity(hour: number): number {
  const time = hour * HOUR_SECONDS;
  const weekday = weekdayOf(dayOf(time));
  const share = weekday === SATURDAY || weekday === SUNDAY ? WEEKEND : 1;
  return itemAt(HOURS, hour % 24) * share * itemAt(MONTHS, new Date(time * 1000).getUTCMonth());
}

/**
 * Returns a function that maps the share of interviews created earlier, at least 0 and below 1, to the creation time of
 * an interview between two instants. It never decreases. More are created in the office hours of working days.
 */
export function creationTimes(from: number, until: number): (share: number) => number {
  const firstHour = Math.floor(from / HOUR_SECONDS);
  /** Running total for each hour: interviews created from the first hour to its end. */
  const totals: number[] = [];
  let total = 0;
  for (let hour = firstHour; hour * HOUR_SECONDS < until; hour++) {
    const seconds = Math.min((hour + 1) * HOUR_SECONDS, until) - Math.max(hour * HOUR_SECONDS, from);
    total += (activity(hour) * seconds) / HOUR_SECONDS;
    totals.push(total);
  }
  return (share) => {
    const before = share * total;
    let low = 0;
    let high = totals.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (itemAt(totals, middle) > before) high = middle;
      else low = middle + 1;
    }
    const startOfHour = Math.max((firstHour + low) * HOUR_SECONDS, from);
    const endOfHour = Math.min((firstHour + low + 1) * HOUR_SECONDS, until);
    const former = totals[low - 1] ?? 0;
    const within = (before - former) / (itemAt(totals, low) - former);
    return Math.min(startOfHour + Math.floor(within * (endOfHour - startOfHour)), endOfHour - 1);
  };
}
