import { FIELDS, type FieldKey, fieldOf } from '../domain/fields.ts';
import { OPTIONAL_COLUMNS } from '../domain/optional-columns.ts';
import type { PeriodName } from '../domain/period.ts';
import type { OutputColumn } from '../extract/output-options.ts';
import { escapeHtml } from './html.ts';

/** The periods that one click chooses; the route takes more. */
const PERIODS: readonly PeriodName[] = [
  'last-week',
  'last-month',
  'last-quarter',
  'this-week',
  'this-month',
  'this-quarter',
  'next-week',
  'next-month',
];

/** Returns check boxes for an enumeration; none checked means all. */
export function checkBoxes(key: FieldKey, title: string): string {
  const boxes = (fieldOf(key).values ?? []).map(
    (word) => `<label class="chip"><input type="checkbox" name="${key}" value="${word}">${labelOf(word)}</label>`,
  );
  return `<fieldset><legend>${title}</legend><div class="chips">${boxes.join('')}</div></fieldset>`;
}

/** Returns the label of an enumeration value: "In review" for IN_REVIEW. */
const labelOf = (word: string): string => word[0] + word.slice(1).toLowerCase().replaceAll('_', ' ');

/** Returns a check box for a column. The page's script also reads what it knows of the columns from there. */
const columnBox = (name: 'column' | 'include', { key, label, kind, personal }: OutputColumn): string =>
  `<label class="chip"><input type="checkbox" name="${name}" value="${key}" data-kind="${kind}"${personal ? ' data-personal' : ''}${name === 'column' ? ' checked' : ''}>${escapeHtml(label)}</label>`;

/** Check boxes for the fields, all checked at first, and for the optional columns. */
const columns = FIELDS.map((field) => columnBox('column', field)).join('');
const optionalColumns = OPTIONAL_COLUMNS.map((column) => columnBox('include', column)).join('');

/** Radio buttons for the periods that are counted from now. */
const periods = PERIODS.map(
  (name) =>
    `<label class="chip"><input type="radio" name="period" value="${name}">${labelOf(name.toUpperCase().replace('-', '_'))}</label>`,
).join('');

/** Returns an input for a day of the period. */
export const dayInput = (name: string, title: string): string =>
  `<label>${title} <input type="date" name="${name}" min="0001-01-01" max="9999-12-30" autocomplete="off" aria-describedby="period-hint period-fault"></label>`;

/** Returns an input for a name or an id, with suggestions (./browser/download-form/look-up.js). */
export const nameInput = (key: FieldKey, title: string, list: string): string => `<div>
<label for="${key}">${title}</label>
<input id="${key}" name="${key}" list="${list}" maxlength="1000" autocomplete="off" spellcheck="false" aria-describedby="${key}-fault ${key}-note">
<datalist id="${list}"></datalist>
<p id="${key}-fault" role="alert"></p>
<p id="${key}-note" class="hint" role="status"></p>
</div>`;

const withheld = FIELDS.filter(({ personal }) => personal).map(({ label }) => escapeHtml(label));

/**
 * The filters of the extract, named like its parameters: for a download, and for Tableau (./browser/download-form/download-form.js).
 */
export const FILTERS_FORM = `<p id="withheld" class="notice" hidden>This token lacks the scope <code>personal</code>, so these columns are left empty: ${withheld.join(', ')}.
If you need them, ask whoever runs this service for a token that has it.</p>
<fieldset class="dates"><legend>Period of the interviews</legend>
<div class="chips"><label class="chip"><input type="radio" name="period" value="" checked>All, or by date</label>${periods}</div>
${dayInput('firstDay', 'From')}
${dayInput('lastDay', 'To and including')}
<p id="period-fault" role="alert"></p>
<p id="period-hint" class="hint">By the local time of each interview; weeks begin on Monday. Empty: from the first to the last.</p>
<p id="period-note" class="hint" role="status"></p>
</fieldset>
<div class="pair">
${nameInput('jobId', 'Job', 'jobs')}
${nameInput('interviewerEmployeeId', 'Interviewer', 'interviewers')}
</div>
${checkBoxes('applicationStage', 'Application stage')}
${checkBoxes('interviewType', 'Interview type')}
${checkBoxes('interviewerStatus', 'Interviewer’s answer')}
${checkBoxes('candidateStatus', 'Candidate’s answer')}
<fieldset><legend>Canceled interviews</legend><div class="chips">
<label class="chip"><input type="radio" name="interviewCanceled" value="" checked>With them</label>
<label class="chip"><input type="radio" name="interviewCanceled" value="false">Without</label>
<label class="chip"><input type="radio" name="interviewCanceled" value="true">Only those</label>
</div></fieldset>`;

/** The choice of columns. */
export const COLUMNS_FORM = `<details><summary>Columns <span id="columns-chosen"></span></summary>
<p><button type="button" id="all-columns" aria-describedby="columns-fault">All</button> <button type="button" id="no-columns">None</button></p>
<div class="chips" role="group" aria-label="Columns">${columns}</div>
<p id="more-columns">Besides the 30:</p>
<div class="chips" role="group" aria-labelledby="more-columns">${optionalColumns}</div>
</details>
<p id="columns-fault" role="alert"></p>`;
