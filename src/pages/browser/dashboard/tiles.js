/**
 * What the dashboard asks: one operation of the GraphQL API for each tile. The same tile as a table of the REST API, and the rows behind each of its
 * numbers, follow from the same line.
 */
import { addressOf, EXTRACT } from '../service.js';
import { whereOf } from './choice.js';

/** @typedef {{ from: string | null, to: string | null }} Days a period: its first day, and the day after its last */
/** @typedef {[name: string, value: string][]} Filters as the parameters of the extract */
/**
 * @typedef {{ at: string, timeZone: string | null, filters: Filters, period: Days & { from: string, to: string }, shown: Days & { from: string, to: string },
 *   week: Days & { from: string, to: string }, today: string, soon: string }} Frame what all tiles have in common, in days: the period asked for,
 *   the same with the weeks to come, the last week that is over, the day of the clock and the one a week later; `at` is the clock
 */

/**
 * @typedef {{
 *   id: string, operation: string, days: (frame: Frame) => Days | null, groupBy: string[], values: string, metrics: string[],
 *   total?: string, having?: string, order?: string, first?: number, isCompared?: boolean, isOfPeople?: boolean, isOfJobs?: boolean }} Tile
 * `values` and `total` are selections of GraphQL, `metrics` the columns of the table with the same, `order` the metric by which groups descend;
 * `isOfPeople` where the filter has only the people that another tile found; `isOfJobs` where only the jobs that it found are asked for, since counting
 * the candidates of all takes long
 */

const RATE = '{ value numerator denominator }';

/** The days of all time: what is missing is missing, however old. */
const always = () => null;
const inPeriod = (/** @type {Frame} */ { period }) => period;

/** How many people and jobs a list has. */
const LISTED = 12;

/** @satisfies {Record<string, Tile>} */
export const TILES = {
  week: {
    id: 'week',
    operation: 'LastWeek',
    days: ({ week }) => week,
    groupBy: [],
    values: '',
    total: `heldSlots heldInterviewerHours cancellation ${RATE} feedback ${RATE} feedbackWithin(hours: 24) ${RATE} heldSlotsAllDeclined`,
    metrics: [
      'heldSlots',
      'heldInterviewerHours',
      'cancellationRate',
      'feedbackRate',
      'feedbackWithin24HoursRate',
      'heldSlotsAllDeclined',
    ],
    isCompared: true,
  },
  weeks: {
    id: 'weeks',
    operation: 'SlotsByWeek',
    days: ({ shown }) => shown,
    groupBy: ['WEEK', 'SLOT_STATE'],
    values: 'slots',
    metrics: ['slots'],
  },
  speed: {
    id: 'speed',
    operation: 'FeedbackByWeek',
    days: inPeriod,
    groupBy: ['WEEK'],
    values: `feedback ${RATE} feedbackWithin(hours: 24) ${RATE} timeToFeedback { percentileOfDue(p: 0.5) }`,
    metrics: ['feedbackRate', 'feedbackWithin24HoursRate', 'timeToFeedbackMedianOfDue'],
  },
  backlog: {
    id: 'backlog',
    operation: 'MissingFeedback',
    days: always,
    groupBy: [],
    values: '',
    total:
      'feedbackBacklog { total underThirtyDays underOneDay oneToThreeDays threeToSevenDays sevenToThirtyDays overThirtyDays oldestEndedAt }',
    metrics: ['feedbackBacklog', 'feedbackBacklogUnderThirtyDays'],
  },
  owed: {
    id: 'owed',
    operation: 'WhoOwesFeedback',
    days: always,
    groupBy: ['INTERVIEWER'],
    values: 'feedbackBacklog { total underThirtyDays oldestEndedAt }',
    metrics: ['feedbackBacklog', 'feedbackBacklogUnderThirtyDays'],
    having: 'FEEDBACK_BACKLOG',
    order: 'FEEDBACK_BACKLOG',
    first: LISTED,
  },
  people: {
    id: 'people',
    operation: 'BusiestInterviewers',
    days: inPeriod,
    groupBy: ['INTERVIEWER'],
    values: 'feedback { denominator }',
    metrics: ['feedbackDue'],
    having: 'FEEDBACK_DUE',
    order: 'FEEDBACK_DUE',
    // One more than there is room for: the group of everybody without an employee ID may be among them.
    first: LISTED + 1,
  },
  load: {
    id: 'load',
    operation: 'LoadByWeek',
    days: inPeriod,
    groupBy: ['INTERVIEWER', 'WEEK'],
    values: 'feedback { denominator }',
    metrics: ['feedbackDue'],
    isOfPeople: true,
  },
  answers: {
    id: 'answers',
    operation: 'AnswersToCome',
    days: ({ today, soon }) => ({ from: today, to: soon }),
    groupBy: ['DAY'],
    values:
      'interviewerAcceptance { numerator } interviewerOpen { numerator denominator } interviewerDecline { numerator } upcomingSlots upcomingSlotsUncovered',
    metrics: [
      'interviewerAcceptanceRate',
      'interviewerOpenRate',
      'interviewerDeclineRate',
      'upcomingSlots',
      'upcomingSlotsUncovered',
    ],
  },
  overlaps: {
    id: 'overlaps',
    operation: 'DoubleBookings',
    days: ({ today }) => ({ from: today, to: null }),
    groupBy: ['INTERVIEWER'],
    values: 'overlapping',
    metrics: ['overlapping'],
    having: 'OVERLAPPING',
    order: 'OVERLAPPING',
    first: LISTED,
  },
  busiest: {
    id: 'busiest',
    operation: 'BusiestJobs',
    days: inPeriod,
    groupBy: ['JOB'],
    values: 'heldSlots',
    metrics: ['heldSlots'],
    order: 'HELD_SLOTS',
    first: LISTED,
  },
  jobs: {
    id: 'jobs',
    operation: 'Jobs',
    days: inPeriod,
    groupBy: ['JOB'],
    values: `heldSlots candidates cancellation ${RATE} feedback ${RATE} hiredApplications heldSlotsPerHire`,
    metrics: ['heldSlots', 'candidates', 'cancellationRate', 'feedbackRate', 'hiredApplications', 'heldSlotsPerHire'],
    order: 'HELD_SLOTS',
    first: LISTED,
    isOfJobs: true,
  },
  hours: {
    id: 'hours',
    operation: 'WeekdaysAndHours',
    days: inPeriod,
    groupBy: ['WEEKDAY', 'HOUR'],
    values: 'heldSlots',
    metrics: ['heldSlots'],
  },
};

/** @typedef {keyof typeof TILES} TileName */

/** What is selected of a group’s key. Names of people need the scope personal; without it there are IDs. @type {Record<string, (seesNames: boolean) => string>} */
const KEYS = {
  DAY: () => 'period { name from to complete }',
  WEEK: () => 'period { name from to complete }',
  SLOT_STATE: () => 'slotState',
  INTERVIEWER: (seesNames) => `interviewer { employeeId${seesNames ? ' name' : ''} }`,
  JOB: () => 'job { jobId title department }',
  WEEKDAY: () => 'weekday',
  HOUR: () => 'hour',
};

/** The operation of a tile. @param {Tile} tile @param {boolean} seesNames @param {string} variables what it takes */
function documentOf({ operation, groupBy, values, total, having, order, first, isCompared }, seesNames, variables) {
  const given = [
    'period: $period',
    'where: $where',
    'at: $at',
    groupBy.length > 0 && `groupBy: [${groupBy.join(', ')}]`,
    having && `having: [{ metric: ${having}, gt: 0 }]`,
    order && `orderBy: [{ metric: ${order}, direction: DESC }]`,
    first && `first: ${first}`,
    isCompared && 'compareTo: PREVIOUS_PERIOD',
  ].filter(Boolean);
  const keys = groupBy.map((dimension) => KEYS[dimension]?.(seesNames));
  const selected = [
    'dataVersion',
    groupBy.length > 0 && `groups { key { ${keys.join(' ')} } values { ${values} } }`,
    first && 'groupCount',
    total && `total { ${total} }`,
    isCompared && `period { name from to } previousPeriod { name from to } previousTotal { ${total} }`,
  ].filter(Boolean);
  return `query ${operation}(${variables}) {
  metrics(${given.join(', ')}) {
    ${selected.join('\n    ')}
  }
}`;
}

/** @param {Tile} tile @param {Frame} frame */
function variablesOf({ days }, { at, timeZone, filters, ...frame }) {
  const { from = null, to = null } = days({ at, timeZone, filters, ...frame }) ?? {};
  const period = { ...(from && { from }), ...(to && { to }), ...(timeZone && { timeZone }) };
  return { period, where: whereOf(filters), at };
}

const VARIABLES = '$period: MetricPeriod!, $where: AppointmentWhere, $at: DateTime!';

/**
 * The request of a tile.
 * @param {Tile} tile
 * @param {Frame} frame
 * @param {boolean} seesNames
 * @param {(string | null)[] | null} [jobs] the only ones that it is asked for; null among them: what has none
 */
export function requestOf(tile, frame, seesNames, jobs = null) {
  const { where, ...variables } = variablesOf(tile, frame);
  return {
    query: documentOf(tile, seesNames, VARIABLES),
    variables: { ...variables, where: jobs && jobs.length > 0 ? ofJobs(where, jobs) : where },
  };
}

/** A condition that also asks for these jobs only; no filter of the extract says that a row has none. @param {object | null} where @param {(string | null)[]} jobs */
function ofJobs(where, jobs) {
  // In one order, whichever is first at present: what is asked for stays the same, and its answer is kept.
  const ids = jobs.filter((id) => id !== null).sort();
  const listed = { row: { jobId: { in: ids } } };
  const only = ids.length < jobs.length ? { or: [listed, { row: { jobId: { isNull: true } } }] } : listed;
  return where ? { and: [where, only] } : only;
}

/** Filters whose values are of an enumeration, which GraphQL writes without quotes. */
const ENUMERATIONS = ['interviewType'];

/** A value as GraphQL writes it. @param {unknown} value @param {boolean} [isEnumeration] @returns {string} */
function literal(value, isEnumeration = false) {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, isEnumeration)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return isEnumeration ? String(value) : JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, field]) => `${name}: ${literal(field, isEnumeration || ENUMERATIONS.includes(name))}`,
  );
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
}

/** A tile as an operation that needs no variables, to be pasted anywhere. @param {Tile} tile @param {Frame} frame @param {boolean} seesNames */
export function operationOf(tile, frame, seesNames) {
  const { period, where, at } = variablesOf(tile, frame);
  const variables = [
    `$period: MetricPeriod! = ${literal(period)}`,
    `$where: AppointmentWhere${where ? ` = ${literal(where)}` : ''}`,
    `$at: DateTime! = ${literal(at)}`,
  ];
  return documentOf(tile, seesNames, variables.join(', '));
}

/** `SLOT_STATE` as a parameter has it: slotState. @param {string} name */
const wordOf = (name) => name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** The parameters that say when, and of which rows. @param {Days | null} days @param {Frame} frame @returns {[string, string][]} */
function parametersOf(days, { at, timeZone, filters }) {
  const given = { from: days?.from, to: days?.to, at, timeZone };
  const own = Object.entries(given).flatMap(([name, value]) =>
    value ? [/** @type {[string, string]} */ ([name, value])] : [],
  );
  return [...own, ...filters];
}

/** An address of the extract, whose commas may stand as they are. @param {string} path @param {[string, string][]} parameters */
function extractAt(path, parameters) {
  const address = addressOf(EXTRACT + path);
  address.search = new URLSearchParams(parameters).toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return address;
}

/** The same as a table. @param {Tile} tile @param {Frame} frame @param {string} format @param {boolean} seesNames */
export function tableAddress({ metrics, groupBy, order, first, days, isCompared, id }, frame, format, seesNames) {
  // By age is what only GraphQL has; the table has the weeks of the slots instead.
  const dimensions = id === 'backlog' ? ['WEEK'] : groupBy;
  const hasRates = metrics.some((metric) => metric.endsWith('Rate'));
  const isNamed = dimensions.includes('JOB') || (dimensions.includes('INTERVIEWER') && seesNames);
  /** @type {[string, string | false | undefined][]} */
  const given = [
    ['metrics', metrics.join(',')],
    ['groupBy', dimensions.map(wordOf).join(',')],
    ['orderBy', order && `-${wordOf(order)}`],
    ['first', first?.toString()],
    ['counts', hasRates && 'true'],
    ['include', isNamed && 'names'],
    ['compareTo', isCompared && 'previousPeriod'],
    ['format', format],
  ];
  const own = given.flatMap(([name, value]) => (value ? [/** @type {[string, string]} */ ([name, value])] : []));
  return extractAt('/metrics', [...own, ...parametersOf(days(frame), frame)]);
}

/**
 * The address of the rows behind a number.
 * @param {Frame} frame
 * @param {{ metric: string, days: Days | null, keys?: [dimension: string, value: string | null][], filters?: Filters }} evidence a key of null: what
 *   doesn’t state it; `filters` beside those of the page
 */
export function rowsAddress(frame, { metric, days, keys = [], filters = [] }) {
  const own = keys.map(
    ([dimension, value]) =>
      /** @type {[string, string]} */ (['key', value === null ? dimension : `${dimension}:${value}`]),
  );
  return extractAt('', [['metric', metric], ...own, ...parametersOf(days, frame), ...filters]);
}
