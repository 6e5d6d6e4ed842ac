/** The start page in the browser: whether the service is up, what it has, and downloads of it. */
import { download, sized } from './download.js';
import { columnsOf, faultOf, filtersOf, onChoice, suggest } from './download-form.js';
import {
  addressOf,
  ask,
  EXTRACT,
  element,
  forgetToken,
  keptToken,
  Refusal,
  seesPersonal,
  settings,
  summary,
} from './service.js';
import { curl, pandas, powerQuery } from './snippets.js';
import { askForToken, typedToken, withToken } from './token-form.js';
import { wasAway, watch } from './whether-up.js';

/** @typedef {import('./service.js').Summary} Summary */
/** @typedef {{ key: string, label: string, kind: string }} Field */

const fields = /** @type {Field[]} */ (settings.fields);
const form = /** @type {HTMLFormElement} */ (element('download'));
const go = /** @type {HTMLButtonElement} */ (element('go'));
const stop = /** @type {HTMLButtonElement} */ (element('stop'));

/** The token that is used. */
let token = '';
/** Whether the preview is missing because the service was away. */
let missed = false;

const PREVIEWED = 5;
/** Milliseconds without a change after which the preview is asked for. */
const PAUSE = 300;

/** The formats by their names in the form. */
const KINDS = {
  excel: { parameters: { format: 'csv', excel: 'true' }, file: 'interviews-extract.csv', type: 'text/csv' },
  csv: { parameters: { format: 'csv' }, file: 'interviews-extract.csv', type: 'text/csv' },
  json: { parameters: { format: 'json' }, file: 'interviews-extract.json', type: 'application/json' },
};

const number = new Intl.NumberFormat('en');
const kind = () => KINDS[/** @type {keyof typeof KINDS} */ (new FormData(form).get('kind'))];

/** The fields of the columns that are chosen. */
function chosenFields() {
  const chosen = columnsOf(form);
  return fields.filter(({ key }) => chosen === null || chosen.includes(key));
}

/** @param {number} count @param {string} one @param {string} many */
const counted = (count, one, many) => `${number.format(count)} ${count === 1 ? one : many}`;

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
  // Commas may stand as they are, and are easier to read so.
  address.search = parameters.toString().replaceAll('%2C', ',');
  return address;
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
    ...Object.entries(facts).map(([name, value]) => {
      const fact = document.createElement('div');
      for (const [tag, text] of [
        ['dt', name],
        ['dd', value],
      ])
        fact.append(Object.assign(document.createElement(tag ?? ''), { textContent: text }));
      return fact;
    }),
  );
  element('sample').hidden = !dataset.sample;
  element('empty').hidden = dataset.rows > 0;
  element('dataset').hidden = false;
}

/** @param {string} message */
function showFault(message) {
  element('fault').textContent = message;
}

/**
 * Says what became of a request; a token that is no longer one is asked for again.
 * @param {unknown} error
 */
function fail(error) {
  const { status, message } = /** @type {Refusal} */ (error);
  if (status === 401) {
    forgetToken();
    form.hidden = true;
    askForToken(message);
  } else showFault(message);
}

function showSnippets() {
  const csv = addressFor({ format: 'csv' });
  const columns = chosenFields();
  const { parameters, file } = kind();
  // What is for a spreadsheet is for no other program: it would find a quote before a text that begins like a formula.
  const plain = parameters.format === 'csv' ? csv : addressFor(parameters);
  element('curl').textContent = curl(addressFor(parameters), file);
  element('power-query').textContent = powerQuery(csv, columns);
  element('pandas').textContent = pandas(csv, columns);
  element('address').textContent = plain.href;
}

function showColumns() {
  const chosen = columnsOf(form);
  element('columns-chosen').textContent = chosen ? `(${chosen.length} of ${fields.length})` : `(all ${fields.length})`;
}

/** Ends the preview that is under way. */
let preview = new AbortController();

/** Shows what the choice gives: nothing of an earlier one stays beside what is wrong with it. */
async function showPreview() {
  preview.abort();
  preview = new AbortController();
  const { signal } = preview;
  showColumns();
  const fault = faultOf(form);
  showFault(fault ?? '');
  go.disabled = fault !== null;
  element('chosen').hidden = fault !== null;
  if (stop.hidden) element('progress').textContent = '';
  element('count').textContent = fault ? '' : 'Counting …';
  missed = false;
  if (fault) return;
  showSnippets();
  element('preview').setAttribute('aria-busy', 'true');
  const address = addressFor({ format: 'json', limit: String(PREVIEWED) });
  try {
    const [seen, { content }] = await Promise.all([
      summary(token, filtersOf(form), signal),
      ask(address, token, { signal }).then((response) => response.json()),
    ]);
    showDataset(seen);
    element('count').textContent = counted(seen.rows, 'row', 'rows');
    showRows(content);
  } catch (error) {
    if (signal.aborted) return;
    element('count').textContent = '';
    element('chosen').hidden = true;
    go.disabled = true;
    missed = wasAway(error);
    // Only a refusal says that it was away; what the page itself got wrong must not be tried over and over.
    if (missed) void watch(returned, error instanceof Refusal ? { failed: true, after: error.retryAfter } : {});
    fail(error);
  } finally {
    if (!signal.aborted) element('preview').removeAttribute('aria-busy');
  }
}

/** @param {Record<string, unknown>[]} rows */
function showRows(rows) {
  const columns = chosenFields();
  const line = (/** @type {string} */ tag, /** @type {unknown[]} */ cells) => {
    const row = document.createElement('tr');
    row.append(
      ...cells.map((cell) =>
        Object.assign(document.createElement(tag), {
          textContent: String(cell ?? ''),
          ...(tag === 'th' && { scope: 'col' }),
        }),
      ),
    );
    return row;
  };
  const [head, body] = element('preview').children;
  head?.replaceChildren(
    line(
      'th',
      columns.map(({ label }) => label),
    ),
  );
  body?.replaceChildren(
    ...rows.map((row) =>
      line(
        'td',
        columns.map(({ key }) => row[key]),
      ),
    ),
  );
  element('nothing').hidden = rows.length > 0 || !element('empty').hidden;
}

/** Downloads the rows that are chosen. The button keeps the focus meanwhile, and does nothing. */
async function fetchFile() {
  if (!stop.hidden) return;
  const fault = faultOf(form);
  showFault(fault ?? '');
  if (fault !== null) return;
  const { parameters, file, type } = kind();
  const controller = new AbortController();
  stop.onclick = () => controller.abort();
  stop.hidden = false;
  go.setAttribute('aria-disabled', 'true');
  const progress = element('progress');
  progress.textContent = 'Beginning …';
  try {
    const bytes = await download(addressFor(parameters), token, { file, type }, controller.signal, (bytes) => {
      progress.textContent = `${sized(bytes)} so far …`;
    });
    progress.textContent = `Saved as ${file}: ${sized(bytes)}.`;
  } catch (error) {
    progress.textContent = controller.signal.aborted ? 'Stopped; nothing was saved.' : '';
    if (controller.signal.aborted) return;
    if (wasAway(error)) void watch(returned, { failed: missed });
    if (error instanceof Refusal) fail(error);
    else showFault('The transfer broke off, so nothing was saved. Try again.');
  } finally {
    if (document.activeElement === stop) go.focus();
    stop.hidden = true;
    go.removeAttribute('aria-disabled');
  }
}

/** The service is there again. */
function returned() {
  if (missed) void showPreview();
  // It was away when the token that the tab keeps was to be used, which is in the field; nobody has typed another one.
  else if (token === '' && typedToken() === keptToken()) location.reload();
}

/** @param {Event} event */
async function copy({ currentTarget }) {
  const button = /** @type {HTMLButtonElement} */ (currentTarget);
  const name = button.textContent;
  try {
    await navigator.clipboard.writeText(element(button.dataset.copy ?? '').textContent ?? '');
    button.textContent = 'Copied';
  } catch {
    // Only pages over https and on this machine may write there.
    getSelection()?.selectAllChildren(element(button.dataset.copy ?? ''));
    button.textContent = 'Selected: copy by keyboard';
  }
  setTimeout(() => {
    button.textContent = name;
  }, 2_000);
}

/** @param {boolean} on */
function tickColumns(on) {
  for (const box of form.querySelectorAll('[name=column]')) /** @type {HTMLInputElement} */ (box).checked = on;
  form.dispatchEvent(new Event('input'));
}

for (const button of form.querySelectorAll('[data-copy]')) button.addEventListener('click', copy);
element('all-columns').addEventListener('click', () => tickColumns(true));
element('no-columns').addEventListener('click', () => tickColumns(false));

let pause = 0;
onChoice(form, () => {
  clearTimeout(pause);
  pause = setTimeout(showPreview, PAUSE);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void fetchFile();
});
void watch(returned);
await withToken((given, seen) => {
  token = given;
  const personal = seesPersonal(seen);
  showDataset(seen);
  element('columns-hint').hidden = personal;
  form.hidden = false;
  suggest(form, token, personal);
  void showPreview();
  return element('download-title');
});
