/** The service that a page came from, and the token that the tab keeps for it. */

/** @typedef {{ root: string, [name: string]: unknown }} Settings */
/** @typedef {{ version: string, importedAt: string | null, knownAt: string | null, sample: boolean, rows: number, interviews: number }} Dataset */
/** @typedef {{ rows: number, dataset: Dataset, token: { name: string, scopes: string[] }, period?: { firstDay: string, lastDay: string } }} Summary */

/** Where the tab keeps the token, as GraphiQL’s page does: sessionStorage ends with the tab. */
const TOKEN = 'interviews-data-service:token';

export const EXTRACT = 'analytics/interviews';
export const ODATA = 'odata/v4/';

/** @param {string} id */
export const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Settings} */
export const settings = JSON.parse(element('settings').textContent ?? '');

/** The address of something of the service, which may stand behind a proxy’s prefix. @param {string} path */
export const addressOf = (path) => new URL(settings.root + path, location.href);

/** Writes addresses of the service where the page names them by their paths. */
export function showAddresses() {
  for (const place of document.querySelectorAll('[data-address]'))
    if (place instanceof HTMLElement) place.textContent = addressOf(place.dataset.address ?? '').href;
}

/** @returns {string | null} */
export const keptToken = () => sessionStorage.getItem(TOKEN);

/** @param {string} token */
export const keepToken = (token) => sessionStorage.setItem(TOKEN, token);

/** Whether a text can be a token; others can’t be sent in a header. @param {string} text */
export const isToken = (text) => /^[\x21-\x7e]+$/.test(text);
export const NO_TOKEN = 'This is not a token: tokens consist of ASCII characters without spaces.';

/** Whether a token sees names, places, reviews and ratings. @param {Summary} summary */
export const seesPersonal = ({ token }) => token.scopes.some((scope) => scope === 'personal' || scope === 'admin');

/** How often a request that is refused for the moment is sent, and the seconds between where the service says none, and at most. */
const MAX_TRIES = 6;
const RETRY_SECONDS = 2;
const MAX_RETRY_SECONDS = 60;

export const forgetToken = () => sessionStorage.removeItem(TOKEN);

/** An answer that is none, with the status, or 0 where the service can’t be reached, and a message for people. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {{ retryAfter?: number | null, body?: any }} [more] seconds, where the service says so; what came as JSON
   */
  constructor(status, message, { retryAfter = null, body = {} } = {}) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
    this.body = body;
  }
}

/** What a refusal says, with when to try again where it says that, too. @param {Refusal} refusal */
export function inWords({ message, retryAfter }) {
  if (retryAfter === null) return message;
  const time = retryAfter < 120 ? `${retryAfter} s` : `${Math.ceil(retryAfter / 60)} minutes`;
  return `${message} Try again in ${time}.`;
}

/** Seconds of a Retry-After: a number of them, or a date (RFC 9110, 10.2.3); null where it is neither. @param {string | null} text */
function secondsOf(text) {
  const seconds = /^\d+$/.test(text ?? '') ? Number(text) : (Date.parse(text ?? '') - Date.now()) / 1_000;
  return Number.isNaN(seconds) ? null : Math.max(1, Math.ceil(seconds));
}

/**
 * Asks the service. Errors: a Refusal; the signal’s reason.
 * @param {URL} address
 * @param {string | null} token
 * @param {RequestInit} [options]
 */
export async function ask(address, token, options = {}) {
  /** @type {Response} */
  let response;
  try {
    const headers = { ...options.headers, ...(token !== null && { 'x-smarttoken': token }) };
    response = await fetch(address, { cache: 'no-store', ...options, headers });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Refusal(0, 'The service can’t be reached.');
  }
  if (response.ok) return response;
  // A proxy may answer in its stead, with whatever it likes.
  const body = (await response.json().catch(() => null)) ?? {};
  const message = body.message ?? body.errors?.[0]?.message ?? `The service answered with status ${response.status}.`;
  throw new Refusal(response.status, message, { retryAfter: secondsOf(response.headers.get('retry-after')), body });
}

/**
 * What the service answers as JSON. Errors: as `ask`; a Refusal where the answer broke off.
 * @param {Parameters<typeof ask>} question
 * @returns {Promise<{ body: any, headers: Headers }>}
 */
export async function askJson(...question) {
  const response = await ask(...question);
  try {
    return { body: await response.json(), headers: response.headers };
  } catch (error) {
    if (question[2]?.signal?.aborted) throw error;
    throw new Refusal(0, 'The response was interrupted.');
  }
}

/**
 * Tries again, after as long as the service says, what it refuses for the moment: with 429, or a status of `passing`. Errors: those of the last
 * attempt; the signal’s reason.
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {{ signal?: AbortSignal, passing?: number[], tell?: (text: string) => void }} [options] `tell` is told why it takes long
 * @returns {Promise<T>}
 */
export async function patiently(attempt, { signal, passing = [], tell = () => {} } = {}) {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Refusal) || ![429, ...passing].includes(error.status) || tries === MAX_TRIES) throw error;
      const seconds = error.retryAfter ?? RETRY_SECONDS;
      if (seconds > MAX_RETRY_SECONDS) throw error;
      signal?.throwIfAborted();
      tell(`${error.message} Asking again in ${seconds} s …`);
      await pause(seconds, signal);
    }
  }
}

/** Errors: the signal’s reason. @param {number} seconds @param {AbortSignal} [signal] */
const pause = (seconds, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1_000);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

/**
 * What an extract with these filters would have. Errors: as `ask`.
 * @param {string | null} token
 * @param {URLSearchParams} filters
 * @param {AbortSignal} [signal]
 * @returns {Promise<Summary>}
 */
export async function summary(token, filters = new URLSearchParams(), signal) {
  const address = addressOf(`${EXTRACT}/summary`);
  address.search = filters.toString();
  return (await askJson(address, token, { signal: signal ?? null })).body;
}
