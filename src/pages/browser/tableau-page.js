/** The web data connector in Tableau’s browser (Web Data Connector API 2, https://tableau.github.io/webdataconnector/docs/api_ref.html). */
import {
  filtersOf,
  leadTo,
  onChoice,
  onePeriod,
  restore,
  showFaults,
  showPeriod,
  wrongField,
} from './download-form/download-form.js';
import { beginLookUps } from './download-form/look-up.js';
import {
  addressOf,
  askJson,
  EXTRACT,
  element,
  inWords,
  patiently,
  Refusal,
  seesPersonal,
  settings,
  showAddresses,
  summary,
} from './service.js';
import { askForToken, withToken } from './token-form.js';

/**
 * @typedef {{ id: string, columns: { id: string }[] }} TableInfo
 * @typedef {{ appendRows(rows: object[]): void }} Table
 * @typedef {{ init(done: () => void): void, getSchema(done: (tables: TableInfo[]) => void): void,
 *   getData(table: Table, done: () => void): void, shutdown(done: () => void): void }} Connector
 * @typedef {{ phase: string, password: string, connectionName: string, connectionData: string, authType: string, phaseEnum: Record<string, string>,
 *   authTypeEnum: Record<string, string>, makeConnector(): Connector, registerConnector(connector: Connector): void, submit(): void,
 *   abortForAuth(why: string): void, abortWithError(why: string): void, reportProgress(text: string): void }} Tableau
 */

/** Rows of a request: pages of so many have places of their own at the service. */
const PAGE = 10_000;
/** What a refresh in the background outlasts besides the rate limit: the service, or what it needs, away for a moment. */
const PASSING = [0, 502, 503, 504];

const tableau = /** @type {Tableau | undefined} */ (/** @type {any} */ (globalThis).tableau);
const form = /** @type {HTMLFormElement} */ (element('filters'));
const number = new Intl.NumberFormat('en');

/** @param {string} text '' hides it */
function say(text) {
  element('state').textContent = text;
  element('state').hidden = text === '';
}

/** What is wrong, in words for whoever sees Tableau’s dialogue. @param {unknown} error */
function worded(error) {
  const { status, message } = /** @type {Refusal} */ (error);
  if (status === 401)
    return `The interviews service no longer accepts the token: ${message} Edit the connection and enter another one.`;
  if (status === 0)
    return `The interviews service can’t be reached at ${addressOf('').href}. Try again later, or ask whoever runs it.`;
  return `The interviews service refused: ${inWords(/** @type {Refusal} */ (error))}`;
}

/** The address of the next page (RFC 8288), or null. @param {Headers} headers */
function nextOf(headers) {
  const path = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  // Of the address only the parameters count: a proxy may have put something before the path.
  return path ? new URLSearchParams(path.split('?')[1]) : null;
}

/**
 * Hands every row over, page by page. Errors: a Refusal.
 * @param {Table} table
 * @param {string} token
 * @param {URLSearchParams} filters
 */
async function gather(table, token, filters) {
  const { rows: total } = await patiently(() => summary(token, filters), { passing: PASSING });
  const { columns } = /** @type {TableInfo} */ (settings.table);
  let given = 0;
  /** @type {URLSearchParams | null} */
  let page = new URLSearchParams(filters);
  page.set('format', 'json');
  // Each row has each column of the schema.
  page.set('nulls', 'include');
  page.set('dateFormat', 'yyyy-MM-dd HH:mm:ss');
  page.set('limit', String(PAGE));
  while (page) {
    const address = addressOf(EXTRACT);
    address.search = page.toString();
    const { body, headers } = await patiently(() => askJson(address, token), { passing: PASSING });
    const content = /** @type {Record<string, unknown>[]} */ (body.content);
    // A key that isn't there states nothing, as null does.
    table.appendRows(content.map((row) => Object.fromEntries(columns.map(({ id }) => [id, row[id] ?? null]))));
    given += content.length;
    tableau?.reportProgress(`${number.format(given)} of ${number.format(Math.max(total, given))} rows`);
    page = nextOf(headers);
  }
}

/** @param {Tableau} api */
function connect(api) {
  const connector = api.makeConnector();

  connector.init = async (done) => {
    api.authType = /** @type {string} */ (api.authTypeEnum.custom);
    if (api.phase === api.phaseEnum.gatherDataPhase) {
      // Only here may it ask for another token (Tableau’s documentation on authentication).
      const why = await refusalOf(api.password);
      if (why?.status === 401) api.abortForAuth(why.message);
      else if (why) api.abortWithError(worded(why));
      else done();
      return;
    }
    done();
    await askWhich(api);
  };

  connector.getSchema = (done) => done([/** @type {TableInfo} */ (settings.table)]);

  connector.getData = async (table, done) => {
    try {
      await gather(table, api.password, new URLSearchParams(api.connectionData));
    } catch (error) {
      api.abortWithError(worded(error));
      return;
    }
    done();
  };

  api.registerConnector(connector);
}

/** Why a token won’t do, or null. @param {string} token */
async function refusalOf(token) {
  if (!token) return new Refusal(401, 'A token of the interviews service is required.');
  try {
    await patiently(() => summary(token), { passing: PASSING });
    return null;
  } catch (error) {
    return /** @type {Refusal} */ (error);
  }
}

/** Asks for the token and, where that is not all that Tableau wants, for filters. @param {Tableau} api */
async function askWhich(api) {
  const onlyToken = api.phase === api.phaseEnum.authPhase;
  say(onlyToken ? 'Tableau needs your token again.' : '');
  element('help').hidden = true;
  element('connect').hidden = false;
  let viewer = { token: '', personal: false };
  /** Whether somebody who wants to connect was told that there would be no rows. */
  let toldEmpty = false;
  /** @param {string} why */
  const askAgain = (why) => {
    // What is typed or suggested may come from what the token saw.
    form.hidden = true;
    form.reset();
    api.password = '';
    viewer = { token: '', personal: false };
    beginLookUps(form, viewer);
    showFaults(form);
    show('');
    askForToken(why);
  };

  /** Ends the count that connecting waits for. */
  let connecting = new AbortController();

  onePeriod(form);
  const look = onChoice(form, (signal) => void count(signal));
  form.addEventListener('input', () => {
    connecting.abort();
    toldEmpty = false;
  });
  form.addEventListener('reset', () => connecting.abort());

  /**
   * Says how many rows the filters let through, or what is wrong with them. Gives the number; null where it isn’t known.
   * @param {AbortSignal} signal
   */
  async function count(signal) {
    const patience = { signal, tell: show };
    show('Counting …');
    try {
      const wrong = await wrongField(form, viewer, patience);
      if (wrong) {
        show('');
        return { wrong };
      }
      const filters = filtersOf(form);
      const { rows, period } = await patiently(() => summary(viewer.token, filters, signal), patience);
      showPeriod(period);
      show(`${number.format(rows)} ${rows === 1 ? 'row' : 'rows'}`);
      return { rows, filters };
    } catch (error) {
      if (signal.aborted) return {};
      const refusal = /** @type {Refusal} */ (error);
      if (refusal.status === 401) askAgain(refusal.message);
      else show('', inWords(refusal));
      return {};
    }
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    // This counts by itself; what it says would be gone when another count ends.
    look.cancel();
    connecting.abort();
    connecting = new AbortController();
    const { wrong, rows, filters } = await count(connecting.signal);
    if (wrong) leadTo(wrong);
    if (filters === undefined) return;
    if (rows === 0 && !toldEmpty) {
      toldEmpty = true;
      show(
        '0 rows',
        'No row passes these filters. Press Connect again for an empty table, which a refresh fills once there are rows.',
      );
      return;
    }
    api.connectionName = 'Interviews';
    api.connectionData = filters.toString();
    api.submit();
  });

  await withToken(
    (token, seen) => {
      api.password = token;
      if (onlyToken) {
        api.submit();
        return undefined;
      }
      viewer = { token, personal: seesPersonal(seen) };
      element('withheld').hidden = viewer.personal;
      form.hidden = false;
      restore(form, new URLSearchParams(api.connectionData));
      beginLookUps(form, viewer);
      look.now();
      return element('filters-title');
    },
    // Tableau keeps it.
    { first: api.password || null, keep: false, forget: () => askAgain('') },
  );
}

/** @param {string} rows how many there are @param {string} [fault] what is wrong, but with a field */
function show(rows, fault = '') {
  element('count').textContent = rows;
  element('fault').textContent = fault;
}

element('here').textContent = location.href;
showAddresses();
// Tableau’s own browser says that it is there; its simulator shows the page in a frame or a window.
const isShown = 'tableauVersionBootstrap' in globalThis || parent !== globalThis.window || opener !== null;
const missing = `Tableau’s library could not be loaded from ${settings.library}; whoever runs this service can set TABLEAU_LIBRARY_URL.`;
if (tableau?.makeConnector) connect(tableau);
// The other connectors need no library.
else if (!isShown) element('library-fault').textContent = missing;
else say(missing);
if (!isShown) say('Here are the ways to connect Tableau. Opened in Tableau, this page is a web data connector.');
