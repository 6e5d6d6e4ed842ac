/** The service that a page came from, and the token that the tab keeps for it. */

/** @typedef {{ root: string, [name: string]: unknown }} Settings */
/** @typedef {{ version: string, importedAt: string | null, sample: boolean, rows: number, interviews: number }} Dataset */
/** @typedef {{ rows: number, dataset: Dataset, token: { name: string, scopes: string[] } }} Summary */

/** Where the tab keeps the token, as GraphiQL’s page does: sessionStorage ends with the tab. */
const TOKEN = 'interviews-data-service:token';

export const EXTRACT = 'analytics/interviews';

/** @param {string} id */
export const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Settings} */
export const settings = JSON.parse(element('settings').textContent ?? '');

/** The address of something of the service, which may stand behind a proxy’s prefix. @param {string} path */
export const addressOf = (path) => new URL(settings.root + path, location.href);

/** @returns {string | null} */
export const keptToken = () => sessionStorage.getItem(TOKEN);

/** @param {string} token */
export const keepToken = (token) => sessionStorage.setItem(TOKEN, token);

/** Whether a text can be a token; others can’t be sent in a header. @param {string} text */
export const isToken = (text) => /^[\x21-\x7e]+$/.test(text);
export const NO_TOKEN = 'This is no token: tokens are made of ASCII characters without blanks.';

/** Whether a token sees names, places, reviews and ratings. @param {Summary} summary */
export const seesPersonal = ({ token }) => token.scopes.some((scope) => scope === 'personal' || scope === 'admin');

export const forgetToken = () => sessionStorage.removeItem(TOKEN);

/** An answer that is none, with the status, or 0 where the service can’t be reached, and a message for people. */
export class Refusal extends Error {
  /** @param {number} status @param {string} message @param {number | null} [retryAfter] seconds, where the service says so */
  constructor(status, message, retryAfter = null) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
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
  const body = await response.json().catch(() => ({}));
  const message = body.message ?? `The service answered with status ${response.status}.`;
  throw new Refusal(response.status, message, Number(response.headers.get('retry-after')) || null);
}

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
  return await (await ask(address, token, { signal: signal ?? null })).json();
}
