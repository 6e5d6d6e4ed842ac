/** The form of filters and columns: its parameters, as the extract takes them, and what is wrong with it, said where it is. */

import { element } from '../service.js';
import { faultOfName, idsOf, lookUp, NAME_FIELDS } from './look-up.js';

/** The fields of the form that are parameters as they are. */
const FIELDS = ['applicationStage', 'interviewType', 'interviewerStatus', 'candidateStatus', 'interviewCanceled'];

/** Milliseconds without a change after which what is chosen is looked at: nobody types a name without pauses. */
const PAUSE = 400;

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
 * The filters of a form in which nothing is wrong (`wrongField`), as parameters of the extract.
 * @param {HTMLFormElement} form
 */
export function filtersOf(form) {
  const data = new FormData(form);
  const [first, last] = [String(data.get('firstDay') ?? ''), String(data.get('lastDay') ?? '')];
  const parameters = new URLSearchParams();
  const period = String(data.get('period') ?? '');
  if (period) parameters.append('period', period);
  if (first) parameters.append('startsFrom', first);
  if (last) parameters.append('startsBefore', dayAfter(last, 1));
  for (const name of NAME_FIELDS) for (const id of idsOf(form, name)) parameters.append(name, id);
  for (const name of FIELDS) for (const value of data.getAll(name)) if (value) parameters.append(name, String(value));
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
  const boxes = columnBoxes(form).map((box) => box.value);
  for (const [name, all] of Object.entries({ column: boxes, include: [] })) {
    const listed = values.get(name)?.split(',') ?? all;
    values.delete(name);
    for (const value of listed) values.append(name, value);
  }
  if (from) values.set('firstDay', from);
  if (before && isDay(before)) values.set('lastDay', dayAfter(before, -1));
  const inputs = [...form.querySelectorAll('input')];
  for (const input of inputs) {
    const given = values.getAll(input.name);
    const isOffered = () => inputs.some(({ name, value }) => name === input.name && value === given[0]);
    if (input.type === 'checkbox') input.checked = given.includes(input.value);
    else if (input.type === 'radio') input.checked = isOffered() ? input.value === given[0] : input.defaultChecked;
    else input.value = given.join('; ');
  }
}

/** @param {string} text */
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** A period that is counted from now takes the place of days, and days that of such a period. @param {HTMLFormElement} form */
export function onePeriod(form) {
  form.addEventListener('input', ({ target }) => {
    const { name, value } = /** @type {HTMLInputElement} */ (target);
    if (name === 'period') for (const day of ['firstDay', 'lastDay']) control(form, day).value = '';
    if (value && ['firstDay', 'lastDay'].includes(name)) clearPeriod(form);
  });
}

/** @param {HTMLFormElement} form */
export const clearPeriod = (form) => {
  /** @type {HTMLInputElement} */ (form.querySelector('[name=period][value=""]')).checked = true;
};

/** Says which days a period has. @param {{ firstDay: string, lastDay: string } | undefined} period */
export function showPeriod(period) {
  const day = (/** @type {string} */ text) =>
    new Date(text).toLocaleDateString(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
  element('period-note').textContent = period
    ? `That is ${period.firstDay === period.lastDay ? day(period.firstDay) : `${day(period.firstDay)} to ${day(period.lastDay)}`}.`
    : '';
}

/** @param {HTMLFormElement} form @param {string} name */
const control = (form, name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/** @typedef {{ at: string, field: HTMLElement, message: string | null }} Check a message stands in the element `${at}-fault` */

/** What may be wrong with a form, in its order. @param {HTMLFormElement} form @returns {Check[]} */
function checks(form) {
  const [first, last] = [control(form, 'firstDay'), control(form, 'lastDay')];
  const unreal = [first, last].find((date) => !date.validity.valid);
  const isReversed = first.value && last.value && first.value > last.value;
  const boxes = columnBoxes(form);
  const period = unreal
    ? `“${unreal.labels?.[0]?.textContent?.trim()}” isn’t a valid date: complete it, or clear the field.`
    : isReversed
      ? 'The period ends before it begins.'
      : null;
  const found = [
    { at: 'period', field: unreal ?? last, message: period },
    ...NAME_FIELDS.map((name) => ({ at: name, field: control(form, name), message: faultOfName(form, name) })),
  ];
  if (boxes.length === 0) return found;
  const columns = boxes.some((box) => box.checked) ? null : 'No column is chosen.';
  return [...found, { at: 'columns', field: element('all-columns'), message: columns }];
}

/**
 * Says what is wrong with a form, each where it is, as far as that is known without asking. Gives the first field that is wrong, or null.
 * @param {HTMLFormElement} form
 * @returns {HTMLElement | null}
 */
export function showFaults(form) {
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  const all = checks(form);
  for (const { at, field, message } of all) {
    const said = element(`${at}-fault`);
    // Said again, it would be read out again.
    if (said.textContent !== (message ?? '')) said.textContent = message;
    if (message !== null && field instanceof HTMLInputElement) field.setAttribute('aria-invalid', 'true');
  }
  return all.find(({ message }) => message !== null)?.field ?? null;
}

/**
 * Looks up who is meant by names, and says what is wrong with a form as `showFaults` does. Errors: as `lookUp`.
 * @param {HTMLFormElement} form
 * @param {import('./look-up.js').Viewer} viewer
 * @param {import('./look-up.js').Patience} patience
 */
export async function wrongField(form, viewer, patience) {
  const wrong = showFaults(form);
  if (wrong) return wrong;
  await lookUp(form, viewer, patience);
  return showFaults(form);
}

/** Leads to a field, which may be in a part that is closed. @param {HTMLElement} field */
export function leadTo(field) {
  for (let part = field.closest('details'); part; part = part.parentElement?.closest('details') ?? null)
    part.open = true;
  field.focus();
}

/**
 * Calls `react` once what is chosen stays the same for a moment; its signal ends when something else is chosen. Gives what calls it at once,
 * and what ends it until something else is chosen.
 * @param {HTMLFormElement} form
 * @param {(signal: AbortSignal) => void} react
 */
export function onChoice(form, react) {
  let latest = new AbortController();
  let timer = 0;
  let isPressed = false;
  let isPutOff = false;
  const cancel = () => {
    latest.abort();
    clearTimeout(timer);
    isPutOff = false;
  };
  const now = () => {
    // What is said moves what stands below it: not away from under a pointer that presses it.
    isPutOff = isPressed;
    if (isPressed) return;
    clearTimeout(timer);
    latest.abort();
    latest = new AbortController();
    react(latest.signal);
  };
  addEventListener('pointerdown', () => {
    isPressed = true;
  });
  const release = () => {
    isPressed = false;
    if (isPutOff) now();
  };
  // The click comes first.
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => setTimeout(release));
  form.addEventListener('input', () => {
    latest.abort();
    clearTimeout(timer);
    timer = setTimeout(now, PAUSE);
  });
  // Who forgets a token empties the form: nothing more is asked for what stood in it.
  form.addEventListener('reset', cancel);
  // Of a date that is left half typed browsers send no `input`.
  form.addEventListener('focusout', () => {
    if (checks(form).some(({ at, message }) => element(`${at}-fault`).textContent !== (message ?? ''))) now();
  });
  return { now, cancel };
}

/** @param {HTMLFormElement} form @param {'column' | 'include'} name */
export const columnBoxes = (form, name = 'column') =>
  /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(`[name=${name}]`)]);

/**
 * The columns that are chosen, or null for all of them.
 * @param {HTMLFormElement} form
 */
export function columnsOf(form) {
  const boxes = columnBoxes(form);
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  return chosen.length === boxes.length ? null : chosen;
}

/** What is chosen, as the parameters that `restore` takes, but without what is chosen at first. @param {HTMLFormElement} form */
export function choiceOf(form) {
  const choice = filtersOf(form);
  const columns = columnsOf(form);
  if (columns) choice.set('column', columns.join(','));
  const included = includedOf(form);
  if (included.length > 0) choice.set('include', included.join(','));
  return choice;
}

/** The optional columns that are chosen. @param {HTMLFormElement} form */
export const includedOf = (form) =>
  columnBoxes(form, 'include')
    .filter((box) => box.checked)
    .map((box) => box.value);
