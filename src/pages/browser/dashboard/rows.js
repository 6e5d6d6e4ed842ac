/** The rows behind a number, in a dialog: the first ones, and all of them as a file. */
import { download, sized } from '../download.js';
import { askJson, element, inWords, patiently, Refusal } from '../service.js';
import { made } from './table.js';

const SHOWN = 20;

/** The columns that are shown; a file has all. @type {[key: string, title: string][]} */
const COLUMNS = [
  ['startTime', 'Start'],
  ['interviewerName', 'Interviewer'],
  ['interviewerStatus', 'Answer'],
  ['interviewType', 'Type'],
  ['interviewCanceled', 'Canceled'],
  ['timeToProvideFeedback', 'Hours to feedback'],
  ['jobTitle', 'Job'],
  ['interviewId', 'Interview ID'],
];
const FIELDS = 'startTime,interviewerStatus,interviewType,interviewCanceled,timeToProvideFeedback,interviewId';

/** Ends what is asked for the dialog that was opened before. */
let asking = new AbortController();

const dialog = () => /** @type {HTMLDialogElement} */ (element('rows'));

/**
 * Opens the dialog.
 * @param {URL} address
 * @param {string} what the number, in words
 * @param {{ token: string, personal: boolean }} viewer
 */
export async function showRows(address, what, { token, personal }) {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  element('rows-title').textContent = what;
  element('rows-fault').textContent = '';
  isText(false);
  element('rows-late').hidden = address.searchParams.get('metric') !== 'feedbackWithin24HoursRate';
  const say = sayIn('rows-said');
  const table = element('rows-table');
  table.replaceChildren();
  element('rows-tools').replaceChildren(
    fileButton('CSV', address, 'csv', token),
    fileButton('Workbook', address, 'xlsx', token),
    copyButton('Copy address', () => address.href),
  );
  say('Reading …');
  dialog().showModal();
  try {
    const asked = new URL(address);
    const include = personal ? 'interviewerName,jobTitle' : 'jobTitle';
    const own = {
      format: 'json',
      nulls: 'include',
      limit: String(SHOWN + 1),
      fields: `${FIELDS}${personal ? '' : ',interviewerEmployeeId'}`,
      include,
    };
    for (const [name, value] of Object.entries(own)) asked.searchParams.set(name, value);
    const { body } = await patiently(() => askJson(asked, token, { signal }), { signal, tell: say });
    fill(table, body.content.slice(0, SHOWN), personal);
    say(
      body.content.length > SHOWN
        ? `The first ${SHOWN} rows. The files have all of them, with all columns.`
        : `${body.content.length === 1 ? 'One row' : `${body.content.length} rows`}. The files have all columns.`,
    );
  } catch (error) {
    if (signal.aborted) return;
    say('');
    element('rows-fault').textContent = error instanceof Refusal ? inWords(error) : 'The rows could not be shown.';
  }
}

/** Whether the dialog has a text to copy in the place of rows. @param {boolean} isIt */
function isText(isIt) {
  element('rows-text').hidden = !isIt;
  for (const part of ['rows-part', 'rows-hint', 'rows-tools']) element(part).hidden = isIt;
}

/** Shows a text, selected, to be copied by keyboard. @param {string} title @param {string} text */
function showText(title, text) {
  asking.abort();
  element('rows-title').textContent = title;
  element('rows-said').textContent = 'This browser lets the page copy nothing, so copy it by keyboard: it is selected.';
  element('rows-fault').textContent = '';
  element('rows-text').textContent = text;
  isText(true);
  if (!dialog().open) dialog().showModal();
  element('rows-text').focus();
  getSelection()?.selectAllChildren(element('rows-text'));
}

/** @param {string} id */
const sayIn = (id) => (/** @type {string} */ text) => {
  element(id).textContent = text;
};

/** @param {HTMLElement} table @param {Record<string, unknown>[]} rows @param {boolean} personal */
function fill(table, rows, personal) {
  const columns = COLUMNS.map(([key, title]) =>
    key === 'interviewerName' && !personal ? ['interviewerEmployeeId', 'Employee ID'] : [key, title],
  );
  const [head, body] = [made('thead'), made('tbody')];
  const heads = made('tr');
  heads.append(...columns.map(([, title]) => made('th', title, { scope: 'col' })));
  head.append(heads);
  body.append(
    ...rows.map((row) => {
      const line = made('tr');
      line.append(...columns.map(([key = '']) => made('td', textOf(key, row[key]))));
      return line;
    }),
  );
  table.replaceChildren(head, body);
}

/** A value of a row; times of the day to the minute. @param {string} key @param {unknown} value */
function textOf(key, value) {
  const text = String(value ?? '');
  return key === 'startTime' ? text.replace('T', ' ').slice(0, 16) : text;
}

const TYPES = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };

/** A button that saves what an address has, in a format. @param {string} title @param {URL} address @param {'csv' | 'xlsx'} format @param {string} token */
export function fileButton(title, address, format, token) {
  const button = made('button', title, { type: 'button' });
  button.addEventListener('click', async () => {
    if (button.ariaDisabled === 'true') return;
    button.ariaDisabled = 'true';
    const asked = new URL(address);
    asked.searchParams.set('format', format);
    const file = { file: `interviews.${format}`, type: TYPES[format] };
    const { signal } = new AbortController();
    const tell = (/** @type {number} */ bytes) => {
      button.textContent = sized(bytes);
    };
    try {
      const saved = await patiently(() => download(asked, token, file, signal, tell), { passing: [503] });
      flash(button, title, saved ? 'Saved' : 'No rows');
    } catch (error) {
      flash(button, title, error instanceof Refusal ? `Failed: ${inWords(error)}` : 'Failed');
    }
    button.ariaDisabled = 'false';
  });
  return button;
}

/** A button that copies a text. @param {string} title @param {() => string} textOf */
export function copyButton(title, textOf) {
  const button = made('button', title, { type: 'button' });
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(textOf());
      flash(button, title, 'Copied');
    } catch {
      // Only pages over https and on this machine may write there.
      showText(title, textOf());
    }
  });
  return button;
}

/** Says what became of it, for a moment. @param {HTMLButtonElement} button @param {string} title @param {string} text */
function flash(button, title, text) {
  button.textContent = text;
  element('told').textContent = `${title}: ${text}`;
  setTimeout(() => {
    button.textContent = title;
  }, 2_000);
}

/** Closes by its button, or by a click beside it. */
export function closeByClick() {
  element('rows-close').addEventListener('click', () => dialog().close());
  dialog().addEventListener('click', ({ target }) => {
    if (target === dialog()) dialog().close();
  });
  dialog().addEventListener('close', () => asking.abort());
}
