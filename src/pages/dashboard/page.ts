import { findMetric } from '../../domain/metrics/metric-names.ts';
import { checkBoxes, dayInput, nameInput } from '../download-form.ts';
import { escapeHtml } from '../html.ts';
import { page, ROOT, type SiteOptions, type WebPage } from '../page.ts';
import { tokenForm } from '../token-form.ts';
import { CARDS, type Card } from './cards.ts';

/** Periods that reach to the present week, in weeks. */
const WEEKS = [4, 8, 12, 26, 52];
const USUAL_WEEKS = 12;

const periods = WEEKS.map(
  (weeks) =>
    `<label class="chip"><input type="radio" name="period" value="${weeks}-weeks"${weeks === USUAL_WEEKS ? ' checked' : ''}>${weeks} weeks</label>`,
).join('');

const CHOICE = `<form id="choice" aria-label="Period and filters" autocomplete="off" novalidate hidden>
<div class="choice">
<fieldset><legend>Period</legend><div class="chips">${periods}
<label class="chip"><input type="radio" name="period" value="">By date</label></div>
<p class="dates">${dayInput('firstDay', 'From')} ${dayInput('lastDay', 'To and including')}</p>
<p id="period-fault" role="alert"></p>
<p id="period-hint" class="hint">Whole weeks, from Monday, and the present one. <span id="days"></span></p>
</fieldset>
<div><label for="timeZone">Time zone</label>
<input id="timeZone" name="timeZone" list="zones" maxlength="100" spellcheck="false" placeholder="That of each interview" aria-describedby="timeZone-hint">
<datalist id="zones"></datalist>
<p id="timeZone-hint" class="hint">Such as Europe/Berlin. Empty: the clock on the wall at each interview.</p></div>
</div>
<div class="more">
<details><summary>Filters</summary>
<div class="pair">
${nameInput('jobId', 'Job', 'jobs')}
${nameInput('interviewerEmployeeId', 'Interviewer', 'interviewers')}
</div>
${checkBoxes('interviewType', 'Interview type')}
</details>
<p id="link"></p>
</div>
<input type="hidden" name="at">
<p id="past" class="notice" hidden>The link says of when the numbers are. <button type="button" id="present">Show the newest</button></p>
<p id="link-fault" role="alert"></p>
<p id="progress" class="hint"></p>
</form>`;

/** Returns the definitions of metrics. */
const definitions = (names: readonly string[]): string =>
  names
    .map(findMetric)
    .map((metric) => metric && `<dt>${escapeHtml(metric.title)}</dt><dd>${escapeHtml(metric.description)}</dd>`)
    .join('\n');

/** Returns a chart, with room for it before it is drawn. */
const chart = ({ title, label }: { readonly title: string; readonly label: string }): string => `<figure>
${title && `<figcaption>${title}</figcaption>`}
<div class="chart"><canvas role="img" aria-label="${escapeHtml(label)}"></canvas></div>
</figure>`;

function cardHtml({ id, title, hint, metrics, charts, legend, width, isFigures, isHeatMap }: Card): string {
  const swatches = legend?.map(([name, text]) => `<li><span class="swatch ${name}"></span>${text}</li>`).join('');
  const table = `<div class="table${isHeatMap ? ' heat' : ''}" tabindex="0" role="region" aria-label="${title}: table"><table></table></div>`;
  const numbers = isFigures
    ? '<dl class="figures"></dl>'
    : charts
      ? `<details class="numbers"><summary>As a table</summary>${table}</details>`
      : table;
  return `<section id="card-${id}" class="card ${width}" aria-labelledby="title-${id}">
<h2 id="title-${id}">${title}</h2>
<p class="hint">${hint}</p>
<p class="said"></p>
<p class="fault" role="alert"></p>
<button type="button" class="again" hidden>Try again</button>
<div class="body" hidden>
${swatches ? `<ul class="legend">${swatches}</ul>` : ''}
${charts ? `<div class="charts">${charts.map(chart).join('\n')}</div>` : ''}
${numbers}
<div class="foot">
<details class="definition"><summary>Definition</summary><dl>${definitions(metrics)}</dl></details>
<div class="tools" role="group" aria-label="${title}: the same elsewhere"></div>
</div>
</div>
</section>`;
}

const ROWS = `<dialog id="rows" aria-labelledby="rows-title">
<h2 id="rows-title"></h2>
<p id="rows-hint" class="hint">The rows that it is counted from; of a share, those of its whole. A slot with three interviewers is three rows.
<span id="rows-late" hidden>Late are those with more than 24 hours to feedback, and those without.</span></p>
<p id="rows-said" role="status"></p>
<p id="rows-fault" role="alert"></p>
<div id="rows-part" class="table" tabindex="0" role="region" aria-labelledby="rows-title"><table id="rows-table"></table></div>
<pre id="rows-text" tabindex="0" aria-labelledby="rows-title" hidden></pre>
<div class="tools"><span id="rows-tools"></span> <button type="button" id="rows-close" class="primary">Close</button></div>
</dialog>`;

/** Returns the dashboard: last week, trends, and what needs somebody’s attention (../browser/dashboard/dashboard-page.js). */
export const dashboardPage = (site: SiteOptions): WebPage =>
  page(site, {
    title: 'Dashboard',
    script: 'dashboard/dashboard-page.js',
    styles: ['dashboard/numbers.css', 'dashboard/dashboard.css'],
    main: `<h1 id="main-title" tabindex="-1">Dashboard</h1>
<p id="up" class="state" role="status">Checking whether the service is up …</p>
${tokenForm('This page keeps it until the tab is closed, or until “Forget token”, and sends it to this service alone.')}
<p id="state" class="hint"></p>
<p id="sample" class="notice" hidden>This is the sample that came with the program, of people and jobs that don’t exist. The first import replaces it.</p>
<p id="old" class="notice" hidden>The last import is older than a day and a half. What happened since isn’t in these numbers.</p>
<p id="withheld" class="notice" hidden>This token lacks the scope <code>personal</code>, so people are shown by their employee IDs.</p>
<p id="empty" class="notice" hidden>There are no rows yet. Whoever runs this service adds them by importing an extract of the
applicant-tracking system: <code>npm run import -- interviews-extract.csv</code></p>
${CHOICE}
<p id="fault" role="alert"></p>
<div id="cards" class="cards" hidden>
${CARDS.map(cardHtml).join('\n')}
<p class="hint ways">Numbers in a workbook that can be refreshed: “Numbers by week, job or interviewer” at the end of the page <a href="${ROOT}">Download</a>.
Charts: Chart.js (<a href="${ROOT}files/third-party-notices.txt">licenses</a>).</p>
</div>
<p id="told" class="skip" role="status"></p>
${ROWS}`,
  });
