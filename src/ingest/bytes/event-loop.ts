import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work after which others have their turn. */
const MAX_HOLD_MS = 20;

let heldSince = 0;

/**
 * To be awaited between pieces of work that may follow each other without waiting for anything else: gives the event loop back once it
 * has been held for 20 ms, so that the other requests of the process go on.
 */
export async function yieldEventLoop(): Promise<void> {
  if (performance.now() - heldSince < MAX_HOLD_MS) return;
  await setImmediate();
  heldSince = performance.now();
}
