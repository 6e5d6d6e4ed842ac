/** The form of filters and columns: its parameters, as the extract takes them, and suggestions for it. */
import { addressOf, ask, element } from './service.js';

/** The fields of the form that are parameters as they are. */
const FIELDS = [
  'jobId',
  'interviewerEmployeeId',
  'applicationStage',
  'interviewType',
  'interviewerStatus',
  'candidateStatus',
  'interviewCanceled',
];

/** How many things are suggested at once. */
const SUGGESTIONS = 50;

/**
 * The day so many days after another, both as yyyy-MM-dd.
 * @param {string} day
 * @param {number} days
 */
function dayAfter(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/**
 * The filters of a form, as parameters of the extract.
 * @param {HTMLFormElement} form
 */
export function filtersOf(form) {
  const data = new FormData(form);
  const text = (/** @type {string} */ name) => String(data.get(name) ?? '').trim();
  const parameters = new URLSearchParams();
  if (text('firstDay')) parameters.append('startsFrom', text('firstDay'));
  if (text('lastDay')) parameters.append('startsBefore', dayAfter(text('lastDay'), 1));
  for (const name of FIELDS)
    for (const value of data.getAll(name)) if (String(value).trim()) parameters.append(name, String(value).trim());
  return parameters;
}

/**
 * Fills a form with filters that it gave before.
 * @param {HTMLFormElement} form
 * @param {URLSearchParams} filters
 */
export function restore(form, filters) {
  const [from, before] = [filters.get('startsFrom'), filters.get('startsBefore')];
  const values = new URLSearchParams(filters);
  if (from) values.set('firstDay', from);
  if (before) values.set('lastDay', dayAfter(before, -1));
  for (const input of form.querySelectorAll('input')) {
    const given = values.getAll(input.name);
    if (input.type === 'checkbox') input.checked = given.includes(input.value);
    else if (input.type === 'radio') input.checked = input.value === (given[0] ?? '');
    else input.value = given[0] ?? '';
  }
}

/** @param {HTMLFormElement} form @param {string} name */
const control = (form, name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/**
 * What is wrong with a form, or null.
 * @param {HTMLFormElement} form
 */
export function faultOf(form) {
  for (const date of [control(form, 'firstDay'), control(form, 'lastDay')])
    if (!date.validity.valid)
      return `“${date.labels?.[0]?.textContent?.trim()}” is not a day that exists: complete it, or empty the field.`;
  const job = control(form, 'jobId');
  if (!job.validity.valid)
    return `“${job.value.trim()}” is not the ID of a job: choose one of the list that opens while you type, or give an ID.`;
  const data = new FormData(form);
  const [first, last] = [data.get('firstDay'), data.get('lastDay')];
  if (first && last && String(first) > String(last)) return 'The period ends before it begins.';
  const boxes = form.querySelectorAll('[name=column]');
  if (boxes.length > 0 && data.getAll('column').length === 0) return 'No column is chosen.';
  return null;
}

/**
 * Calls `react` when what is chosen has changed, or what is wrong with it: of a date that is left half typed browsers send no `input`.
 * @param {HTMLFormElement} form
 * @param {() => void} react
 */
export function onChoice(form, react) {
  let said = faultOf(form);
  const look = () => {
    said = faultOf(form);
    react();
  };
  form.addEventListener('input', look);
  form.addEventListener('focusout', () => {
    if (faultOf(form) !== said) look();
  });
}

/**
 * The columns that are chosen, or null for all of them.
 * @param {HTMLFormElement} form
 */
export function columnsOf(form) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('[name=column]'));
  const chosen = [...boxes].filter((box) => box.checked).map((box) => box.value);
  return chosen.length === boxes.length ? null : chosen;
}

/** @typedef {{ value: string, label: string }} Suggestion */

const JOBS = `query JobSuggestions($where: JobWhere!) {
  jobs(first: ${SUGGESTIONS}, where: $where) { nodes { jobId title department } }
}`;
const INTERVIEWERS = `query InterviewerSuggestions($where: InterviewerWhere!) {
  interviewers(first: ${SUGGESTIONS}, where: $where) { nodes { employeeId name } }
}`;

/**
 * Suggests jobs by their titles and interviewers by their names while somebody types, out of the GraphQL API. Where that refuses (a token
 * without the scope, or operations of its own list only) the fields take ids, as they always do.
 * @param {HTMLFormElement} form
 * @param {string} token
 * @param {boolean} personal whether the token sees names
 */
export function suggest(form, token, personal) {
  suggestFor(form, 'jobId', 'jobs', (typed) =>
    query(token, JOBS, { where: typed ? { title: { contains: typed } } : {} }, ({ jobs }) =>
      jobs.nodes.map((/** @type {{ jobId: string, title: string | null, department: string | null }} */ job) => ({
        value: job.jobId,
        label: [job.title ?? job.jobId, job.department].filter(Boolean).join(', '),
      })),
    ),
  );
  control(form, 'interviewerEmployeeId').placeholder = personal ? 'Any; name or employee ID' : 'Any; employee ID';
  if (personal)
    suggestFor(form, 'interviewerEmployeeId', 'interviewers', (typed) =>
      query(token, INTERVIEWERS, { where: typed ? { search: typed } : {} }, ({ interviewers }) =>
        interviewers.nodes.map((/** @type {{ employeeId: string, name: string | null }} */ one) => ({
          value: one.employeeId,
          label: one.name ?? one.employeeId,
        })),
      ),
    );
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} list
 * @param {(typed: string) => Promise<Suggestion[]>} find
 */
function suggestFor(form, name, list, find) {
  const input = control(form, name);
  let latest = 0;
  const refresh = async () => {
    const mine = ++latest;
    const found = await find(input.value.trim());
    if (mine !== latest || found.length === 0) return;
    element(list).replaceChildren(
      ...found.map(({ value, label }) =>
        Object.assign(document.createElement('option'), { value, label, textContent: label }),
      ),
    );
  };
  // In place of those for a token from before.
  input.onfocus = () => {
    input.onfocus = null;
    void refresh();
  };
  input.oninput = refresh;
}

/**
 * @param {string} token
 * @param {string} text
 * @param {object} variables
 * @param {(data: any) => Suggestion[]} read
 * @returns {Promise<Suggestion[]>}
 */
async function query(token, text, variables, read) {
  try {
    const response = await ask(addressOf('graphql'), token, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: text, variables }),
    });
    const { data } = await response.json();
    return data ? read(data) : [];
  } catch {
    return [];
  }
}
