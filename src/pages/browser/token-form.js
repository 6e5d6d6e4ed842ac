/** The form that asks for a token, and the line that says whose it is. */
import {
  element,
  forgetToken,
  inWords,
  isToken,
  keepToken,
  keptToken,
  NO_TOKEN,
  patiently,
  summary,
} from './service.js';

/** @typedef {import('./service.js').Summary} Summary */

const form = /** @type {HTMLFormElement} */ (element('ask'));
const input = /** @type {HTMLInputElement} */ (element('token'));

/** What stands in the field. */
export const typedToken = () => input.value;

/**
 * Shows the form.
 * @param {string} why what is wrong; '' where nothing is
 * @param {boolean} [isWrong] whether that is the token
 */
export function askForToken(why, isWrong = why !== '') {
  form.hidden = false;
  element('who').hidden = true;
  element('whose').textContent = '';
  element('why').textContent = why;
  input.setAttribute('aria-invalid', String(isWrong));
  input.focus();
  input.select();
}

/** In place of the form. @param {string} text */
function showWhose(text) {
  form.hidden = true;
  element('who').hidden = false;
  element('whose').textContent = text;
}

/**
 * Asks for a token until there is a right one, keeps it for the tab, and calls `welcome` with it and what it sees; `welcome` gives where
 * the keyboard goes on, now that the field it was in is gone.
 * @template {boolean} [WithoutRead=false]
 * @param {(token: string, summary: WithoutRead extends true ? Summary | null : Summary) => HTMLElement | undefined} welcome
 * @param {{ first?: string | null, keep?: boolean, forget?: () => void, withoutRead?: WithoutRead }} [options] `first` is tried first; `keep` for the
 *   tab; `forget` clears the page of what the token saw; `withoutRead`: a token without the scope read will do, and sees null
 */
export async function withToken(
  welcome,
  { first = keptToken(), keep = true, forget = () => location.reload(), withoutRead } = {},
) {
  let latest = new AbortController();

  /** Gives where the keyboard goes on. @param {string} tried @param {(text: string) => void} tell */
  async function use(tried, tell) {
    latest.abort();
    latest = new AbortController();
    const { signal } = latest;
    /** @type {Summary} */
    let seen;
    try {
      seen = await patiently(() => summary(tried, new URLSearchParams(), signal), { signal, tell });
    } catch (error) {
      if (signal.aborted) return undefined;
      const refusal = /** @type {import('./service.js').Refusal} */ (error);
      if (withoutRead && refusal.status === 403) {
        if (keep) keepToken(tried);
        showWhose('A token without the scope read');
        return welcome(tried, /** @type {any} */ (null));
      }
      if (refusal.status === 401) forgetToken();
      input.value = tried;
      askForToken(inWords(refusal), [401, 403].includes(refusal.status));
      return undefined;
    }
    if (keep) keepToken(tried);
    input.value = '';
    element('why').textContent = '';
    showWhose(`Token “${seen.token.name}”: ${seen.token.scopes.join(', ')}`);
    return welcome(tried, /** @type {any} */ (seen));
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const tried = input.value.trim();
    if (!isToken(tried)) {
      askForToken(NO_TOKEN);
      return;
    }
    const button = /** @type {HTMLButtonElement} */ (form.querySelector('[type=submit]'));
    button.disabled = true;
    const next = await use(tried, (text) => {
      element('why').textContent = text;
    });
    button.disabled = false;
    next?.focus({ preventScroll: true });
  });
  element('forget').addEventListener('click', () => {
    latest.abort();
    forgetToken();
    forget();
  });
  if (first === null) askForToken('');
  else {
    showWhose('Checking the token …');
    await use(first, showWhose);
  }
}
