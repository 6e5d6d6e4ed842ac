/** The page of GraphiQL in the browser: asks for a token, keeps it for the tab, and shows GraphiQL once the service takes it. */
import {
  askJson,
  element,
  forgetToken,
  inWords,
  isToken,
  keepToken,
  keptToken,
  NO_TOKEN,
  patiently,
  settings,
} from './service.js';

/**
 * @typedef {{ query: string, days: Record<string, number> }} Example
 * @typedef {{ query: string, operationName?: string | null }} Operation
 * @typedef {{ files: string, examples: Example[] }} Settings
 * @typedef {{ viewer: { name: string, scopes: string[] }, dataset: { lastStart: string | null } }} Welcome
 */

/** Before the names under which GraphiQL keeps things: other services may have been at this address. */
const STORED = 'interviews-data-service:';
const STORED_BY_GRAPHIQL = `${STORED}graphiql:`;

/** What GraphiQL keeps of its open tabs. */
const TABS = 'graphiql:tabState';
const OF_THE_TAB = new Set([
  TABS,
  ...['query', 'variables', 'headers', 'operationName'].map((name) => `graphiql:${name}`),
]);

const MILLISECONDS_OF_A_DAY = 86_400_000;

const form = /** @type {HTMLFormElement} */ (element('ask'));
const input = /** @type {HTMLInputElement} */ (element('token'));

/** @type {Settings} */
const { files, examples } = /** @type {any} */ (settings);

/** What the browser loads besides this has come. */
const loaded = new Promise((resolve) => {
  if (document.readyState === 'complete') resolve(undefined);
  else addEventListener('load', resolve);
});

/** The token in use. */
let token = keptToken();
let mounted = false;

/**
 * Sends an operation, again where it is one too many for the moment, and gives the status and what came back; what is no JSON becomes an error of
 * GraphQL's form.
 * @param {object} operation
 * @param {string | null} as the token
 * @param {(text: string) => void} tell why it takes long
 */
async function send(operation, as, tell) {
  const options = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(operation),
  };
  try {
    const { body } = await patiently(() => askJson(new URL(location.pathname, location.href), as ?? '', options), {
      tell,
    });
    return { status: 200, body };
  } catch (error) {
    const refusal = /** @type {import('./service.js').Refusal} */ (error);
    const { extensions } = refusal.body.errors?.[0] ?? {};
    return { status: refusal.status, body: { errors: [{ message: inWords(refusal), extensions }] } };
  }
}

/**
 * Shows the form.
 * @param {string} why what is wrong; '' where nothing is
 * @param {boolean} [isWrong] whether that is the token
 */
function ask(why, isWrong = why !== '') {
  form.hidden = false;
  element('why').textContent = why;
  input.setAttribute('aria-invalid', String(isWrong));
  element('keep').hidden = token === null || !mounted;
  input.focus();
  input.select();
}

/**
 * Tries a token; keeps and uses it where the service takes it, and otherwise says why not and asks again.
 * @param {string} tried
 */
async function use(tried) {
  const tell = (/** @type {string} */ text) => {
    element(form.hidden ? 'who' : 'why').textContent = text;
  };
  const { status, body } = await send({ query: '{ viewer { name scopes } dataset { lastStart } }' }, tried, tell);
  if (!body?.data) {
    input.value = tried;
    if (tried === token && status === 401) forget();
    else if (!mounted) element('who').textContent = '';
    const [{ message, extensions } = { message: 'The service returned no data.' }] = body?.errors ?? [];
    ask(message, status === 401 || extensions?.code === 'FORBIDDEN');
    return;
  }
  /** @type {Welcome} */
  const { viewer, dataset } = body.data;
  token = tried;
  keepToken(tried);
  input.value = '';
  form.hidden = true;
  element('who').textContent = `Token “${viewer.name}”: ${viewer.scopes.join(', ').toLowerCase()}`;
  for (const id of ['change', 'forget']) element(id).hidden = false;
  await mount(dataset.lastStart);
}

function forget() {
  token = null;
  forgetToken();
  element('who').textContent = '';
  for (const id of ['change', 'forget']) element(id).hidden = true;
}

/**
 * An operation without the name of one that isn't in the text: for a moment after another tab is shown GraphiQL still has the name from the tab before.
 * @param {Operation} operation
 */
function asShown({ operationName, ...operation }) {
  const isThere = new RegExp(`\\b(query|mutation|subscription)\\s+${operationName}\\b`).test(operation.query);
  return isThere ? { ...operation, operationName } : operation;
}

/**
 * The day that the examples ask about: today, or the last week of data that end before.
 * @param {string | null} lastStart
 */
function dayAskedAbout(lastStart) {
  const today = new Date().setHours(0, 0, 0, 0);
  const last = lastStart === null ? today : Date.parse(lastStart);
  return last < today ? new Date(last - 7 * MILLISECONDS_OF_A_DAY).setHours(0, 0, 0, 0) : today;
}

/**
 * A point in time as the API writes it.
 * @param {number} milliseconds since 1970
 */
const instant = (milliseconds) => new Date(milliseconds).toISOString().replace('.000Z', 'Z');

/**
 * Shows GraphiQL, which asks for the schema at once.
 * @param {string | null} lastStart
 */
async function mount(lastStart) {
  if (mounted) return;
  mounted = true;
  await loaded;
  const from = dayAskedAbout(lastStart);
  const defaultTabs = examples.map(({ query, days }) => ({
    query,
    variables: JSON.stringify(
      Object.fromEntries(
        Object.entries(days).map(([name, day]) => [name, instant(from + day * MILLISECONDS_OF_A_DAY)]),
      ),
      null,
      2,
    ),
  }));
  /** @type {any} */ (globalThis).YogaGraphiQL.renderYogaGraphiQL(element('graphiql'), {
    fetcher: async (/** @type {Operation} */ operation) => {
      const { status, body } = await send(asShown(operation), token, () => {});
      if (status === 401) {
        forget();
        ask(body.errors[0].message);
      }
      return body;
    },
    defaultTabs,
    // It forgets those of the first default tab (https://github.com/graphql/graphiql/issues/3392).
    ...(storage.getItem(TABS) === null && { initialVariables: defaultTabs[0]?.variables }),
    storage,
    // The token has its own place; nothing else needs a header, and what is stored outlives the tab.
    isHeadersEditorEnabled: false,
    shouldPersistHeaders: false,
    // It would write the query into the address.
    onEditQuery: () => {},
  });
}

/**
 * Where GraphiQL keeps something. Its tabs end with the browser's tab, as the token does: the next one opens with the examples of its day.
 * History and settings stay.
 * @param {string} name
 */
const placeOf = (name) => (OF_THE_TAB.has(name) ? sessionStorage : localStorage);

const storage = {
  /** @param {string} name */
  getItem: (name) => placeOf(name).getItem(STORED + name),
  /** @param {string} name @param {string} value */
  setItem: (name, value) => placeOf(name).setItem(STORED + name, value),
  /** @param {string} name */
  removeItem: (name) => placeOf(name).removeItem(STORED + name),
  clear() {
    for (const place of [sessionStorage, localStorage])
      for (const name of Object.keys(place)) if (name.startsWith(STORED_BY_GRAPHIQL)) place.removeItem(name);
  },
  get length() {
    return Object.keys(localStorage).filter((name) => name.startsWith(STORED_BY_GRAPHIQL)).length;
  },
};

/** Monaco asks where its workers are. */
/** @type {any} */ (globalThis).MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (/** @type {unknown} */ _module, /** @type {string} */ label) =>
    `${files}/${{ json: 'json', graphql: 'graphql' }[label] ?? 'editor'}-worker.js`,
};

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const tried = input.value.trim();
  if (!isToken(tried)) {
    ask(NO_TOKEN);
    return;
  }
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('[type=submit]'));
  button.disabled = true;
  await use(tried);
  button.disabled = false;
});
element('change').addEventListener('click', () => ask(''));
element('keep').addEventListener('click', () => {
  form.hidden = true;
});
// Nothing of what the token could see stays on the page.
element('forget').addEventListener('click', () => {
  forget();
  location.reload();
});

if (token === null) ask('');
else {
  element('who').textContent = 'Checking the token …';
  element('forget').hidden = false;
  await use(token);
}
