/** Slots by week, job, weekday and hour. */
import { count, counted, decimal } from '../numbers.js';
import { countCell, rateCell } from './cells.js';
import { listed } from './people.js';
import { weekLabel, weekTitle, whySmall } from './week-names.js';

/** @typedef {import('../tiles.js').Frame} Frame */
/** @typedef {import('./views.js').Bucket} Bucket */
/** @typedef {import('./views.js').View} View */
/** @typedef {import('./views.js').Answer} Answer */

/** @type {[state: string, title: string, color: string][]} */
const STATES = [
  ['HELD', 'Held', '--held'],
  ['UPCOMING', 'Upcoming', '--upcoming'],
  ['CANCELED', 'Canceled', '--canceled'],
  ['UNKNOWN_TIME', 'Unknown time', '--unknown'],
];

/** @param {Answer} answer @param {Frame} frame @returns {View} */
export function weeks({ groups }, frame) {
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

/** @param {Answer} answer @param {Frame} frame @param {Answer} busiest among all jobs @returns {View} */
export function jobs(answer, { period: days }, { groupCount = 0 }) {
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
    said:
      answer.groups.length === 0
        ? 'There are no interviews in this period.'
        : listed({ ...answer, groupCount }, 'jobs'),
  };
}

const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** @param {Answer} answer @param {Frame} frame @returns {View} */
export function hours({ groups }, { period: days }) {
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
