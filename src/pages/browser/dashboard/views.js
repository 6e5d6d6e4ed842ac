/** What each tile shows of its answer: a table, the charts above it, and a sentence. */
import {
  change,
  count,
  counted,
  dayAfter,
  daysOf,
  decimal,
  longDay,
  momentOf,
  NONE,
  partOf,
  percent,
  shortDay,
} from './numbers.js';

/** @typedef {import('./numbers.js').Rate} Rate */
/** @typedef {import('./table.js').Cell} Cell */
/** @typedef {import('./table.js').Evidence} Evidence */
/** @typedef {import('./table.js').Numbers} Numbers */
/** @typedef {import('./tiles.js').Frame} Frame */
/** @typedef {{ name: string, from: string, to: string, complete: boolean }} Bucket */
/** @typedef {{ title: string, value: string, part?: string, before: string, change: string, is: '' | 'better' | 'worse', rows: Evidence }} Figure */
/** @typedef {{ numbers?: Numbers, drawings?: import('./draw-chart.js').Drawing[], figures?: Figure[], said: string }} View */
/** @typedef {{ groups: any[], total: any, groupCount?: number, period?: Bucket, previousPeriod?: Bucket, previousTotal?: any }} Answer */

const HOUR_MS = 3_600_000;
/** In a calendar of the interviews’ own zones, a day is over everywhere only so long after its end in UTC. */
const FURTHEST_BEHIND_HOURS = 12;
/** Days for which a week must be over, for its feedback to be mature: within a day; and for its median. */
const MATURE_DAYS = 1;
const SETTLED_DAYS = 7;

/** Whether all of a week has been over for so many days. @param {Bucket} week @param {Frame} frame @param {number} days */
const isOver = ({ to, complete }, { at }, days) =>
  complete && Date.parse(`${to}T00:00:00Z`) + (24 * days + FURTHEST_BEHIND_HOURS) * HOUR_MS <= Date.parse(at);

/**
 * Why a week is smaller than the others: it isn’t over, or the period has only a part of it; '' otherwise.
 * @param {Bucket} week
 * @param {{ from: string, to: string }} period
 * @param {Frame} frame
 */
function whySmall({ from, to }, period, { today }) {
  if (from < period.from || to > period.to) return 'part';
  return from <= today && today < to ? 'so far' : '';
}

/** A week below a chart. @param {Bucket} week @param {string} why as `whySmall` */
const weekLabel = ({ from }, why) => (why ? [shortDay(from), why] : shortDay(from));

/** Days of a week in a table. @param {Bucket} week @param {string} why as `whySmall` */
const weekTitle = ({ name, from, to }, why) => ({
  title: name,
  note: [`${shortDay(from)} to ${shortDay(dayAfter(to, -1))}`, why].filter(Boolean).join(', '),
});

/** @param {Evidence} rows @param {number} value @param {Partial<Cell>} [more] @returns {Cell} */
const countCell = (rows, value, more = {}) => ({
  text: count(value),
  rows: value > 0 ? rows : null,
  isQuiet: value === 0,
  ...more,
});

/** A share, with its part and its whole. @param {Evidence} rows @param {Rate} rate @returns {Cell} */
const rateCell = (rows, rate) =>
  rate.denominator === 0 ? { text: NONE, isQuiet: true } : { text: percent(rate.value), note: partOf(rate), rows };

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

/** @param {Answer} answer @param {Frame} frame @returns {View} */
function week({ total, previousTotal, previousPeriod }, { week: days }) {
  const figures = FIGURES.map(([title, metric, better, of]) => {
    const [now, then] = [of(total), previousTotal && of(previousTotal)];
    const [value, before] = [numberOf(now), numberOf(then)];
    const isKnown = value !== null && before !== null;
    const isBetter = isKnown && value !== before && better !== null ? value > before === (better === 'HIGHER') : null;
    return {
      title,
      value: written(now),
      ...(typeof now === 'object' && now !== null && { part: partOf(now) }),
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

/** @type {[state: string, title: string, color: string][]} */
const STATES = [
  ['HELD', 'Held', '--held'],
  ['UPCOMING', 'Upcoming', '--upcoming'],
  ['CANCELED', 'Canceled', '--canceled'],
  ['UNKNOWN_TIME', 'Unknown time', '--unknown'],
];

/** @param {Answer} answer @param {Frame} frame @returns {View} */
function weeks({ groups }, frame) {
  const { shown } = frame;
  const why = (/** @type {Bucket} */ bucket) => whySmall(bucket, shown, frame);
  /** @type {Map<string, { bucket: Bucket, slots: Record<string, number> }>} */
  const found = new Map();
  for (const { key, values } of groups) {
    if (!key.period || !key.slotState) continue;
    const slots = found.get(key.period.from)?.slots ?? {};
    slots[key.slotState] = values.slots;
    found.set(key.period.from, { bucket: key.period, slots });
  }
  const lines = [...found.values()];
  const states = STATES.filter(([state], at) => at < 3 || lines.some(({ slots }) => (slots[state] ?? 0) > 0));
  const sum = (/** @type {string} */ state) => lines.reduce((all, { slots }) => all + (slots[state] ?? 0), 0);
  return {
    drawings: [
      {
        kind: 'bar',
        labels: lines.map(({ bucket }) => weekLabel(bucket, why(bucket))),
        series: states.map(([state, title, color]) => ({
          title,
          color,
          values: lines.map(({ slots }) => slots[state] ?? 0),
        })),
        written: count,
      },
    ],
    numbers: {
      head: ['Week', ...states.map(([, title]) => title)],
      lines: lines.map(({ bucket, slots }) => ({
        ...weekTitle(bucket, why(bucket)),
        cells: states.map(([state]) =>
          countCell(
            {
              metric: 'slots',
              days: shown,
              keys: [
                ['week', bucket.from],
                ['slotState', state],
              ],
            },
            slots[state] ?? 0,
          ),
        ),
      })),
    },
    said:
      lines.length === 0
        ? ''
        : `${counted(sum('HELD'), 'slot', 'slots')} held, ${count(sum('UPCOMING'))} to come, ${count(sum('CANCELED'))} canceled.`,
  };
}

/** @param {Answer} answer @param {Frame} frame @returns {View} */
function speed({ groups }, frame) {
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
function backlog({ total: { feedbackBacklog: missing } }) {
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

/** The name of an interviewer, or the ID where there is none to be seen. @param {{ employeeId: string, name?: string | null } | null} interviewer */
const nameOf = (interviewer) => (interviewer ? interviewer.name || interviewer.employeeId : 'Without an employee ID');

/** The titles of interviewers; those who share a name have their IDs beside it. @param {({ employeeId: string, name?: string | null } | null)[]} interviewers */
function titlesOf(interviewers) {
  const names = interviewers.map(nameOf);
  return interviewers.map((interviewer, at) => {
    const name = nameOf(interviewer);
    const isShared = names.some((other, otherAt) => other === name && otherAt !== at);
    return { title: name, note: isShared && interviewer ? interviewer.employeeId : '' };
  });
}

/** How many of all groups are shown. @param {Answer} answer @param {string} many */
const listed = ({ groups, groupCount = 0 }, many) =>
  groupCount > groups.length ? `The first ${groups.length} of ${count(groupCount)} ${many}.` : '';

/** @param {Answer} answer @returns {View} */
function owed(answer) {
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

/** @param {Answer} answer @param {Frame} frame @param {Answer} people @returns {View} */
function load({ groups }, { period }, people) {
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
function answers({ groups }, { today, soon }) {
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
function overlaps(answer, { today }) {
  const days = { from: today, to: null };
  const titles = titlesOf(answer.groups.map(({ key }) => key.interviewer));
  return {
    numbers: {
      head: ['Interviewer', 'Overlapping appointments'],
      lines: answer.groups.map(({ key: { interviewer }, values }, at) => ({
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
      answer.total.overlapping === 0
        ? 'Nobody is booked twice at a time.'
        : `${counted(answer.total.overlapping, 'appointment overlaps', 'appointments overlap')} another one of the same interviewer. ${listed(answer, 'interviewers')}`,
  };
}

/** @param {Answer} answer @param {Frame} frame @returns {View} */
function jobs(answer, { period: days }) {
  const most = Math.max(1, ...answer.groups.map(({ values }) => values.heldSlots));
  return {
    numbers: {
      head: ['Job', 'Held slots', 'Candidates', 'Canceled', 'Feedback given', 'Hired', 'Held slots per hire'],
      lines: answer.groups.map(({ key: { job }, values }) => {
        const rows = (/** @type {string} */ metric) => ({
          metric,
          days,
          keys: [/** @type {[string, string | null]} */ (['job', job?.jobId ?? null])],
        });
        return {
          title: job ? job.title || job.jobId : 'Without a job',
          note: job?.department ?? '',
          cells: [
            countCell(rows('heldSlots'), values.heldSlots, { share: values.heldSlots / most }),
            countCell(rows('candidates'), values.candidates),
            rateCell(rows('cancellationRate'), values.cancellation),
            rateCell(rows('feedbackRate'), values.feedback),
            countCell(rows('hiredApplications'), values.hiredApplications),
            { text: decimal(values.heldSlotsPerHire), isQuiet: values.heldSlotsPerHire === null },
          ],
        };
      }),
    },
    said: answer.groups.length === 0 ? 'There are no interviews in this period.' : listed(answer, 'jobs'),
  };
}

const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** @param {Answer} answer @param {Frame} frame @returns {View} */
function hours({ groups }, { period: days }) {
  const found = groups.filter(({ key, values }) => key.weekday && key.hour !== null && values.heldSlots > 0);
  const held = new Map(found.map(({ key, values }) => [`${key.weekday} ${key.hour}`, values.heldSlots]));
  const all = found.map(({ key }) => key.hour);
  const first = Math.min(...all);
  const columns = all.length === 0 ? [] : Array.from({ length: Math.max(...all) - first + 1 }, (_, at) => first + at);
  const used = WEEKDAYS.filter((weekday, at) => at < 5 || found.some(({ key }) => key.weekday === weekday));
  const most = Math.max(1, ...held.values());
  return {
    numbers: {
      head: ['Weekday', ...columns.map((hour) => `${String(hour).padStart(2, '0')}:00`)],
      lines:
        columns.length === 0
          ? []
          : used.map((weekday) => ({
              title: weekday.charAt(0) + weekday.slice(1).toLowerCase(),
              cells: columns.map((hour) => {
                const value = held.get(`${weekday} ${hour}`) ?? 0;
                return countCell(
                  {
                    metric: 'heldSlots',
                    days,
                    keys: [
                      ['weekday', weekday],
                      ['hour', String(hour)],
                    ],
                  },
                  value,
                  { heat: value / most },
                );
              }),
            })),
    },
    said: columns.length === 0 ? 'No slot was held in this period.' : '',
  };
}

export const VIEWS = { week, weeks, speed, backlog, owed, load, answers, overlaps, jobs, hours };
