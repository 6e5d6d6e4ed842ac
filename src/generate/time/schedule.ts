import type { Stage } from '../company/hiring-process.ts';
import type { Random, Shares } from '../random.ts';
import { DAY_SECONDS, dayOf, HOUR_SECONDS, MINUTE_SECONDS, workingDay } from './calendar.ts';
import { instantOf, nextClockChange, type Zone } from './zones.ts';

/** Start and end of a time slot in local time of the interview's zone (seconds, see calendar.ts). */
export interface SlotTime {
  readonly start: number;
  readonly end: number;
}

const SLOT_COUNTS: Shares<number> = [
  [1, 0.56],
  [2, 0.18],
  [3, 0.13],
  [4, 0.08],
  [5, 0.05],
];
const SINGLE_MINUTES: Shares<number> = [
  [30, 0.36],
  [45, 0.22],
  [60, 0.3],
  [90, 0.06],
  [15, 0.04],
  [120, 0.02],
];
const SERIES_MINUTES: Shares<number> = [
  [45, 0.4],
  [60, 0.35],
  [30, 0.2],
  [75, 0.05],
];
const QUARTERS: Shares<number> = [
  [0, 0.58],
  [30, 0.3],
  [15, 0.06],
  [45, 0.06],
];
const BREAKS: Shares<number> = [
  [0, 0.55],
  [15, 0.25],
  [30, 0.1],
  [60, 0.1],
];

/** Returns a day soon after the creation, nearly always a working day; now and then one on which the clocks change. */
function interviewDay(random: Random, createdAt: number, zone: Zone): number {
  const lead = random.next() * random.next() * 21 * DAY_SECONDS;
  const day = dayOf(createdAt + lead);
  if (random.chance(0.02)) {
    const change = nextClockChange(zone, day);
    if (change !== undefined && change < day + 100) return change;
  }
  if (workingDay(day) === day || random.chance(0.01)) return day;
  // Interviews moved from the weekend are spread over several days.
  return day + random.between(2, 4);
}

/** Returns the start of the first slot: in office hours, and after the interview was created. */
function firstStart(random: Random, createdAt: number, zone: Zone, latestHour: number): number {
  const clock = random.between(8, latestHour) * HOUR_SECONDS + random.weighted(QUARTERS) * MINUTE_SECONDS;
  let day = interviewDay(random, createdAt, zone);
  while (instantOf(zone, day * DAY_SECONDS + clock) <= createdAt) day = workingDay(day + 1);
  return day * DAY_SECONDS + clock;
}

/** Returns the number of slots of an interview in a stage. */
export function slotCount(random: Random, stage: Stage): number {
  if (stage === 'INTERVIEW') return random.weighted(SLOT_COUNTS);
  return random.chance(0.04) ? 2 : 1;
}

/**
 * Returns the times of an interview's slots, ascending, on one day or two. With `atOnce` a time may occur twice, for
 * two parts held at the same time.
 */
export function slotTimes(random: Random, createdAt: number, zone: Zone, count: number, atOnce: boolean): SlotTime[] {
  if (count === 1) {
    const start = firstStart(random, createdAt, zone, 17);
    return [{ start, end: start + random.weighted(SINGLE_MINUTES) * MINUTE_SECONDS }];
  }
  const times: SlotTime[] = [];
  let start = firstStart(random, createdAt, zone, count > 3 ? 10 : 13);
  const secondDayAt = count > 2 && random.chance(0.25) ? random.between(1, count - 1) : count;
  for (let index = 0; index < count; index++) {
    if (index === secondDayAt)
      start = workingDay(dayOf(start) + 1) * DAY_SECONDS + random.between(8, 12) * HOUR_SECONDS;
    const time = { start, end: start + random.weighted(SERIES_MINUTES) * MINUTE_SECONDS };
    times.push(time);
    if (atOnce && index + 1 < count && index + 1 !== secondDayAt && random.chance(0.06)) {
      times.push(time);
      index++;
    }
    start = time.end + random.weighted(BREAKS) * MINUTE_SECONDS;
  }
  return times;
}
