/** The form that asks for a token, and the line that says whose it is. */
import { element, forgetToken, isToken, keepToken, keptToken, NO_TOKEN, summary } from './service.js';

/** @typedef {import('./service.js').Summary} Summary */

const form = /** @type {HTMLFormElement} */ (element('ask'));
const input = /** @type {HTMLInputElement} */ (element('token'));

/** What stands in the field. */
export const typedToken = () => input.value;

/**
 * Shows the form.
 * @param {string} why what is wrong with the token there was; '' where there was none
 */
export function askForToken(why) {
  form.hidden = false;
  element('who').hidden = true;
  element('why').textContent = why;
  input.setAttribute('aria-invalid', String(why !== ''));
  input.focus();
  input.select();
}

/**
 * Asks for a token until there is a right one, keeps it for the tab, and calls `welcome` with it and what it sees; `welcome` gives where
 * the keyboard goes on, now that the field it was in is gone.
 * @param {(token: string, summary: Summary) => HTMLElement | undefined} welcome
 * @param {{ first?: string | null, keep?: boolean }} [options] `first` is tried first; `keep` for the tab
 */
export async function withToken(welcome, { first = keptToken(), keep = true } = {}) {
  /** Gives where the keyboard goes on. @param {string} tried */
  async function use(tried) {
    /** @type {Summary} */
    let seen;
    try {
      seen = await summary(tried);
    } catch (error) {
      const { status, message } = /** @type {import('./service.js').Refusal} */ (error);
      if (status === 401) forgetToken();
      input.value = tried;
      askForToken(message);
      return undefined;
    }
    if (keep) keepToken(tried);
    input.value = '';
    form.hidden = true;
    element('who').hidden = false;
    element('whose').textContent = `Token “${seen.token.name}”: ${seen.token.scopes.join(', ')}`;
    return welcome(tried, seen);
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
    const next = await use(tried);
    button.disabled = false;
    next?.focus({ preventScroll: true });
  });
  // Nothing of what the token could see stays on the page.
  element('forget').addEventListener('click', () => {
    forgetToken();
    location.reload();
  });
  if (first === null) askForToken('');
  else await use(first);
}
