import { METRICS_DEFINITIONS_PATH, METRICS_PATH, ODATA_PATH } from '../../domain/paths.ts';
import { ROOT } from '../page.ts';

/** The tables of OData that Excel opens from a file. */
const FEEDS = ['Appointments', 'Interviews', 'MetricsByWeek', 'MetricsByInterviewerAndWeek'].map(
  (name) => `<button type="button" data-feed="${name}">${name}</button>`,
);

/** How to get the rows into the tools of analysts. Those that run here were tried; docs/analysts.md says which were not. */
export const RECIPES = `<section aria-labelledby="recipes-title"><h2 id="recipes-title">Into your tools</h2>
<details><summary>Excel, a file</summary>
<p>Download the workbook above and open it. “CSV for Excel” is for other spreadsheets, with the separators that yours expects: dates are recognized, accented characters are correct, and no text is run as a formula.</p></details>
<details><summary>Excel, chosen rows, refreshed</summary>
<ol><li>Choose the rows above; with a period such as “Last week”, every refresh counts it anew.</li>
<li>Under “Use it in a program”, “Excel and Power BI”, press “Connection file for Excel”, and open the file in Excel. Confirm that you trust it.</li>
<li>When Excel asks how to sign in, choose Basic: any user name, and your token as the password. Excel keeps it for you, not in the workbook.</li>
<li>Data, Refresh All fetches the rows again. Whoever you send the workbook to is asked for a token of their own.</li></ol>
<p>The same without a file: Data, Get Data, From Other Sources, Blank Query, Advanced Editor; paste the query.</p></details>
<details><summary>Excel or Power BI, whole tables (OData)</summary>
<ol><li>In Excel: Data, Get Data, From Other Sources, From OData Feed. In Power BI: Get data, OData feed. Paste the address:
<code data-address="${ODATA_PATH.slice(1)}/"></code></li>
<li>Sign in with Basic: any user name, and your token as the password.</li>
<li>Choose a table. Under “Transform Data”, filter by dates and choose columns: only what is left is transferred.</li></ol>
<p>Connection files for Excel, which do the same: ${FEEDS.join(' ')}</p></details>
<details><summary>Power BI, chosen rows</summary>
<ol><li>Choose the rows above, and copy the query under “Excel and Power BI”.</li>
<li>Get data, Blank query, Advanced editor; paste it. Sign in with Basic: any user name, and your token as the password.</li>
<li>Publish. For “Scheduled refresh”, enter the same under the data source credentials; a service within your network needs a data gateway.</li></ol></details>
<details><summary>Tableau</summary>
<p>The <a href="${ROOT}analytics-applications/tableau/interviews">Tableau page</a> has the steps: OData for whole tables, or Tableau’s REST API connector
with the address of the rows that you have chosen above.</p></details>
<details><summary>LibreOffice</summary>
<p>LibreOffice sends no token. Let the <code>curl</code> line above save a file, again and again on a schedule, and link to that: Sheet, External Links,
choose the file, tick “Update every”. Or open the workbook that this page saves.</p></details>
<details><summary>Python, pandas</summary>
<p>Choose the rows above, open “pandas” under “Use it in a program”, and run it with your token in TOKEN: dates are parsed.</p></details>
<details><summary>Numbers by week, job or interviewer</summary>
<p>Held slots, missing feedback, cancellations, load and more come counted, as CSV, JSON (<code>format=json</code>) or a workbook
(<code>format=xlsx</code>), with the same token and the filters of the rows:</p>
<div class="snippet"><pre tabindex="0" aria-label="Metrics"><code data-address="${METRICS_PATH.slice(1)}?metrics=heldSlots,feedbackRate&amp;groupBy=week&amp;last=12-weeks"></code></pre></div>
<p>In a workbook that can be refreshed: in Excel Data, From Web; paste such an address, sign in with Basic (any user name, your token as the
password), and choose Transform Data to see that the first row has become the heading.</p>
<p><code>${METRICS_DEFINITIONS_PATH}</code> says what there is to measure, and the <a href="${ROOT}docs">API reference</a> has all parameters.</p></details>
<details><summary>On a schedule</summary>
<p>Choose a period such as “Last week” and take the <code>curl</code> line above: it needs no dates, since the period is counted anew each time.
Whoever runs this service has recipes for cron and Windows’ Task Scheduler in <code>docs/recipes.md</code>.</p></details>
<p>Every parameter, route and error is in the <a href="${ROOT}docs">API reference</a>.</p>
</section>`;
