import { addDays, type Day, daysBetween } from './days.ts';
import type { ResolvedPeriod } from './resolve.ts';
import { startOfUnit } from './units.ts';

/**
 * Returns the period that somebody is likely to ask for on the day `today` who asked for this one on the day `before`: one that begins on that
 * day, or ends with it, moves by days; whole weeks move by weeks; others stay. Null: it would leave the years 0001 to 9999.
 */
export function followDays(period: ResolvedPeriod, before: Day, today: Day): ResolvedPeriod | null {
  const { from, to } = period;
  const days = distance(period, before, today);
  const moved = { from: from && addDays(from, days), to: to && addDays(to, days) };
  const isLost = (from !== null && moved.from === null) || (to !== null && moved.to === null);
  return isLost ? null : { ...period, ...moved };
}

function distance({ from, to, weekStart }: ResolvedPeriod, before: Day, today: Day): number {
  const weekOf = (day: Day): Day => startOfUnit(day, 'WEEK', weekStart);
  const isWeek = (day: Day | null) => day === null || day === weekOf(day);
  if (from === before) return daysBetween(before, today);
  if (isWeek(from) && isWeek(to)) return daysBetween(weekOf(before), weekOf(today));
  const isUpToNow = to === before || to === addDays(before, 1);
  return isUpToNow ? daysBetween(before, today) : 0;
}
