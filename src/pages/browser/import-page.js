/** The page for imports: checks a file in a dry run, says in words what would happen, and saves it. */
import { addressOf, askJson, element, inWords, Refusal, settings } from './service.js';
import { withToken } from './token-form.js';

/** @typedef {{ line: number, column: string | null, value: string | null, reason: string, count?: number }} Finding */
/** @typedef {{ inserted: number, updated: number, unchanged: number, removed?: number, refused: number }} Counts */
/**
 * @typedef {Counts & { saved: boolean, read: number, duplicates: number, moved: number, interviews: Counts, refusedRows: Finding[], warnings: Finding[],
 *   errors?: { code: string, message: string }[], unreadable?: true, refusedCsv?: string | null, sampleRemoved: boolean,
 *   asOf?: string, knownAt?: string, removalsRefused?: { incomplete: { interviewId: string, removed: number, reason: string }[] }, jobs?: Report, candidates?: Report }} Report
 */

const form = /** @type {HTMLFormElement} */ (element('import'));
const file = /** @type {HTMLInputElement} */ (element('file'));
const asOf = /** @type {HTMLInputElement} */ (element('asOf'));
const check = /** @type {HTMLButtonElement} */ (element('check'));
const save = /** @type {HTMLButtonElement} */ (element('save'));
const skipInvalid = /** @type {HTMLInputElement} */ (element('skipInvalid'));
const allowRemovals = /** @type {HTMLInputElement} */ (element('allowRemovals'));
const paths = /** @type {Record<string, string>} */ (settings.paths);

/** Findings of a kind that are shown at once. */
const MAX_SHOWN = 50;

let token = '';
let running = new AbortController();

/** @param {number} count @param {string} noun */
const many = (count, noun) => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
const kind = () => new FormData(form).get('kind')?.toString() ?? 'extract';

/** The parameters that the form gives, without those that decide whether anything is saved. */
function parameters() {
  const chosen = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name === 'kind' || typeof value !== 'string' || value === '') continue;
    if (kind() !== 'extract' && name !== 'null') continue;
    // The field has the wall clock of this computer; the service takes only what says its zone.
    const instant = name === 'asOf' ? new Date(value).toISOString() : null;
    chosen.append(name, instant ?? (value === 'on' ? 'true' : value));
  }
  return chosen;
}

/**
 * Sends the file. Gives the report, also of an import that is refused. Errors: as `ask`.
 * @param {string} path @param {URLSearchParams} query
 */
async function send(path, query) {
  const address = addressOf(path.slice(1));
  address.search = query.toString();
  const body = /** @type {File} */ (file.files?.[0]);
  running = new AbortController();
  try {
    const headers = { 'content-type': 'application/octet-stream' };
    return /** @type {Report} */ (
      (await askJson(address, token, { method: 'POST', headers, body, signal: running.signal })).body
    );
  } catch (error) {
    // A refused import is answered with its report.
    if (error instanceof Refusal && error.body.refusedRows) return /** @type {Report} */ (error.body);
    throw error;
  }
}

/** Runs an import, with what it says meanwhile. @param {string} doing @param {URLSearchParams} query */
async function run(doing, query) {
  element('fault').textContent = '';
  const size = file.files?.[0]?.size ?? 0;
  element('progress').textContent = `${doing} (${(size / 1e6).toFixed(size < 1e6 ? 3 : 1)} MB) …`;
  element('stop').hidden = false;
  const path = paths[kind()] ?? '';
  // What is saved is what was checked.
  const fields = [...form.elements, save, skipInvalid, allowRemovals].filter(({ id }) => id !== 'stop');
  for (const field of fields) /** @type {HTMLInputElement} */ (field).disabled = true;
  try {
    return await send(path, query);
  } catch (error) {
    const stopped = running.signal.aborted;
    element('fault').textContent = stopped
      ? 'Stopped; nothing was saved.'
      : inWords(/** @type {Refusal} */ (error)) || 'The file can’t be read; choose it again.';
    return null;
  } finally {
    element('progress').textContent = '';
    element('stop').hidden = true;
    for (const field of fields) /** @type {HTMLInputElement} */ (field).disabled = false;
  }
}

/** @param {string} name @param {string} text @param {...(Node | string)} children */
function made(name, text, ...children) {
  const node = document.createElement(name);
  if (text !== '') node.textContent = text;
  node.append(...children);
  return node;
}

/** A table of findings, with a heading. @param {string} title @param {Finding[]} findings */
function table(title, findings) {
  if (findings.length === 0) return [];
  const rows = findings
    .slice(0, MAX_SHOWN)
    .map(({ line, column, value, reason }) =>
      made('tr', '', made('td', String(line)), made('td', column ?? ''), made('td', value ?? ''), made('td', reason)),
    );
  const head = made(
    'thead',
    '',
    made('tr', '', ...['Line', 'Column', 'Value', 'Reason'].map((text) => made('th', text))),
  );
  const scroll = made('div', '', made('table', '', head, made('tbody', '', ...rows)));
  scroll.className = 'table reasons';
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', title);
  const more = findings.length - rows.length;
  return [made('h3', title), scroll, ...(more > 0 ? [made('p', `… and ${many(more, 'more')}`.replace(/s$/, ''))] : [])];
}

/** What a report comes to, in a sentence. @param {Report} report @param {Report} rows those of the file @param {boolean} dry */
function outcome(report, rows, dry) {
  if (report.unreadable) return 'This file can’t be read to its end, so nothing of it is saved.';
  const errors = report.errors ?? [];
  if (errors.some(({ code }) => code === 'REMOVALS_REFUSED'))
    return 'The file would remove more than an import may without being told. A filtered or paged export looks like this.';
  if (rows.refused > 0 && errors.length > 0)
    return `${many(rows.refused, 'row')} can’t be taken as they are, so nothing would be saved. Correct them in the file, or save the others.`;
  if (errors.length > 0) return errors.map(({ message }) => message).join(' ');
  const changes = rows.inserted + rows.updated + (report.removed ?? 0) + report.moved;
  if (changes === 0) return dry ? 'Everything in this file is stored already.' : 'Nothing had changed.';
  return dry ? 'The file is right. Save it when the numbers are what you expect.' : 'Saved.';
}

/** Says that the rows are older than what is known already. @param {Report} report */
function older({ asOf, knownAt }) {
  if (asOf === undefined || knownAt === undefined || asOf >= knownAt) return [];
  const inWordsOf = (/** @type {string} */ instant) => new Date(instant).toLocaleString();
  return [
    made(
      'p',
      `The file is of ${inWordsOf(asOf)}. What is stored is known until ${inWordsOf(knownAt)} already, and that stays.`,
    ),
  ];
}

/** Shows a report. @param {Report} report @param {boolean} dry */
function show(report, dry) {
  const rows = report.jobs ?? report.candidates ?? report;
  const isExtract = rows === report;
  const repairs = rows.warnings.filter(({ count }) => count !== undefined);
  const warnings = rows.warnings.filter(({ count }) => count === undefined);
  element('report-title').textContent = report.saved ? 'What happened' : 'What would happen';
  element('outcome').textContent = outcome(report, rows, dry);
  /** @type {[string, number | undefined][]} */
  const counts = [
    ['Rows in the file', rows.read],
    ['New', rows.inserted],
    ['Changed', rows.updated],
    ['The same', rows.unchanged],
    ['Moved to another time', report.moved],
    ['Removed', report.removed],
    ['Refused', rows.refused],
  ];
  element('counts').replaceChildren(
    ...counts
      .filter(([name, count], at) => count !== undefined && (at < 4 || count > 0 || (name === 'Removed' && isExtract)))
      .map(([name, count]) => made('div', '', made('dt', name), made('dd', (count ?? 0).toLocaleString('en')))),
  );
  const incomplete = report.removalsRefused?.incomplete ?? [];
  element('findings').replaceChildren(
    ...older(report),
    ...(report.sampleRemoved ? [made('p', `The sample ${report.saved ? 'was' : 'is'} removed with this import.`)] : []),
    ...table(report.unreadable ? 'Where it ends' : 'Refused', rows.refusedRows),
    ...(incomplete.length === 0
      ? []
      : [
          made('h3', 'Interviews that would lose rows'),
          made(
            'ul',
            '',
            ...incomplete.map(({ interviewId, removed, reason }) =>
              made('li', `${interviewId}: ${many(removed, 'row')}, although ${reason}`),
            ),
          ),
        ]),
    ...(repairs.length === 0
      ? []
      : [
          made('h3', 'Read otherwise than written'),
          made(
            'ul',
            '',
            ...repairs.map(({ reason, line, value }) =>
              made('li', `${reason} (first in line ${line}${value === null ? '' : `: ${value}`})`),
            ),
          ),
        ]),
    ...table('Taken, but look at them', warnings),
    ...(report.refusedCsv ? [fileOf(report.refusedCsv)] : []),
  );
  const errors = dry ? (report.errors ?? []) : [];
  const savable = rows.inserted + rows.updated + rows.unchanged > 0;
  element('skip').hidden = !(dry && isExtract && rows.refused > 0 && !report.unreadable && savable);
  element('allow').hidden = !errors.some(({ code }) => code === 'REMOVALS_REFUSED');
  save.hidden = !dry || report.unreadable === true || !savable;
  offerSave(report);
  element('report').hidden = false;
  element('report-title').focus();
}

/** Offers to save what may be saved. @param {Report} report */
function offerSave({ errors = [] }) {
  const refuses = (/** @type {string} */ code) => errors.some((error) => error.code === code);
  save.disabled =
    (refuses('INVALID_EXTRACT') && !(skipInvalid.checked && !element('skip').hidden)) ||
    (refuses('REMOVALS_REFUSED') && !allowRemovals.checked);
}

/** A link to the refused rows. @param {string} csv */
function fileOf(csv) {
  const link = /** @type {HTMLAnchorElement} */ (made('a', 'The refused rows, with the reasons, as CSV'));
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
  link.download = `${(file.files?.[0]?.name ?? 'interviews').replace(/\.[^.]*$/, '')}.refused.csv`;
  return made('p', '', link, ': correct them and import that file.');
}

/** Forgets the last report: what it is about has changed. */
function forget() {
  element('report').hidden = true;
  skipInvalid.checked = false;
  allowRemovals.checked = false;
}

/** @type {Report | null} */
let checked = null;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  forget();
  const chosen = file.files?.[0];
  const fault = chosen === undefined ? 'Choose a file first.' : chosen.size === 0 ? 'This file is empty.' : '';
  element('file-fault').textContent = fault;
  file.setAttribute('aria-invalid', String(fault !== ''));
  if (fault !== '') {
    file.focus();
    return;
  }
  // Its value is empty then, as if nothing were given.
  if (asOf.validity.badInput) {
    element('fault').textContent = 'When the file was made: the date or the time is incomplete.';
    asOf.closest('details')?.setAttribute('open', '');
    asOf.focus();
    return;
  }
  const query = parameters();
  query.set('dryRun', 'true');
  checked = await run('Checking', query);
  if (checked !== null) show(checked, true);
});

save.addEventListener('click', async () => {
  const query = parameters();
  if (skipInvalid.checked) query.set('skipInvalid', 'true');
  if (allowRemovals.checked) query.set('allowRemovals', 'true');
  const report = await run('Saving', query);
  if (report === null) element('fault').focus();
  else show(report, !report.saved);
});

for (const box of [skipInvalid, allowRemovals])
  box.addEventListener('change', () => {
    if (checked !== null) offerSave(checked);
  });
form.addEventListener('change', () => {
  forget();
  element('file-fault').textContent = '';
  element('options').hidden = kind() !== 'extract';
});
element('stop').addEventListener('click', () => running.abort());

await withToken(
  (given, seen) => {
    token = given;
    const scopes = seen?.token.scopes ?? ['write'];
    const mayWrite = scopes.includes('write') || scopes.includes('admin');
    element('fault').textContent = mayWrite ? '' : 'This token lacks the scope write, which an import needs.';
    form.hidden = false;
    check.disabled = !mayWrite;
    return element('import-title');
  },
  { withoutRead: true },
);
