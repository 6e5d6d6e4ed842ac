/** The load of interviewers, what they answered, and where they are booked twice. */
import { count, counted, longDay, shortDay } from '../numbers.js';
import { countCell } from './cells.js';
import { titlesOf } from './people.js';

/** @typedef {import('../tiles.js').Frame} Frame */
/** @typedef {import('./views.js').View} View */
/** @typedef {import('./views.js').Answer} Answer */

/** @param {Answer} answer @param {Frame} frame @param {Answer} people @returns {View} */
export function load({ groups }, { period }, people) {
  const ids = people.groups.flatMap(({ key: { interviewer } }) => interviewer ?? []);
  const titles = titlesOf(ids);
  const buckets = [
    ...new Map(groups.filter(({ key }) => key.period).map(({ key }) => [key.period.from, key.period])).values(),
  ];
  const held = new Map(
    groups.map(({ key, values }) => [
      `${key.interviewer?.employeeId} ${key.period?.from}`,
      values.feedback.denominator,
    ]),
  );
  const most = Math.max(1, ...held.values());
  return {
    numbers: {
      head: ['Interviewer', ...buckets.map(({ from }) => shortDay(from))],
      lines: ids.map((interviewer, at) => ({
        title: '',
        ...titles[at],
        cells: buckets.map(({ from }) => {
          const value = held.get(`${interviewer.employeeId} ${from}`) ?? 0;
          return countCell(
            {
              metric: 'feedbackDue',
              days: period,
              keys: [
                ['interviewer', interviewer.employeeId],
                ['week', from],
              ],
            },
            value,
            { heat: value / most },
          );
        }),
      })),
    },
    said:
      ids.length === 0
        ? 'Nobody interviewed in this period.'
        : `Who interviewed most in this period, most first${buckets.some(({ complete }) => !complete) ? '; the last week isn’t over' : ''}.`,
  };
}

/** @param {Answer} answer @param {Frame} frame @returns {View} */
export function answers({ groups }, { today, soon }) {
  const days = { from: today, to: soon };
  const sum = (/** @type {(values: any) => number} */ of) => groups.reduce((all, { values }) => all + of(values), 0);
  return {
    numbers: {
      head: ['Day', 'Accepted', 'Open', 'Declined', 'Slots to come', 'Without interviewers'],
      lines: groups
        .filter(({ key }) => key.period)
        .map(({ key: { period }, values }) => {
          const rows = (/** @type {string} */ metric, /** @type {string[]} */ ...answers) => ({
            metric,
            days,
            keys: [/** @type {[string, string]} */ (['day', period.from])],
            filters: answers.map((value) => /** @type {[string, string]} */ (['interviewerStatus', value])),
          });
          return {
            title: longDay(period.from),
            cells: [
              countCell(rows('interviewerOpenRate', 'ACCEPTED'), values.interviewerAcceptance.numerator),
              countCell(rows('interviewerOpenRate', 'PENDING', 'TENTATIVE'), values.interviewerOpen.numerator),
              countCell(rows('interviewerOpenRate', 'DECLINED'), values.interviewerDecline.numerator),
              countCell(rows('upcomingSlots'), values.upcomingSlots),
              countCell(rows('upcomingSlotsUncovered'), values.upcomingSlotsUncovered),
            ],
          };
        }),
    },
    said: `${counted(
      sum(({ interviewerOpen }) => interviewerOpen.numerator),
      'answer is',
      'answers are',
    )} open, ${count(sum(({ interviewerDecline }) => interviewerDecline.numerator))} declined.`,
  };
}

/** @param {Answer} answer @param {Frame} frame @returns {View} */
export function overlaps({ groups, groupCount = 0 }, { today }) {
  const days = { from: today, to: null };
  const titles = titlesOf(groups.map(({ key }) => key.interviewer));
  return {
    numbers: {
      head: ['Interviewer', 'Overlapping appointments'],
      lines: groups.map(({ key: { interviewer }, values }, at) => ({
        title: '',
        ...titles[at],
        cells: [
          countCell(
            { metric: 'overlapping', days, keys: [['interviewer', interviewer?.employeeId ?? null]] },
            values.overlapping,
          ),
        ],
      })),
    },
    said:
      groups.length === 0
        ? 'Nobody is booked twice at a time.'
        : `${counted(groupCount, 'interviewer is', 'interviewers are')} booked twice at a time${groupCount > groups.length ? `; the first ${groups.length} are listed` : ''}.`,
  };
}
