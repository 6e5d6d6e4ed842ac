/** The line that says whether the service is up; where it isn't, it is asked again until it is. */
import { addressOf, ask, element, Refusal } from './service.js';

/** Milliseconds until it is asked again; and at most, where the service says when. */
const PAUSE = 3_000;
const MAX_PAUSE = 3_600_000;

/** Which watch is the one that goes on. */
let latest = 0;

/** Says whether it is up, and what is wrong where it isn't. Gives whether it is. */
async function isUp() {
  const state = element('up');
  try {
    await ask(addressOf('readyz'), null);
    state.textContent = 'The service is up.';
    state.dataset.is = 'up';
    return true;
  } catch (error) {
    const { status, message } = /** @type {Refusal} */ (error);
    state.textContent = status === 0 ? message : `The service is not ready: ${message}`;
    state.dataset.is = 'down';
    return false;
  }
}

/** Whether something failed since the service, or what it needs, was away or busy; what broke off may have. @param {unknown} error */
export const wasAway = (error) => !(error instanceof Refusal) || [0, 429, 502, 503].includes(error.status);

/**
 * Says whether the service is up. Where it isn’t, asks again until it is, and calls `back` then, unless it was called anew meanwhile.
 * @param {() => void} back
 * @param {{ failed?: boolean, after?: number | null | undefined }} [options] `failed`: it was away for a request, so `back` is called in any case, but
 *   never at once, and not before so many seconds
 */
export async function watch(back, { failed = false, after = null } = {}) {
  const mine = ++latest;
  if ((await isUp()) && !failed) return;
  let pause = Math.min(Math.max(PAUSE, (after ?? 0) * 1_000), MAX_PAUSE);
  do {
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = PAUSE;
  } while (mine === latest && !(await isUp()));
  if (mine === latest) back();
}
