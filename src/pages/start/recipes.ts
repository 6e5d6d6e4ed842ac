import { METRICS_DEFINITIONS_PATH, METRICS_PATH } from '../../domain/paths.ts';
import { ROOT } from '../page.ts';

/** How to get the rows into the tools of analysts; each recipe was tried. */
export const RECIPES = `<section aria-labelledby="recipes-title"><h2 id="recipes-title">Into your tools</h2>
<details><summary>Excel, a file</summary>
<p>Download the workbook above and open it. “CSV for Excel” is for other spreadsheets, with the separators that yours expects: dates are recognized, accented characters are correct, and no text is run as a formula.</p></details>
<details><summary>Excel or Power BI, refreshed</summary>
<ol><li>Choose the rows above and open “Excel and Power BI” under “Use it in a program”.</li>
<li>In Excel: Data, Get Data, From Other Sources, Blank Query, Advanced Editor. In Power BI: Get data, Blank query, Advanced editor.</li>
<li>Paste it, put your token into its first line, and choose anonymous access. Refreshing fetches the rows again.</li></ol></details>
<details><summary>Tableau</summary>
<p>Tableau 2023.3 and later: Connect, REST API; the <a href="${ROOT}analytics-applications/tableau/interviews">Tableau page</a> has the steps, and the
web data connector for earlier ones.</p></details>
<details><summary>Python, pandas</summary>
<p>Choose the rows above, open “pandas” under “Use it in a program”, and run it with your token in TOKEN: dates are parsed.</p></details>
<details><summary>Numbers by week, job or interviewer</summary>
<p>Held slots, missing feedback, cancellations, load and more come counted, as CSV, JSON (<code>format=json</code>) or a workbook
(<code>format=xlsx</code>), with the same token and the filters of the rows:</p>
<div class="snippet"><pre tabindex="0" aria-label="Metrics"><code>GET ${METRICS_PATH}?metrics=heldSlots,feedbackRate&amp;groupBy=week&amp;last=12-weeks</code></pre></div>
<p><code>${METRICS_DEFINITIONS_PATH}</code> says what there is to measure, and the <a href="${ROOT}docs">API reference</a> has all parameters.</p></details>
<details><summary>On a schedule</summary>
<p>Choose a period such as “Last week” and take the <code>curl</code> line above: it needs no dates, since the period is counted anew each time.
Whoever runs this service has recipes for cron and Windows’ Task Scheduler in <code>docs/recipes.md</code>. In Power BI, publish the query and turn
on “Scheduled refresh”.</p></details>
<p>Every parameter, route and error is in the <a href="${ROOT}docs">API reference</a>.</p>
</section>`;
