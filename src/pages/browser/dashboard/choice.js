/** Period, time zone and filters: in the form, in the address of the page after `#`, and as the days that they mean at the clock. */
import { clearPeriod, filtersOf, restore } from '../download-form/download-form.js';
import { showByName } from '../download-form/look-up.js';
import { addressOf, askJson, element, patiently, Refusal } from '../service.js';
import { dayAfter } from './numbers.js';

/** @typedef {import('./tiles.js').Frame} Frame */
/** @typedef {{ version: string, importedAt: string | null, knownAt: string | null, sample: boolean, appointments: number, interviews: number }} Dataset */
/** @typedef {{ token: string, personal: boolean }} Viewer */
/** @typedef {{ signal: AbortSignal, tell: (text: string) => void }} Patience as `patiently` takes it */

const USUAL_PERIOD = '12-weeks';
/** Weeks to come that stand beside those of a period that reaches beyond the day of the clock. */
const WEEKS_AHEAD = 4;
/** More weeks than these are too many to be looked at by weeks; and the API has at most 1,000 groups. */
const MAX_WEEKS = 60;

/** @param {HTMLFormElement} form @param {string} name */
const control = (form, name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/** What is chosen, as parameters; the names of the start page, and the zone and the clock. @param {HTMLFormElement} form */
export function choiceOf(form) {
  const choice = filtersOf(form);
  for (const name of ['timeZone', 'at']) {
    const value = control(form, name).value.trim();
    if (value) choice.set(name, value);
  }
  return choice;
}

/** Chooses what the address says, and says what of it there isn’t. @param {HTMLFormElement} form */
export function openAddress(form) {
  const given = new URLSearchParams(location.hash.slice(1));
  restore(form, given);
  if (given.has('startsFrom') || given.has('startsBefore')) clearPeriod(form);
  const data = new FormData(form);
  const known = new Set([...data.keys(), 'startsFrom', 'startsBefore']);
  const lost = [...given].filter(
    ([name, value]) =>
      !known.has(name) || (['period', 'interviewType'].includes(name) && !data.getAll(name).includes(value)),
  );
  const said = lost.map(([name, value]) => `${name}=${value}`.slice(0, 80)).join(', ');
  element('link-fault').textContent = said && `The link also says what this page doesn’t have: ${said}.`;
  showByName();
}

/** Puts what is chosen into the address. @param {URLSearchParams} choice */
export function showAddress(choice) {
  const shown = new URLSearchParams(choice);
  if (shown.get('period') === USUAL_PERIOD) shown.delete('period');
  const hash = shown.toString();
  history.replaceState(null, '', location.pathname + location.search + (hash && `#${hash}`));
}

/** The address of this page with the days and the clock of now, so that whoever gets it sees the same. @param {Frame} frame */
export function linkOf({ period, at, timeZone, filters }) {
  const link = new URL(location.href);
  const given = { startsFrom: period.from, startsBefore: period.to, at, timeZone };
  const own = Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : []));
  link.hash = new URLSearchParams([...own, ...filters]).toString().replaceAll('%3A', ':');
  return link.href;
}

const QUERY = `query Dashboard($period: MetricPeriod!, $week: MetricPeriod!, $today: MetricPeriod!, $where: AppointmentWhere, $at: DateTime) {
  dataset { version importedAt knownAt sample appointments interviews }
  metrics(period: $period, at: $at) { at period { from to complete } }
  week: metrics(period: $week, at: $at) { period { from to } }
  today: metrics(period: $today, at: $at) { period { from to } }
  unknown: metrics(where: $where, at: $at) { total { appointments unknownTime } }
}`;

/**
 * Asks what is stored, and which days the choice means at the clock. Errors: a Refusal, also where a period is none for this page; the signal’s reason.
 * @param {URLSearchParams} choice
 * @param {Viewer} viewer
 * @param {Patience} patience
 * @returns {Promise<{ frame: Frame, dataset: Dataset, unknownTime: number, appointments: number }>}
 */
export async function askFrame(choice, viewer, patience) {
  const timeZone = choice.get('timeZone');
  const zone = timeZone ? { timeZone } : {};
  const weeks = Number(/^\d+/.exec(choice.get('period') ?? '')?.[0] ?? 0);
  const [from, to] = [choice.get('startsFrom'), choice.get('startsBefore')];
  const last = (/** @type {number} */ count, /** @type {string} */ unit, andCurrent = false) => ({
    last: { count, unit, andCurrent },
    ...zone,
  });
  if (weeks === 0 && !(from && to))
    throw new Refusal(400, 'Give both days of the period, the first and the last, or choose a number of weeks.');
  const filters = [...choice].filter(([name]) => ['jobId', 'interviewerEmployeeId', 'interviewType'].includes(name));
  const variables = {
    // A period of this page reaches to the present week, which isn’t over.
    period: weeks > 0 ? last(weeks, 'WEEK', true) : { from, to, ...zone },
    week: last(1, 'WEEK'),
    today: last(1, 'DAY', true),
    where: whereOf(filters),
    at: choice.get('at'),
  };
  const { metrics, week, today, unknown, dataset } = await operation({ query: QUERY, variables }, viewer, patience);
  const period = /** @type {{ from: string, to: string }} */ (metrics.period);
  const days = (Date.parse(period.to) - Date.parse(period.from)) / 86_400_000;
  if (days > MAX_WEEKS * 7)
    throw new Refusal(
      400,
      `The period has ${Math.ceil(days / 7)} weeks; this page shows at most ${MAX_WEEKS}. The API has no such limit.`,
    );
  const now = dayAfter(today.period.to, -1);
  return {
    frame: {
      at: metrics.at,
      timeZone,
      filters,
      period,
      shown: period.to > now ? { from: period.from, to: dayAfter(period.to, 7 * WEEKS_AHEAD) } : period,
      week: week.period,
      today: now,
      soon: dayAfter(now, 7),
    },
    dataset,
    unknownTime: unknown.total.unknownTime,
    appointments: unknown.total.appointments,
  };
}

/** The filters in GraphQL, on the fields of the row, as the extract has them. @param {[name: string, value: string][]} filters */
export function whereOf(filters) {
  /** @type {Record<string, { in: string[] }>} */
  const row = {};
  for (const [name, value] of filters) {
    row[name] ??= { in: [] };
    row[name].in.push(value);
  }
  return filters.length > 0 ? { row } : null;
}

/**
 * What an operation of the GraphQL API answers. It is sent again while the service is busy. Errors: a Refusal; the signal’s reason.
 * @param {{ query: string, variables: object }} request
 * @param {Viewer} viewer
 * @param {Patience} patience
 * @returns {Promise<any>}
 */
export async function operation(request, { token }, { signal, tell }) {
  const { body } = await patiently(
    () =>
      askJson(addressOf('graphql'), token, {
        method: 'POST',
        // By this type a refusal has a status that says so.
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify(request),
        signal,
      }),
    { signal, tell, passing: [503] },
  );
  if (body?.data && !body.errors) return body.data;
  throw new Refusal(500, body?.errors?.[0]?.message ?? 'Unexpected response from the service.');
}
