/** The web data connector in Tableau’s browser (Web Data Connector API 2, https://tableau.github.io/webdataconnector/docs/api_ref.html). */
import { faultOf, filtersOf, onChoice, restore, suggest } from './download-form.js';
import { addressOf, ask, EXTRACT, element, Refusal, seesPersonal, settings, summary } from './service.js';
import { withToken } from './token-form.js';

/**
 * @typedef {{ id: string }} TableInfo
 * @typedef {{ appendRows(rows: object[]): void }} Table
 * @typedef {{ init(done: () => void): void, getSchema(done: (tables: TableInfo[]) => void): void,
 *   getData(table: Table, done: () => void): void, shutdown(done: () => void): void }} Connector
 * @typedef {{ phase: string, password: string, connectionName: string, connectionData: string, authType: string, phaseEnum: Record<string, string>,
 *   authTypeEnum: Record<string, string>, makeConnector(): Connector, registerConnector(connector: Connector): void, submit(): void,
 *   abortForAuth(why: string): void, abortWithError(why: string): void, reportProgress(text: string): void }} Tableau
 */

/** Rows of a request: pages of so many have places of their own at the service. */
const PAGE = 10_000;
/** How often a request that was refused for the moment is sent again. */
const TRIES = 6;
/** Seconds to wait where the service doesn’t say. */
const PATIENCE = 2;

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
    return `The interviews service no longer takes the token: ${message} Edit the connection and give another one.`;
  if (status === 0)
    return `The interviews service can’t be reached at ${addressOf('').href}. Try again later, or ask whoever runs it.`;
  return `The interviews service refused: ${message}`;
}

/**
 * Asks again where the service is busy or away for the moment.
 * @template T
 * @param {() => Promise<T>} attempt
 * @returns {Promise<T>}
 */
async function persistently(attempt) {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Refusal) || ![0, 429, 502, 503, 504].includes(error.status) || tries === TRIES)
        throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000 * (error.retryAfter ?? PATIENCE)));
    }
  }
}

/** The address of the next page (RFC 8288), or null. @param {Response} response */
function nextOf(response) {
  const path = /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
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
  const { rows: total } = await persistently(() => summary(token, filters));
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
    const { content, next } = await persistently(async () => {
      const response = await ask(address, token);
      const { content } = await response.json().catch(() => {
        throw new Refusal(0, 'The transfer broke off.');
      });
      return { content: /** @type {object[]} */ (content), next: nextOf(response) };
    });
    table.appendRows(content);
    given += content.length;
    tableau?.reportProgress(`${number.format(given)} of ${number.format(Math.max(total, given))} rows`);
    page = next;
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
  if (!token) return new Refusal(401, 'A token of the interviews service is needed.');
  try {
    await persistently(() => summary(token));
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
  let token = '';
  onChoice(form, () => void count(token));
  await withToken(
    (given, seen) => {
      api.password = given;
      if (onlyToken) {
        api.submit();
        return undefined;
      }
      token = given;
      form.hidden = false;
      restore(form, new URLSearchParams(api.connectionData));
      suggest(form, token, seesPersonal(seen));
      void count(token);
      form.onsubmit = (event) => {
        event.preventDefault();
        if (faultOf(form)) return;
        api.connectionName = 'Interviews';
        api.connectionData = filtersOf(form).toString();
        api.submit();
      };
      return element('filters-title');
    },
    // Tableau keeps it, encrypted where it keeps it at all.
    { first: api.password || null, keep: false },
  );
}

let latest = 0;

/** Says how many rows the filters let through, or what is wrong with them. @param {string} token */
async function count(token) {
  const mine = ++latest;
  const go = /** @type {HTMLButtonElement} */ (element('go'));
  const tell = (/** @type {string} */ rows, /** @type {string} */ fault) => {
    if (mine !== latest) return;
    element('count').textContent = rows;
    element('fault').textContent = fault;
    go.disabled = fault !== '';
  };
  const fault = faultOf(form);
  if (fault) return tell('', fault);
  try {
    const { rows } = await summary(token, filtersOf(form));
    tell(`${number.format(rows)} ${rows === 1 ? 'row' : 'rows'}`, '');
  } catch (error) {
    tell('', /** @type {Refusal} */ (error).message);
  }
}

element('here').textContent = location.href;
// Tableau’s own browser says that it is there; its simulator shows the page in a frame or a window.
const isShown = 'tableauVersionBootstrap' in globalThis || parent !== globalThis.window || opener !== null;
if (!tableau?.makeConnector)
  say(
    `Tableau’s library could not be loaded from ${settings.library}; whoever runs this service can set TABLEAU_LIBRARY_URL.`,
  );
else {
  connect(tableau);
  if (!isShown) say('This page is for Tableau: open it there.');
}
