import { COLUMNS_FORM, FILTERS_FORM } from '../download-form.ts';
import { page, type SiteOptions, type WebPage } from '../page.ts';
import { tokenForm } from '../token-form.ts';
import { RECIPES } from './recipes.ts';

const FORMATS = `<fieldset><legend>Format</legend><div class="chips">
<label class="chip"><input type="radio" name="kind" value="workbook" checked>Excel workbook</label>
<label class="chip"><input type="radio" name="kind" value="excel">CSV for Excel</label>
<label class="chip"><input type="radio" name="kind" value="csv">CSV</label>
<label class="chip"><input type="radio" name="kind" value="json">JSON</label>
</div>
<p id="dialect-choice"><label>Separators <select name="dialect" aria-describedby="dialect-hint">
<option value="">Commas, decimal point</option>
<option value="semicolon,comma">Semicolons, decimal comma</option>
<option value="semicolon,point">Semicolons, decimal point</option>
<option value="tab,comma">Tabs, decimal comma</option>
<option value="tab,point">Tabs, decimal point</option>
</select></label> <span id="dialect-hint" class="hint">Excel expects those of its own language: semicolons and decimal commas in most of Europe.</span></p>
<p class="hint">The workbook has typed cells, and a second sheet that says what it has and what is left out. CSV for Excel is for other spreadsheets; CSV
and JSON are for programs, with every value as in the extract.</p>
</fieldset>`;

const SNIPPETS = [
  ['curl', 'curl', 'In a shell, with the token in TOKEN.'],
  [
    'power-query',
    'Excel and Power BI',
    'A query that can be refreshed, and has no token in it. <button type="button" id="save-connection">Connection file for Excel</button> has the same query; the steps are under “Into your tools”.',
  ],
  ['pandas', 'pandas', 'Python, with the token in the environment as TOKEN.'],
  [
    'address',
    'Address',
    'For Tableau’s REST API connector and other tools; the token is the password of Basic (any user name), or goes into the header X-SmartToken.',
  ],
].map(
  ([id, title, hint]) => `<details><summary>${title}</summary>
<p class="hint">${hint}</p>
<div class="snippet"><pre tabindex="0" aria-label="${title}"><code id="${id}"></code></pre><button type="button" data-copy="${id}">Copy</button></div>
</details>`,
);

/** Returns the start page: what the service is, what is stored, and a form for downloads (../browser/start/start-page.js). */
export const startPage = (site: SiteOptions): WebPage =>
  page(site, {
    title: 'Download',
    script: 'start/start-page.js',
    main: `<h1>Interviews, row by row</h1>
<p class="lead">One row is one interviewer’s appointment in a time slot of an interview, with 30 columns, as the applicant-tracking system exports them.
Download them here or from a program.</p>
<p id="up" class="state" role="status">Checking whether the service is up …</p>
${tokenForm('This page keeps it until the tab is closed, or until “Forget token”, and sends it to this service alone.')}
<section id="dataset" aria-labelledby="dataset-title" hidden>
<h2 id="dataset-title">What is stored</h2>
<dl id="facts"></dl>
<p id="sample" class="notice" hidden>This is the sample that came with the program. Whoever runs this service replaces it by importing an
extract: <code>npm run import -- interviews-extract.csv</code></p>
<p id="empty" class="notice" hidden>There are no rows yet. Whoever runs this service adds them by importing an extract of the
applicant-tracking system: <code>npm run import -- interviews-extract.csv</code></p>
</section>
<form id="download" aria-labelledby="download-title" autocomplete="off" novalidate hidden>
<h2 id="download-title" tabindex="-1">Download</h2>
<p class="hint">What you choose stands in the address of this page: send it as a link, or bookmark it. It has no token.</p>
<p id="link-fault" role="alert"></p>
${FILTERS_FORM}
${COLUMNS_FORM}
${FORMATS}
<p class="actions"><button type="submit" class="primary" id="go">Download</button> <button type="button" id="stop" hidden>Stop</button>
<span id="count" role="status"></span></p>
<p id="progress" role="status"></p>
<p id="fault" role="alert"></p>
<p id="preview-fault" role="alert"></p>
<div id="chosen">
<h3 id="preview-title">First rows</h3>
<div class="table" tabindex="0" role="region" aria-labelledby="preview-title"><table id="preview"><thead></thead><tbody></tbody></table></div>
<p id="left-out" class="hint"></p>
<p id="preview-withheld" class="hint"></p>
<p id="nothing" class="hint" hidden>No row passes these filters.</p>
<h3>Use it in a program</h3>
${SNIPPETS.join('\n')}
</div>
</form>
${RECIPES}`,
  });
