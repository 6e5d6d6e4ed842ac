/** How the weeks of a tile are named, and which of them are over. */
import { dayAfter, shortDay } from '../numbers.js';

/** @typedef {import('../tiles.js').Frame} Frame */
/** @typedef {import('./views.js').Bucket} Bucket */

const HOUR_MS = 3_600_000;
/** In a calendar of the interviews’ own zones, a day is over everywhere only so long after its end in UTC. */
const FURTHEST_BEHIND_HOURS = 12;

/** Whether all of a week has been over for so many days. @param {Bucket} week @param {Frame} frame @param {number} days */
export const isOver = ({ to, complete }, { at }, days) =>
  complete && Date.parse(`${to}T00:00:00Z`) + (24 * days + FURTHEST_BEHIND_HOURS) * HOUR_MS <= Date.parse(at);

/**
 * Why a week is smaller than the others: it isn’t over, or the period has only a part of it; '' otherwise.
 * @param {Bucket} week
 * @param {{ from: string, to: string }} period
 * @param {Frame} frame
 */
export function whySmall({ from, to }, period, { today }) {
  if (from < period.from || to > period.to) return 'part';
  return from <= today && today < to ? 'so far' : '';
}

/** A week below a chart. @param {Bucket} week @param {string} why as `whySmall` */
export const weekLabel = ({ from }, why) => (why ? [shortDay(from), why] : shortDay(from));

/** Days of a week in a table. @param {Bucket} week @param {string} why as `whySmall` */
export const weekTitle = ({ name, from, to }, why) => ({
  title: name,
  note: [`${shortDay(from)} to ${shortDay(dayAfter(to, -1))}`, why].filter(Boolean).join(', '),
});
