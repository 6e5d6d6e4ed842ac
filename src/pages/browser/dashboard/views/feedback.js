/** How fast feedback comes, what is missing, and who owes it. */
import { count, counted, decimal, momentOf, NONE, percent, shortDay } from '../numbers.js';
import { countCell, rateCell } from './cells.js';
import { listed, titlesOf } from './people.js';
import { isOver, weekTitle, whySmall } from './week-names.js';

/** @typedef {import('../tiles.js').Frame} Frame */
/** @typedef {import('./views.js').Bucket} Bucket */
/** @typedef {import('./views.js').View} View */
/** @typedef {import('./views.js').Answer} Answer */

/** Days for which a week must be over, for its feedback to be mature: within a day; and for its median. */
const MATURE_DAYS = 1;
const SETTLED_DAYS = 7;

/** @param {Answer} answer @param {Frame} frame @returns {View} */
export function speed({ groups }, frame) {
  const lines = groups
    .filter(({ key }) => key.period)
    .map(({ key, values }) => ({ bucket: /** @type {Bucket} */ (key.period), values }));
  const labels = lines.map(({ bucket }) => shortDay(bucket.from));
  const isMature = (/** @type {Bucket} */ bucket) => isOver(bucket, frame, MATURE_DAYS);
  const isSettled = (/** @type {Bucket} */ bucket) => isOver(bucket, frame, SETTLED_DAYS);
  const young = { text: 'not yet', isQuiet: true };
  const mature = lines.filter(({ bucket }) => isMature(bucket));
  return {
    drawings: [
      {
        kind: 'line',
        labels,
        series: [
          {
            title: 'Within 24 hours',
            color: '--held',
            values: lines.map(({ bucket, values }) => (isMature(bucket) ? values.feedbackWithin.value : null)),
          },
        ],
        written: percent,
        max: 1,
      },
      {
        kind: 'line',
        labels,
        series: [
          {
            title: 'Hours until half was given',
            color: '--held',
            values: lines.map(({ bucket, values }) =>
              isSettled(bucket) ? values.timeToFeedback.percentileOfDue : null,
            ),
          },
        ],
        written: (value) => `${decimal(value)} h`,
      },
    ],
    numbers: {
      head: ['Week', 'Given so far', 'Within 24 hours', 'Hours until half was given'],
      lines: lines.map(({ bucket, values: { feedback, feedbackWithin, timeToFeedback } }) => {
        const rows = (/** @type {string} */ metric) => ({
          metric,
          days: frame.period,
          keys: [/** @type {[string, string]} */ (['week', bucket.from])],
        });
        const median = timeToFeedback.percentileOfDue;
        return {
          ...weekTitle(bucket, whySmall(bucket, frame.period, frame)),
          cells: [
            rateCell(rows('feedbackRate'), feedback),
            isMature(bucket) ? rateCell(rows('feedbackWithin24HoursRate'), feedbackWithin) : young,
            isSettled(bucket)
              ? {
                  text: decimal(median),
                  rows: median === null ? null : rows('timeToFeedbackMedianOfDue'),
                  isQuiet: median === null,
                }
              : young,
          ],
        };
      }),
    },
    said:
      mature.length === 0
        ? 'No week of this period has been over for a day.'
        : `Mature are ${counted(mature.length, 'week', 'weeks')}, over for a day or longer; the median needs seven days.`,
  };
}

/** Ages of missing feedback: title and part. */
const AGES = /** @type {const} */ ([
  ['Less than a day', 'underOneDay'],
  ['1 to 3 days', 'oneToThreeDays'],
  ['3 to 7 days', 'threeToSevenDays'],
  ['7 to 30 days', 'sevenToThirtyDays'],
  ['30 days and more', 'overThirtyDays'],
]);

/** @param {Answer} answer @returns {View} */
export function backlog({ total: { feedbackBacklog: missing } }) {
  const most = Math.max(1, ...AGES.map(([, part]) => missing[part]));
  const all = (/** @type {string} */ metric, /** @type {number} */ value) => countCell({ metric, days: null }, value);
  return {
    numbers: {
      head: ['Since the end of the slot', 'Missing'],
      lines: [
        ...AGES.map(([title, part]) => ({
          title,
          cells: [{ text: count(missing[part]), share: missing[part] / most }],
        })),
        { title: 'Of the last 30 days', cells: [all('feedbackBacklogUnderThirtyDays', missing.underThirtyDays)] },
        { title: 'All', cells: [all('feedbackBacklog', missing.total)] },
      ],
    },
    said: missing.oldestEndedAt
      ? `The oldest has been missing since ${momentOf(missing.oldestEndedAt)}. What is older than 30 days rarely comes.`
      : 'Nothing is missing.',
  };
}

/** @param {Answer} answer @returns {View} */
export function owed(answer) {
  const most = Math.max(1, ...answer.groups.map(({ values }) => values.feedbackBacklog.total));
  const titles = titlesOf(answer.groups.map(({ key }) => key.interviewer));
  return {
    numbers: {
      head: ['Interviewer', 'Missing', 'Of the last 30 days', 'Oldest since'],
      lines: answer.groups.map(({ key: { interviewer }, values: { feedbackBacklog: missing } }, at) => {
        const rows = (/** @type {string} */ metric) => ({
          metric,
          days: null,
          keys: [/** @type {[string, string | null]} */ (['interviewer', interviewer?.employeeId ?? null])],
        });
        return {
          title: '',
          ...titles[at],
          cells: [
            countCell(rows('feedbackBacklog'), missing.total, { share: missing.total / most }),
            countCell(rows('feedbackBacklogUnderThirtyDays'), missing.underThirtyDays),
            { text: missing.oldestEndedAt ? shortMoment(missing.oldestEndedAt) : NONE },
          ],
        };
      }),
    },
    said: answer.groups.length === 0 ? 'Nobody owes feedback.' : listed(answer, 'interviewers who owe feedback'),
  };
}

/** @param {string} instant */
const shortMoment = (instant) => momentOf(instant).replace(/, .*/, '');
