/** The dashboard in the browser: asks the GraphQL API for one tile after the other, and shows each with its table, its definition and its ways out. */
import { onChoice, onePeriod, wrongField } from '../download-form/download-form.js';
import { beginLookUps } from '../download-form/look-up.js';
import { element, forgetToken, inWords, Refusal, seesPersonal } from '../service.js';
import { wasAway, watch } from '../service-status.js';
import { curl } from '../snippets.js';
import { askForToken, withToken } from '../token-form.js';
import { askFrame, choiceOf, linkOf, openAddress, operation, showAddress } from './choice.js';
import { draw } from './draw-chart.js';
import { ago, count, counted, daysOf, momentOf } from './numbers.js';
import { closeByClick, copyButton, fileButton, showRows } from './rows.js';
import { fillTable, made, numberButton } from './table.js';
import { operationOf, requestOf, rowsAddress, TILES, tableAddress } from './tiles.js';
import { VIEWS } from './views/views.js';

/** @typedef {import('./tiles.js').Frame} Frame */
/** @typedef {import('./tiles.js').Tile} Tile */
/** @typedef {import('./views/views.js').View} View */
/** @typedef {keyof typeof VIEWS} CardName */

const form = /** @type {HTMLFormElement} */ (element('choice'));

/** Whose token is used; its text is empty before there is one. */
let viewer = { token: '', personal: false };
/** Whether something is missing because the service was away. */
let missed = false;

/** @param {CardName} name */
const cardOf = (name) => element(`card-${name}`);

/** A part of a card. @param {CardName} name @param {string} part */
const partOf = (name, part) => /** @type {HTMLElement} */ (cardOf(name).querySelector(part));

/** @param {CardName} name @param {string} part */
const partsOf = (name, part) => /** @type {NodeListOf<HTMLElement>} */ (cardOf(name).querySelectorAll(part));

/** Opens the tables below charts. @param {ParentNode} parent */
function openTables(parent) {
  const tables = /** @type {NodeListOf<HTMLDetailsElement>} */ (parent.querySelectorAll('details.numbers'));
  for (const table of tables) table.open = true;
}

/** Shows everything anew, for what is chosen. @param {AbortSignal} signal */
async function show(signal) {
  const patience = { signal, tell: tellProgress };
  missed = false;
  element('fault').textContent = '';
  try {
    const wrong = await wrongField(form, viewer, patience);
    if (wrong) {
      hideCards('');
      return;
    }
    const choice = choiceOf(form);
    showAddress(choice);
    tellProgress('Reading …');
    const { frame, dataset, unknownTime, appointments } = await askFrame(choice, viewer, patience);
    showState(dataset, frame, unknownTime, appointments);
    const isEmpty = dataset.appointments === 0;
    element('empty').hidden = !isEmpty;
    element('sample').hidden = !dataset.sample;
    element('cards').hidden = isEmpty;
    if (isEmpty) {
      tellProgress('');
      return;
    }
    await showCards(frame, dataset.version, signal);
  } catch (error) {
    if (signal.aborted) return;
    hideCards('');
    fail(error, (text) => {
      element('fault').textContent = text;
    });
  }
}

/** @param {string} said */
function hideCards(said) {
  element('cards').hidden = true;
  for (const part of ['state', 'days']) element(part).textContent = '';
  tellProgress(said);
}

/** @param {string} text */
function tellProgress(text) {
  element('progress').textContent = text;
}

/** The tiles that a card needs; the last one is shown. @type {Record<CardName, Tile[]>} */
const CARDS = {
  week: [TILES.week],
  weeks: [TILES.weeks],
  speed: [TILES.speed],
  backlog: [TILES.backlog],
  owed: [TILES.owed],
  answers: [TILES.answers],
  overlaps: [TILES.overlaps],
  load: [TILES.people, TILES.load],
  jobs: [TILES.busiest, TILES.jobs],
  hours: [TILES.hours],
};

/** How many cards are asked for at the same time: the service measures for few at a time, and others ask, too. */
const AT_ONCE = 2;

/** @param {Frame} frame @param {string} version @param {AbortSignal} signal */
async function showCards(frame, version, signal) {
  const names = /** @type {CardName[]} */ (Object.keys(CARDS));
  for (const name of names) cardOf(name).setAttribute('aria-busy', 'true');
  const waiting = [...names];
  element('told').textContent = 'Reading the parts of the dashboard.';
  let done = 0;
  const work = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      await showCard(name, frame, version, signal);
      signal.throwIfAborted();
      done += 1;
      tellProgress(done < names.length ? `${done} of ${names.length} parts …` : '');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  element('told').textContent = 'All parts have been read.';
}

/** Shows a card, or what is wrong with it. @param {CardName} name @param {Frame} frame @param {string} version @param {AbortSignal} signal */
async function showCard(name, frame, version, signal) {
  const fault = partOf(name, '.fault');
  const again = partOf(name, '.again');
  const body = partOf(name, '.body');
  fault.textContent = '';
  again.hidden = true;
  cardOf(name).setAttribute('aria-busy', 'true');
  try {
    const { view, tile, of } = await askCard(name, frame, version, signal);
    body.hidden = false;
    await showView(name, view, of);
    showTools(name, tile, of);
  } catch (error) {
    signal.throwIfAborted();
    body.hidden = true;
    again.hidden = false;
    again.onclick = () => showCard(name, frame, version, signal).catch(() => {});
    fail(error, (text) => {
      fault.textContent = text;
    });
  } finally {
    cardOf(name).removeAttribute('aria-busy');
  }
}

/**
 * Asks for the tiles of a card. Errors: a Refusal; the signal’s reason.
 * @param {CardName} name
 * @param {Frame} frame
 * @param {string} version
 * @param {AbortSignal} signal
 */
async function askCard(name, frame, version, signal) {
  const tell = (/** @type {string} */ text) => {
    partOf(name, '.said').textContent = text;
  };
  const answers = [];
  let of = frame;
  /** @type {Tile} */
  let tile = TILES.week;
  for (const next of CARDS[name]) {
    tile = next;
    if (next.isOfPeople) of = { ...frame, filters: ofPeople(frame.filters, answers[0]) };
    const jobs = next.isOfJobs ? answers[0].groups.map((/** @type {any} */ { key }) => key.job?.jobId ?? null) : null;
    const request = requestOf(next, of, viewer.personal, jobs);
    const { metrics } = await operation(request, viewer, { signal, tell });
    // An import may have ended in between: everything on the page is of the same rows.
    if (metrics.dataVersion !== version) {
      look.now();
      signal.throwIfAborted();
    }
    answers.unshift(metrics);
  }
  return { view: /** @type {View} */ (VIEWS[name](answers[0], of, answers[1])), tile, of };
}

/** The filters, with these people only. @param {[string, string][]} filters @param {any} answer @returns {[string, string][]} */
function ofPeople(filters, { groups }) {
  // In one order, whoever is first at present: what is asked for stays the same, and its answer is kept.
  const ids = groups.flatMap((/** @type {any} */ { key }) => key.interviewer?.employeeId ?? []).sort();
  const others = filters.filter(([name]) => name !== 'interviewerEmployeeId');
  // Where there is nobody, nothing is asked of anybody else.
  const named = ids.length > 0 ? ids : filters.flatMap(([name, id]) => (name === 'interviewerEmployeeId' ? id : []));
  return [
    ...others,
    ...named.map((/** @type {string} */ id) => /** @type {[string, string]} */ (['interviewerEmployeeId', id])),
  ];
}

/** @param {CardName} name @param {View} view @param {Frame} frame */
async function showView(name, { numbers, drawings = [], figures = [], said }, frame) {
  partOf(name, '.said').textContent = said;
  const open = (/** @type {import('./table.js').Evidence} */ rows, /** @type {string} */ what) =>
    void showRows(rowsAddress(frame, rows), what, viewer);
  if (figures.length > 0) partOf(name, '.figures').replaceChildren(...figures.map((figure) => figureOf(figure, open)));
  if (numbers) {
    fillTable(/** @type {HTMLTableElement} */ (partOf(name, 'table')), numbers, open);
    const table = partOf(name, '.table');
    table.hidden = numbers.lines.length === 0;
    // The newest weeks are the last.
    if (name === 'load') table.scrollLeft = table.scrollWidth;
  }
  const canvases = cardOf(name).querySelectorAll('canvas');
  try {
    for (const [at, canvas] of canvases.entries()) {
      const drawing = drawings[at];
      if (drawing) await draw(canvas, drawing);
    }
  } catch {
    // The table has the same numbers.
    for (const chart of partsOf(name, '.chart')) chart.hidden = true;
    openTables(cardOf(name));
  }
}

/** @param {import('./views/views.js').Figure} figure @param {(rows: any, what: string) => void} open */
function figureOf({ title, value, part, rest, before, change, is, rows }, open) {
  const figure = made('div', '', { className: 'figure' });
  const number = made('dd', '', { className: 'value' });
  number.append(numberButton(value, title, () => open(rows, title)));
  const changed = made('dd', '', { className: 'before' });
  if (change) changed.append(made('span', change, { className: is }), ' ');
  changed.append(`from ${before}`);
  figure.append(made('dt', title), number);
  if (part) figure.append(made('dd', part, { className: 'hint' }));
  if (rest) {
    const lacking = made('dd', '', { className: 'hint' });
    lacking.append(numberButton(rest.text, `${title}, missing`, () => open(rest.rows, `${title}: ${rest.text}`)));
    figure.append(lacking);
  }
  figure.append(changed);
  return figure;
}

/** The ways to the same numbers elsewhere. @param {CardName} name @param {Tile} tile @param {Frame} frame */
function showTools(name, tile, frame) {
  const address = (/** @type {string} */ format) => tableAddress(tile, frame, format, viewer.personal);
  partOf(name, '.tools').replaceChildren(
    fileButton('CSV', address('csv'), 'csv', viewer.token),
    fileButton('Workbook', address('xlsx'), 'xlsx', viewer.token),
    copyButton('Copy as GraphQL', () => operationOf(tile, frame, viewer.personal)),
    copyButton('Copy as curl', () => curl(address('csv'), `${name}.csv`)),
  );
}

/** Hours after which an import is old enough to be said so. */
const OLD_HOURS = 36;

/** @param {import('./choice.js').Dataset} dataset @param {Frame} frame @param {number} unknownTime @param {number} appointments */
function showState({ importedAt, knownAt, appointments: all, interviews }, frame, unknownTime, appointments) {
  const isOld = importedAt !== null && Date.now() - Date.parse(importedAt) > OLD_HOURS * 3_600_000;
  const parts = [
    `As of ${momentOf(frame.at)}.`,
    importedAt && `Last import ${ago(importedAt)}.`,
    `${counted(all, 'row', 'rows')}, ${counted(interviews, 'interview', 'interviews')}${appointments < all ? `; ${count(appointments)} of these rows pass the filters` : ''}.`,
    unknownTime > 0 &&
      `${counted(unknownTime, 'appointment has', 'appointments have')} no known end and ${unknownTime === 1 ? 'is' : 'are'} neither held nor to come.`,
  ];
  element('state').textContent = parts.filter(Boolean).join(' ');
  element('old').hidden = !isOld;
  element('days').textContent = `Shown: ${daysOf(frame.period)}`;
  const isPast =
    form.elements.namedItem('at') instanceof HTMLInputElement && choiceOf(form).has('at') && knownAt !== null;
  element('past').hidden = !isPast;
  element('link').replaceChildren(copyButton('Copy link', () => linkOf(frame)));
}

/** Says what became of a request; a token that is no longer one is asked for again. @param {unknown} error @param {(text: string) => void} tell */
function fail(error, tell) {
  if (wasAway(error) && !missed) {
    missed = true;
    void watch(returned, error instanceof Refusal ? { failed: true, after: error.retryAfter } : {});
  }
  if (!(error instanceof Refusal)) {
    tell('This part of the page failed. Reload the page.');
    throw error;
  }
  if (error.status !== 401) {
    tell(inWords(error));
    return;
  }
  forgetToken();
  form.hidden = true;
  hideCards('');
  askForToken(error.message);
}

/** The service is there again. */
function returned() {
  if (missed) look.now();
  else if (viewer.token === '') location.reload();
}

// A table that isn’t open isn’t printed.
addEventListener('beforeprint', () => openTables(document));

closeByClick();
onePeriod(form);
const look = onChoice(form, (signal) => void show(signal));
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('input', () => {
  element('link-fault').textContent = '';
});
element('present').addEventListener('click', () => {
  /** @type {HTMLInputElement} */ (form.elements.namedItem('at')).value = '';
  look.now();
});
element('zones').replaceChildren(...Intl.supportedValuesOf('timeZone').map((value) => made('option', '', { value })));
addEventListener('hashchange', () => {
  if (form.hidden) return;
  openAddress(form);
  look.now();
});
void watch(returned);
await withToken((token, seen) => {
  viewer = { token, personal: seesPersonal(seen) };
  element('withheld').hidden = viewer.personal;
  form.hidden = false;
  beginLookUps(form, viewer);
  openAddress(form);
  look.now();
  return element('main-title');
});
