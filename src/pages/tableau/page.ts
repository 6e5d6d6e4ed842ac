import { ODATA_PATH } from '../../domain/paths.ts';
import { FILTERS_FORM } from '../download-form.ts';
import { page, ROOT, type SiteOptions, type WebPage } from '../page.ts';
import { tokenForm } from '../token-form.ts';
import { TABLE } from './columns.ts';

/**
 * Returns the web data connector (../browser/tableau-page.js). `library` is the URL of Tableau’s own script, which
 * communicates with Tableau. Tableau, its simulator and others may embed the page in a frame: it contains no data, and
 * what is entered in it goes to the page that embeds it.
 */
export const tableauPage = (site: SiteOptions, library: URL): WebPage =>
  page(site, {
    title: 'Tableau',
    script: 'tableau-page.js',
    settings: { table: TABLE, library: library.href },
    library,
    framedBy: '*',
    main: `<h1>Interviews for Tableau</h1>
<p id="state" class="notice" role="status">Waiting for Tableau …</p>
<div id="connect" hidden>
${tokenForm('This page gives it to Tableau, as the password of the connection, and to this service, and keeps it nowhere itself. Tableau encrypts it.')}
<form id="filters" aria-labelledby="filters-title" autocomplete="off" novalidate hidden>
<h2 id="filters-title" tabindex="-1">Which rows</h2>
${FILTERS_FORM}
<p class="actions"><button type="submit" class="primary" id="go">Connect</button> <span id="count" role="status"></span></p>
<p id="fault" role="alert"></p>
<p class="hint">Tableau has announced that web data connectors go with version 2026.3; this page, opened in a browser, shows the connectors that stay.</p>
<p class="hint">Every refresh fetches all of these rows again. Tableau’s incremental refresh only appends, and rows change, so it isn’t offered.</p>
</form>
</div>
<section id="help" aria-labelledby="help-title">
<h2 id="help-title">OData: whole tables</h2>
<ol>
<li>In Tableau choose Connect, To a Server, OData.</li>
<li>As the server, paste: <code data-address="${ODATA_PATH.slice(1)}/"></code></li>
<li>As authentication choose Username and Password: any user name, and your token as the password. Press Sign In.</li>
<li>Choose a table: Appointments has a row for each interviewer in a time slot, Interviews one for each interview, MetricsByWeek and
MetricsByInterviewerAndWeek have held slots, feedback and the other metrics. Tableau makes an extract of it, which every refresh fetches anew. For refreshes by Tableau Server or Tableau Cloud, embed the password when you publish.</li>
</ol>
<h2>REST API connector: chosen rows, Tableau 2023.3 and later</h2>
<p>The address and the parameters are those of the download form. Tableau’s own page about the connector says how to install it.</p>
<ol>
<li>Choose the rows on the <a href="${ROOT}">download page</a>, and copy the address under “Address”. With a period such as “Last week”, every refresh
counts it anew.</li>
<li>In Tableau choose Connect, To a Server, REST API; paste the address, and choose the method GET.</li>
<li>As authentication choose Basic, with any user name and your token as the password, or a bearer token.</li>
<li>Choose CSV (with <code>format=csv</code> in the address) or JSON (with <code>nulls=include</code>, so that every row has every column); the rows of
JSON are under <code>content</code>.</li>
</ol>
<h2>Web data connector: until Tableau 2026.3</h2>
<p>Tableau has announced that web data connectors go with version 2026.3. Workbooks that have one keep working until then; connect new ones as above.</p>
<ol>
<li>In Tableau choose Connect, To a Server, Web Data Connector.</li>
<li>Paste the address of this page: <code id="here"></code> <span id="library-fault"></span></li>
<li>Enter your token, choose the rows, and press Connect. A workbook that is opened later asks for the token again. Tableau
Server refreshes by itself only where the token is embedded when you publish, as the password of the connection.</li>
</ol>
</section>`,
  });
