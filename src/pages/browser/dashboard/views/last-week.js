/** Last week beside the week before. */
import { change, count, daysOf, decimal, partOf, percent } from '../numbers.js';

/** @typedef {import('../numbers.js').Rate} Rate */
/** @typedef {import('../tiles.js').Frame} Frame */
/** @typedef {import('./views.js').View} View */
/** @typedef {import('./views.js').Answer} Answer */

/** What may be compared: which way is better, and whether it is a share. @type {[title: string, metric: string, better: 'HIGHER' | 'LOWER' | null, of: (total: any) => number | Rate | null][]} */
const FIGURES = [
  ['Held slots', 'heldSlots', null, ({ heldSlots }) => heldSlots],
  ['Interviewer hours', 'heldInterviewerHours', null, ({ heldInterviewerHours }) => heldInterviewerHours],
  ['Canceled interviews', 'cancellationRate', 'LOWER', ({ cancellation }) => cancellation],
  ['Feedback given', 'feedbackRate', 'HIGHER', ({ feedback }) => feedback],
  ['Feedback within 24 hours', 'feedbackWithin24HoursRate', 'HIGHER', ({ feedbackWithin }) => feedbackWithin],
  ['Held, though all declined', 'heldSlotsAllDeclined', 'LOWER', ({ heldSlotsAllDeclined }) => heldSlotsAllDeclined],
];

/** @param {number | Rate | null} value */
const isRate = (value) => typeof value === 'object' && value !== null;
/** @param {number | Rate | null} value */
const numberOf = (value) => (typeof value === 'object' ? (value?.value ?? null) : value);
/** @param {number | Rate | null} value */
const written = (value) => (isRate(value) ? percent(numberOf(value)) : decimal(numberOf(value)));

/** What a share of feedback lacks, which is what one wants to ask for. @param {string} metric @param {number | Rate | null} value @param {import('../tiles.js').Days} days */
function missing(metric, value, days) {
  if (metric !== 'feedbackRate' || typeof value !== 'object' || value === null) return null;
  const lacking = value.denominator - value.numerator;
  return lacking > 0 ? { text: `${count(lacking)} missing`, rows: { metric: 'feedbackBacklog', days } } : null;
}

/** @param {Answer} answer @param {Frame} frame @returns {View} */
export function week({ total, previousTotal, previousPeriod }, { week: days }) {
  const figures = FIGURES.map(([title, metric, better, of]) => {
    const [now, then] = [of(total), previousTotal && of(previousTotal)];
    const [value, before] = [numberOf(now), numberOf(then)];
    const isKnown = value !== null && before !== null;
    const isBetter = isKnown && value !== before && better !== null ? value > before === (better === 'HIGHER') : null;
    return {
      title,
      value: written(now),
      ...(typeof now === 'object' && now !== null && { part: partOf(now) }),
      rest: missing(metric, now, days),
      before: written(then),
      change: isKnown ? change(value, before, isRate(now)) : '',
      is:
        isBetter === null
          ? /** @type {const} */ ('')
          : isBetter
            ? /** @type {const} */ ('better')
            : /** @type {const} */ ('worse'),
      rows: { metric, days },
    };
  });
  const then = previousPeriod && `, beside ${daysOf(previousPeriod)} when it was as old`;
  return { figures, said: `${daysOf(days)}${then ?? ''}.` };
}
