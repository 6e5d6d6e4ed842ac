import { FIELDS, type Field, type FieldKey, PLACE } from '../domain/fields.ts';
import { UUID } from '../domain/values/cells.ts';
import { escaped } from './html.ts';

const field = (key: FieldKey): Field => FIELDS[PLACE[key]] as Field;

/** An enumeration, of which any may be ticked; none means all. */
function words(key: FieldKey, title: string): string {
  const boxes = (field(key).values ?? []).map(
    (word) => `<label class="chip"><input type="checkbox" name="${key}" value="${word}">${spoken(word)}</label>`,
  );
  return `<fieldset><legend>${title}</legend><div class="chips">${boxes.join('')}</div></fieldset>`;
}

/** A word of the wire as people write it: IN_REVIEW, In review. */
const spoken = (word: string): string => word[0] + word.slice(1).toLowerCase().replaceAll('_', ' ');

/** Columns, all ticked at first. */
const columns = FIELDS.map(
  ({ key, label }) =>
    `<label class="chip"><input type="checkbox" name="column" value="${key}" checked>${escaped(label)}</label>`,
).join('');

/** A UUID as people paste it, as the extract takes it, too: in capitals, or with blanks around. */
const PASTED_UUID = `\\s*${UUID.source.replace(/^\^|\$$/g, '').replaceAll('a-f', 'a-fA-F')}\\s*`;

/** The filters of the extract, by the names of its parameters: for a download, and for Tableau (./browser/download-form.js). */
export const FILTERS_FORM = `<fieldset class="dates"><legend>Period of the interviews</legend>
<label>From <input type="date" name="firstDay" min="0001-01-01" max="9999-12-30"></label>
<label>To and including <input type="date" name="lastDay" min="0001-01-01" max="9999-12-30"></label>
<p class="hint">By the local time of each interview. Empty: from the first to the last.</p>
</fieldset>
<div class="pair">
<label>Job <input name="jobId" list="jobs" pattern="${escaped(PASTED_UUID)}" autocomplete="off" spellcheck="false" placeholder="Any; title or ID"></label>
<datalist id="jobs"></datalist>
<label>Interviewer <input name="interviewerEmployeeId" list="interviewers" autocomplete="off" spellcheck="false" placeholder="Any; name or employee ID"></label>
<datalist id="interviewers"></datalist>
</div>
${words('applicationStage', 'Application stage')}
${words('interviewType', 'Interview type')}
${words('interviewerStatus', 'Interviewer’s answer')}
${words('candidateStatus', 'Candidate’s answer')}
<fieldset><legend>Canceled interviews</legend><div class="chips">
<label class="chip"><input type="radio" name="interviewCanceled" value="" checked>With them</label>
<label class="chip"><input type="radio" name="interviewCanceled" value="false">Without</label>
<label class="chip"><input type="radio" name="interviewCanceled" value="true">Only those</label>
</div></fieldset>`;

/** What is downloaded of those rows. */
export const COLUMNS_FORM = `<details><summary>Columns <span id="columns-chosen"></span></summary>
<p><button type="button" id="all-columns">All</button> <button type="button" id="no-columns">None</button></p>
<div class="chips" role="group" aria-label="Columns">${columns}</div>
<p class="hint" id="columns-hint" hidden>This token has no scope <code>personal</code>: names, places, reviews and ratings stay empty.</p>
</details>`;
