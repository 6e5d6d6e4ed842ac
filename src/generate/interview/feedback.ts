import type { Person } from '../company/people.ts';
import type { Random } from '../random.ts';
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from '../time/calendar.ts';
import { reviewText } from './review-text.ts';

/** An interviewer's feedback on a time slot: a review, a rating, or both. */
export interface Feedback {
  /** Seconds since 1970. */
  readonly givenAt: number;
  readonly review: string | null;
  readonly rating: number | null;
}

/**
 * Returns the seconds from the end of a slot to the feedback: some is given during the slot, most within hours or a
 * day, a little after weeks.
 */
function delay(random: Random, slowness: number): number {
  const kind = random.next();
  if (kind < 0.06) return -random.between(1, 15 * MINUTE_SECONDS);
  let seconds = random.between(0, 4 * HOUR_SECONDS);
  if (kind >= 0.5) seconds = random.between(4 * HOUR_SECONDS, 30 * HOUR_SECONDS);
  if (kind >= 0.82) seconds = random.between(1 * DAY_SECONDS, 6 * DAY_SECONDS);
  if (kind >= 0.97) seconds = random.between(6 * DAY_SECONDS, 30 * DAY_SECONDS);
  const grain = random.chance(0.15) ? 15 * MINUTE_SECONDS : 1;
  return Math.round((seconds * slowness) / grain) * grain;
}

/** Returns a rating from 1 to 5, mostly a whole number: the candidate's quality as this interviewer sees it. */
function ratingOf(random: Random, leniency: number, quality: number): number {
  const points = 1.2 + quality * 3.6 + leniency + (random.next() + random.next() - 1);
  const grain = random.chance(0.12) ? 0.5 : 1;
  return Math.min(5, Math.max(1, Math.round(points / grain) * grain));
}

/**
 * Returns the feedback on a time slot that ended at `endedAt`; null if none was given before `takenAt`, the instant of
 * the extract. `quality`: the candidate's, from 0 to 1.
 */
export function feedback(
  random: Random,
  interviewer: Person,
  quality: number,
  endedAt: number,
  takenAt: number,
): Feedback | null {
  if (!random.chance(interviewer.diligence)) return null;
  const givenAt = endedAt + delay(random, interviewer.slowness);
  if (givenAt >= takenAt) return null;
  const rating = ratingOf(random, interviewer.leniency, quality);
  const kind = random.next();
  return {
    givenAt,
    review: kind < 0.08 ? null : reviewText(random, interviewer, rating),
    rating: kind > 0.85 ? null : rating,
  };
}
