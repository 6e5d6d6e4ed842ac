import { CANDIDATES_PATH, EXTRACT_PATH, JOBS_PATH } from '../../domain/paths.ts';
import { page, type SiteOptions, type WebPage } from '../page.ts';
import { tokenForm } from '../token-form.ts';

/** What a file can be, with the path that takes it. */
const KINDS = [
  ['extract', 'Interviews', EXTRACT_PATH],
  ['jobs', 'Job titles', JOBS_PATH],
  ['candidates', 'Candidate names', CANDIDATES_PATH],
] as const;

const KIND_CHIPS = KINDS.map(
  ([value, title], at) =>
    `<label class="chip"><input type="radio" name="kind" value="${value}"${at === 0 ? ' checked' : ''}>${title}</label>`,
);

const box = (name: string, title: string, hint: string): string =>
  `<p><label><input type="checkbox" name="${name}" aria-describedby="${name}-hint"> ${title}</label>
<span class="hint" id="${name}-hint">${hint}</span></p>`;

const READING = `<details><summary>How the file is written</summary>
<p class="hint">Separators, encodings and the usual ways of writing dates, numbers and yes or no are found by themselves, and the check says what was
found. Only what a file can’t say by itself is said here.</p>
<div class="pair">
<div><label for="dateFormat">Format of the dates</label><input id="dateFormat" name="dateFormat" spellcheck="false" aria-describedby="dateFormat-hint">
<p class="hint" id="dateFormat-hint">If it isn’t ISO 8601: <code>MM/dd/yyyy HH:mm</code>, <code>dd.MM.yyyy HH:mm</code>.</p></div>
<div><label for="null">Text that means nothing</label><input id="null" name="null" spellcheck="false" aria-describedby="null-hint">
<p class="hint" id="null-hint">Such as <code>-</code>. Empty cells always do.</p></div>
</div>
<fieldset><legend>Decimal sign</legend><div class="chips">
<label class="chip"><input type="radio" name="decimal" value="" checked>as the file shows</label>
<label class="chip"><input type="radio" name="decimal" value="point">point (1.5)</label>
<label class="chip"><input type="radio" name="decimal" value="comma">comma (1,5)</label>
</div></fieldset>
${box('excel', 'It is the CSV for Excel, saved by another program', 'Removes the apostrophe before =, +, - and @ that this service put there.')}
${box('keepIds', 'Ids such as 5.81E+23 are really so', 'Otherwise they are refused: a spreadsheet has spoilt them.')}
</details>
<details><summary>How old the rows are, and what happens to what is stored</summary>
<p><label for="asOf">When the file was made</label> <input type="datetime-local" id="asOf" name="asOf" step="1" aria-describedby="asOf-hint">
<br><span class="hint" id="asOf-hint">By the clock of this computer. Until then the service knows what has happened; without it, until now.</span></p>
<p class="hint">Stored rows of the same interviews are replaced by those of the file. Other interviews stay.</p>
${box('replaceAll', 'Remove the interviews that the file doesn’t contain', 'For a file that has all of them.')}
${box('allowMissingColumns', 'Missing columns are empty', 'Otherwise a file without some of the 30 columns is refused.')}
</details>`;

/** Returns the page for imports: a file is checked, what would happen is said, and then it is saved (../browser/import-page.js). */
export const importPage = (site: SiteOptions): WebPage =>
  page(site, {
    title: 'Import',
    script: 'import-page.js',
    settings: { paths: Object.fromEntries(KINDS.map(([kind, , path]) => [kind, path])) },
    main: `<h1>Import a file</h1>
<p class="lead">An extract of the applicant-tracking system, or the names of jobs or candidates, as an Excel workbook, CSV or JSON, also saved by a spreadsheet or a
database. It is checked first; nothing is saved before you say so.</p>
${tokenForm('It needs the scope write. This page keeps it until the tab is closed, or until “Forget token”, and sends it to this service alone.')}
<form id="import" aria-labelledby="import-title" autocomplete="off" novalidate hidden>
<h2 id="import-title" tabindex="-1">Which file</h2>
<fieldset><legend>It contains</legend><div class="chips">${KIND_CHIPS.join('')}</div></fieldset>
<p><label for="file"><strong>File</strong></label><br><input type="file" id="file" aria-describedby="file-fault"></p>
<p id="file-fault" role="alert"></p>
<div id="options">${READING}</div>
<p class="actions"><button type="submit" class="primary" id="check">Check</button> <button type="button" id="stop" hidden>Stop</button></p>
<p id="progress" role="status"></p>
<p id="fault" role="alert"></p>
</form>
<section id="report" aria-labelledby="report-title" hidden>
<h2 id="report-title" tabindex="-1">What would happen</h2>
<p id="outcome" class="lead"></p>
<dl id="counts"></dl>
<div id="findings"></div>
<div id="remedies">
<p id="skip" hidden><label><input type="checkbox" id="skipInvalid"> Save the other interviews, and give me the refused rows as a file to correct</label></p>
<p id="allow" hidden><label><input type="checkbox" id="allowRemovals"> Remove these rows anyway: the file is complete</label></p>
</div>
<p class="actions"><button type="button" class="primary" id="save">Save</button></p>
</section>`,
  });
