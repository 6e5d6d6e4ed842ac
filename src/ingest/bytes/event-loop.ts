import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work before the event loop is yielded. */
const MAX_HOLD_MS = 20;

let heldSince = 0;

/**
 * Await this between pieces of work that would otherwise follow each other without waiting. It yields the event loop once it has been held
 * for 20 ms, so that other requests of the process proceed.
 */
export async function yieldEventLoop(): Promise<void> {
  if (performance.now() - heldSince < MAX_HOLD_MS) return;
  await setImmediate();
  heldSince = performance.now();
}
