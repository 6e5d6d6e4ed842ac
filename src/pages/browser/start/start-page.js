/** The start page in the browser: whether the service is up, what it has, and downloads of it. */
import { download, save, sized } from '../download.js';
import {
  columnBoxes,
  columnsOf,
  filtersOf,
  includedOf,
  leadTo,
  onChoice,
  onePeriod,
  showFaults,
  showPeriod,
  wrongField,
} from '../download-form/download-form.js';
import { beginLookUps } from '../download-form/look-up.js';
import {
  addressOf,
  askJson,
  EXTRACT,
  element,
  forgetToken,
  inWords,
  keptToken,
  ODATA,
  patiently,
  Refusal,
  seesPersonal,
  showAddresses,
  summary,
} from '../service.js';
import { wasAway, watch } from '../service-status.js';
import { curl, feedQuery, pandas, powerQuery } from '../snippets.js';
import { askForToken, typedToken, withToken } from '../token-form.js';
import { isLink, openLink, showLink, usualDialect } from './link.js';
import { officeConnection } from './office-connection.js';

/** @typedef {import('../service.js').Summary} Summary */
/** @typedef {{ key: string, label: string, kind: string, personal: boolean }} Field */

const form = /** @type {HTMLFormElement} */ (element('download'));
const boxes = columnBoxes(form);
const dialect = /** @type {HTMLSelectElement} */ (form.elements.namedItem('dialect'));
const go = /** @type {HTMLButtonElement} */ (element('go'));
const stop = /** @type {HTMLButtonElement} */ (element('stop'));

/** Whose token is used; its text is empty before there is one. */
let viewer = { token: '', personal: false };
/** The filters that were found to let rows pass. @type {string | null} */
let filled = null;
/** Whether the preview is missing because the service was away. */
let missed = false;

const PREVIEWED = 5;

/** The formats by their names in the form. */
const KINDS = {
  workbook: {
    parameters: { format: 'xlsx' },
    file: 'interviews-extract.xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  excel: { parameters: { format: 'csv', excel: 'true' }, file: 'interviews-extract.csv', type: 'text/csv' },
  csv: { parameters: { format: 'csv' }, file: 'interviews-extract.csv', type: 'text/csv' },
  json: { parameters: { format: 'json' }, file: 'interviews-extract.json', type: 'application/json' },
};

const number = new Intl.NumberFormat('en');
const kindName = () => /** @type {keyof typeof KINDS} */ (new FormData(form).get('kind'));

/** The parameters of the chosen format, the name of a file where the service gives none, and its type. */
function kind() {
  const { parameters, ...as } = KINDS[kindName()];
  const [delimiter, decimal] = kindName() === 'excel' && dialect.value ? dialect.value.split(',') : [];
  return { ...as, parameters: { ...parameters, ...(delimiter && decimal && { delimiter, decimal }) } };
}

/** The fields of the columns that are chosen. @returns {Field[]} */
const chosenFields = () =>
  [...boxes, ...columnBoxes(form, 'include')].flatMap(({ checked, value, labels, dataset: { kind = '', personal } }) =>
    checked ? { key: value, label: labels?.[0]?.textContent ?? '', kind, personal: personal !== undefined } : [],
  );

/** @param {number} count @param {string} one @param {string} many */
const counted = (count, one, many) => `${number.format(count)} ${count === 1 ? one : many}`;

/** Whether a field is left empty for this token. @param {Field} field */
const withheld = ({ personal }) => personal && !viewer.personal;

/** Which of the chosen columns are left empty, and why; '' where none is. */
function whyEmpty() {
  const labels = chosenFields().flatMap((field) => (withheld(field) ? field.label : []));
  const which = new Intl.ListFormat('en').format(labels);
  return (
    which && `${which} ${labels.length === 1 ? 'is' : 'are'} left empty, since this token lacks the scope personal.`
  );
}

/**
 * The address of the rows that are chosen, in a format.
 * @param {Record<string, string>} format
 */
function addressFor(format) {
  const address = addressOf(EXTRACT);
  const parameters = new URLSearchParams(format);
  for (const [name, value] of filtersOf(form)) parameters.append(name, value);
  const columns = columnsOf(form);
  if (columns) parameters.set('fields', columns.join(','));
  const included = includedOf(form);
  if (included.length > 0) parameters.set('include', included.join(','));
  // Commas may stand as they are, and are easier to read so.
  address.search = parameters.toString().replaceAll('%2C', ',');
  return address;
}

/** @param {string} tag @param {string} text @param {object} [properties] */
const made = (tag, text, properties) =>
  Object.assign(document.createElement(tag), { textContent: text, ...properties });

/** @param {string} tag @param {HTMLElement[]} parts */
function around(tag, parts) {
  const whole = document.createElement(tag);
  whole.append(...parts);
  return whole;
}

/** @param {Summary} summary */
function showDataset({ dataset }) {
  const facts = {
    Rows: number.format(dataset.rows),
    Interviews: number.format(dataset.interviews),
    'Last import': dataset.importedAt ? new Date(dataset.importedAt).toLocaleString() : 'none yet',
    Version: dataset.version,
  };
  element('facts').replaceChildren(
    ...Object.entries(facts).map(([name, value]) => around('div', [made('dt', name), made('dd', value)])),
  );
  element('sample').hidden = !dataset.sample;
  element('empty').hidden = dataset.rows > 0;
  element('dataset').hidden = false;
}

/** Says a text in an element. @param {string} id */
const teller = (id) => (/** @type {string} */ text) => {
  element(id).textContent = text;
};
const tellCount = teller('count');
const tellProgress = teller('progress');
const showFault = teller('fault');
const showPreviewFault = teller('preview-fault');
const tellLeftOut = teller('left-out');

/** Where the form says what is wrong with a parameter of another name. */
const PLACES = { startsFrom: 'period', startsBefore: 'period', fields: 'columns', include: 'columns' };

/**
 * Says what the service refused: at the field that it names, where there is one.
 * @param {Refusal} refusal
 * @param {(text: string) => void} tell
 */
function tellRefusal(refusal, tell) {
  const [, name = ''] = /^(\w+): /.exec(refusal.message) ?? [];
  const place = PLACES[/** @type {keyof typeof PLACES} */ (name)] ?? name;
  const at = refusal.status === 400 ? document.getElementById(`${place}-fault`) : null;
  if (at) at.textContent = refusal.message;
  else tell(inWords(refusal));
}

/** What a filter is called in the form. @param {string} name */
function titleOf(name) {
  const field = form.querySelector(`[name="${name.startsWith('starts') ? 'period' : name}"]`);
  const title = field?.closest('fieldset')?.querySelector('legend') ?? form.querySelector(`label[for="${name}"]`);
  return title?.textContent ?? name;
}

/** Says which rows and columns are left out of the file. @param {Summary} summary */
function showLeftOut({ rows, dataset }) {
  const list = new Intl.ListFormat('en');
  const titles = [...new Set([...filtersOf(form).keys()].map(titleOf))];
  const columns = boxes.flatMap(({ checked, labels }) => (checked ? [] : (labels?.[0]?.textContent ?? '')));
  const left = [
    rows < dataset.rows &&
      `${number.format(dataset.rows - rows)} of ${number.format(dataset.rows)} rows, by ${list.format(titles)}`,
    columns.length > 5 && `${columns.length} of ${boxes.length} columns`,
    columns.length > 0 && columns.length <= 5 && `the column${columns.length > 1 ? 's' : ''} ${list.format(columns)}`,
  ].filter((part) => typeof part === 'string');
  tellLeftOut(left.length > 0 ? `Left out: ${left.join('; ')}.` : '');
}

/**
 * Says what became of a request; a token that is no longer one is asked for again.
 * @param {unknown} error
 * @param {(text: string) => void} tell
 */
function fail(error, tell) {
  if (!(error instanceof Refusal)) tell('The download was interrupted. Try again.');
  else if (error.status !== 401) tellRefusal(error, tell);
  else {
    forgetToken();
    // The next one may see less.
    form.hidden = true;
    element('dataset').hidden = true;
    showRows([]);
    hideChosen(true);
    askForToken(error.message);
  }
}

function showSnippets() {
  const csv = addressFor({ format: 'csv' });
  const columns = chosenFields();
  const { parameters, file } = kind();
  // What is for a spreadsheet is for no other program: it would find a quote before a text that begins like a formula.
  const plain = parameters.format === 'json' ? addressFor(parameters) : csv;
  element('curl').textContent = curl(addressFor(parameters), file);
  element('power-query').textContent = powerQuery(csv, columns);
  element('pandas').textContent = pandas(csv, columns);
  element('address').textContent = plain.href;
}

/** Where it was stays empty: what stands below doesn't move away from under the pointer. @param {boolean} isHidden */
const hideChosen = (isHidden) => element('chosen').classList.toggle('gone', isHidden);

/** Shows what the choice gives: nothing of an earlier one stays beside what is wrong with it. @param {AbortSignal} signal */
async function showPreview(signal) {
  const patience = { signal, tell: tellCount };
  const more = includedOf(form).length;
  element('columns-chosen').textContent =
    `(${chosenFields().length - more} of ${boxes.length}${more > 0 ? `, and ${more} more` : ''})`;
  element('dialect-choice').hidden = kindName() !== 'excel';
  element('link-fault').textContent = '';
  showPeriod(undefined);
  showPreviewFault('');
  tellCount('Counting …');
  element('chosen').inert = true;
  element('preview').setAttribute('aria-busy', 'true');
  missed = false;
  try {
    const wrong = await wrongField(form, viewer, patience);
    go.setAttribute('aria-disabled', String(wrong !== null || !stop.hidden));
    hideChosen(wrong !== null);
    if (wrong) {
      tellCount('');
      return;
    }
    showLink(form);
    showSnippets();
    element('chosen').inert = false;
    const filters = filtersOf(form);
    const address = addressFor({ format: 'json', limit: String(PREVIEWED) });
    const [seen, { body }] = await Promise.all([
      patiently(() => summary(viewer.token, filters, signal), patience),
      patiently(() => askJson(address, viewer.token, { signal }), patience),
    ]);
    filled = seen.rows > 0 ? filters.toString() : null;
    showDataset(seen);
    showPeriod(seen.period);
    showLeftOut(seen);
    tellCount(counted(seen.rows, 'row', 'rows'));
    showRows(body.content);
  } catch (error) {
    if (signal.aborted) return;
    tellCount('');
    hideChosen(true);
    missed = wasAway(error);
    // Only a refusal says that it was away; what the page itself got wrong must not be tried over and over.
    if (missed) void watch(returned, error instanceof Refusal ? { failed: true, after: error.retryAfter } : {});
    fail(error, showPreviewFault);
  } finally {
    if (!signal.aborted) element('preview').removeAttribute('aria-busy');
  }
}

/** @param {Record<string, unknown>[]} rows */
function showRows(rows) {
  const columns = chosenFields();
  // A key that isn't there states nothing, as null does.
  const cell = (/** @type {Field} */ field, /** @type {unknown} */ value) =>
    withheld(field) ? made('td', 'left empty', { className: 'withheld' }) : made('td', String(value ?? ''));
  const heads = columns.map(({ label }) => made('th', label, { scope: 'col' }));
  const lines = rows.map((row) => columns.map((field) => cell(field, row[field.key])));
  const [head, body] = element('preview').children;
  head?.replaceChildren(around('tr', heads));
  body?.replaceChildren(...lines.map((cells) => around('tr', cells)));
  element('preview-withheld').textContent = rows.length > 0 ? whyEmpty() : '';
  element('nothing').hidden = rows.length > 0 || !element('empty').hidden;
}

/** Downloads the rows that are chosen. The button keeps the focus meanwhile, and does nothing. */
async function fetchFile() {
  if (!stop.hidden) return;
  const { parameters, ...as } = kind();
  const controller = new AbortController();
  const { signal } = controller;
  const patience = { signal, tell: tellProgress };
  stop.onclick = () => controller.abort();
  stop.hidden = false;
  go.setAttribute('aria-disabled', 'true');
  showFault('');
  tellProgress('Beginning …');
  try {
    const wrong = await wrongField(form, viewer, patience);
    if (wrong) {
      tellProgress('');
      leadTo(wrong);
      return;
    }
    const [address, empty] = [addressFor(parameters), whyEmpty()];
    // A workbook doesn't show by itself that it has no rows.
    const isEmpty = kindName() === 'workbook' && !(await hasRows(patience));
    const tell = (/** @type {number} */ bytes) => tellProgress(`${sized(bytes)} so far …`);
    const saved = isEmpty ? null : await patiently(() => download(address, viewer.token, as, signal, tell), patience);
    tellProgress(saved === null ? '' : `Saved as ${saved.name}: ${sized(saved.bytes)}. ${empty}`.trim());
    if (saved !== null) return;
    const why = element('empty').hidden ? 'No row passes these filters' : 'There are no rows yet';
    showFault(`${why}, so nothing was saved.`);
  } catch (error) {
    tellProgress(signal.aborted ? 'Stopped; nothing was saved.' : '');
    if (signal.aborted) return;
    if (wasAway(error)) void watch(returned, { failed: missed });
    fail(error, (text) => showFault(`${text} Nothing was saved.`));
  } finally {
    if (document.activeElement === stop) go.focus();
    stop.hidden = true;
    go.setAttribute('aria-disabled', String(showFaults(form) !== null));
  }
}

/** Whether there are rows that pass the filters. Errors: as `summary`. @param {{ signal: AbortSignal, tell: (text: string) => void }} patience */
async function hasRows(patience) {
  const filters = filtersOf(form);
  if (filled === filters.toString()) return true;
  return (await patiently(() => summary(viewer.token, filters, patience.signal), patience)).rows > 0;
}

/** The service is there again. */
function returned() {
  if (missed) look.now();
  // It was away when the token that the tab keeps was to be used, which is in the field; nobody has typed another one.
  else if (viewer.token === '' && typedToken() === keptToken()) location.reload();
}

/** @param {Event} event */
async function copy({ currentTarget }) {
  const button = /** @type {HTMLButtonElement} */ (currentTarget);
  try {
    await navigator.clipboard.writeText(element(button.dataset.copy ?? '').textContent ?? '');
    button.textContent = 'Copied';
  } catch {
    // Only pages over https and on this machine may write there.
    getSelection()?.selectAllChildren(element(button.dataset.copy ?? ''));
    button.textContent = 'Selected: copy by keyboard';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2_000);
}

/**
 * Saves a query for Excel as a connection file.
 * @param {string} name of the query, one word
 * @param {string} query
 */
function saveConnection(name, query) {
  const description = `${name} of ${location.host}. Sign in with Basic: any user name, and the token as the password.`;
  const content = officeConnection(name, description, query);
  save(new Blob([content], { type: 'text/x-ms-odc' }), `${name.toLowerCase()}.odc`);
}

/** Saves the query for all of a table of OData. @param {Event} event */
function saveFeed({ currentTarget }) {
  const { feed = '' } = /** @type {HTMLElement} */ (currentTarget).dataset;
  saveConnection(`All${feed}`, feedQuery(addressOf(ODATA), feed));
}

/** @param {boolean} on */
function tickColumns(on) {
  for (const box of form.querySelectorAll('[name=column]')) /** @type {HTMLInputElement} */ (box).checked = on;
  form.dispatchEvent(new Event('input'));
}

for (const button of form.querySelectorAll('[data-copy]')) button.addEventListener('click', copy);
element('save-connection').addEventListener('click', () =>
  saveConnection('Interviews', element('power-query').textContent ?? ''),
);
for (const button of document.querySelectorAll('[data-feed]')) button.addEventListener('click', saveFeed);
showAddresses();
element('all-columns').addEventListener('click', () => tickColumns(true));
element('no-columns').addEventListener('click', () => tickColumns(false));

dialect.value = usualDialect();
onePeriod(form);
const look = onChoice(form, (signal) => void showPreview(signal));
// What became of a download is said until something else is chosen.
form.addEventListener('input', () => {
  showFault('');
  if (stop.hidden) tellProgress('');
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void fetchFile();
});
addEventListener('hashchange', () => {
  if (form.hidden || !isLink()) return;
  openLink(form);
  look.now();
});
void watch(returned);
await withToken((token, seen) => {
  viewer = { token, personal: seesPersonal(seen) };
  showDataset(seen);
  element('withheld').hidden = viewer.personal;
  showFault('');
  form.hidden = false;
  beginLookUps(form, viewer);
  if (isLink()) openLink(form);
  look.now();
  return element('download-title');
});
