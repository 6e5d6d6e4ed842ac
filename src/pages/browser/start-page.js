/** The start page in the browser: whether the service is up, what it has, and downloads of it. */
import { columnsOf, faultOf, filtersOf, suggest } from './download-form.js';
import { addressOf, ask, EXTRACT, element, forgetToken, Refusal, seesPersonal, settings, summary } from './service.js';
import { curl, pandas, powerQuery } from './snippets.js';
import { askForToken, withToken } from './token-form.js';

/** @typedef {import('./service.js').Summary} Summary */
/** @typedef {{ key: string, label: string, kind: string }} Field */

const fields = /** @type {Field[]} */ (settings.fields);
const form = /** @type {HTMLFormElement} */ (element('download'));

const PREVIEWED = 5;
/** Milliseconds without a change after which the preview is asked for. */
const PAUSE = 300;
/** Bytes that are gathered before they are handed to the browser, which may keep them on disk. */
const PART = 16_000_000;

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

async function showWhetherUp() {
  const state = element('up');
  try {
    await ask(addressOf('readyz'), null);
    state.textContent = 'The service is up.';
    state.dataset.is = 'up';
  } catch (error) {
    const { status, message } = /** @type {Refusal} */ (error);
    state.textContent = status === 0 ? message : `The service is not ready: ${message}`;
    state.dataset.is = 'down';
  }
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
  element('curl').textContent = curl(addressFor(parameters), file);
  element('power-query').textContent = powerQuery(csv, columns);
  element('pandas').textContent = pandas(csv, columns);
  element('address').textContent = addressFor(parameters).href;
}

function showColumns() {
  const chosen = columnsOf(form);
  element('columns-chosen').textContent = chosen ? `(${chosen.length} of ${fields.length})` : `(all ${fields.length})`;
}

/** Ends the preview that is under way. */
let preview = new AbortController();

/** @param {string} token */
async function showPreview(token) {
  preview.abort();
  preview = new AbortController();
  const { signal } = preview;
  const go = /** @type {HTMLButtonElement} */ (element('go'));
  showColumns();
  const fault = faultOf(form);
  showFault(fault ?? '');
  go.disabled = fault !== null;
  if (fault) return;
  showSnippets();
  element('count').textContent = 'Counting …';
  element('preview').setAttribute('aria-busy', 'true');
  const address = addressFor({ format: 'json', limit: String(PREVIEWED) });
  try {
    const [{ rows }, { content }] = await Promise.all([
      summary(token, filtersOf(form), signal),
      ask(address, token, { signal }).then((response) => response.json()),
    ]);
    element('count').textContent = counted(rows, 'row', 'rows');
    showRows(content);
  } catch (error) {
    if (signal.aborted) return;
    element('count').textContent = '';
    go.disabled = true;
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
  element('nothing').hidden = rows.length > 0;
}

/**
 * Fetches the rows and hands them to the browser as a file once all are there: a transfer that broke leaves no file.
 * @param {string} token
 */
async function download(token) {
  const { parameters, file, type } = kind();
  const stop = element('stop');
  const controller = new AbortController();
  const abort = () => controller.abort();
  stop.addEventListener('click', abort);
  stop.hidden = false;
  /** @type {HTMLButtonElement} */ (element('go')).disabled = true;
  showFault('');
  const progress = element('progress');
  progress.textContent = 'Beginning …';
  try {
    const response = await ask(addressFor(parameters), token, { signal: controller.signal });
    const whole = await gathered(response, type, (bytes) => {
      progress.textContent = `${number.format(Math.round(bytes / 100_000) / 10)} MB so far …`;
    });
    save(whole, file);
    progress.textContent = `Saved as ${file}: ${number.format(Math.round(whole.size / 100_000) / 10)} MB.`;
  } catch (error) {
    progress.textContent = '';
    if (controller.signal.aborted) progress.textContent = 'Stopped; nothing was saved.';
    else if (error instanceof Refusal) fail(error);
    else showFault('The transfer broke off, so nothing was saved. Try again.');
  } finally {
    stop.removeEventListener('click', abort);
    stop.hidden = true;
    /** @type {HTMLButtonElement} */ (element('go')).disabled = false;
  }
}

/**
 * All of an answer. Errors: those of the transfer.
 * @param {Response} response
 * @param {string} type
 * @param {(bytes: number) => void} tell
 */
async function gathered(response, type, tell) {
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
  /** @type {Blob[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  let chunks = [];
  let [bytes, waiting] = [0, 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (value) {
      chunks.push(value);
      bytes += value.length;
      waiting += value.length;
    }
    if (done || waiting > PART) {
      parts.push(new Blob(chunks));
      [chunks, waiting] = [[], 0];
      tell(bytes);
    }
    if (done) return new Blob(parts, { type });
  }
}

/** @param {Blob} content @param {string} file */
function save(content, file) {
  const href = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href, download: file });
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
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

await Promise.all([
  showWhetherUp(),
  withToken((token, seen) => {
    const personal = seesPersonal(seen);
    showDataset(seen);
    element('columns-hint').hidden = personal;
    form.hidden = false;
    suggest(form, token, personal);
    let pause = 0;
    form.oninput = () => {
      clearTimeout(pause);
      pause = setTimeout(() => showPreview(token), PAUSE);
    };
    form.onsubmit = (event) => {
      event.preventDefault();
      void download(token);
    };
    void showPreview(token);
  }),
]);
