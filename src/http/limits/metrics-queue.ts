import { Failure } from '../../domain/errors.ts';
import { Semaphore } from './semaphore.ts';

/** Milliseconds that metrics wait for a slot. */
const TIMEOUT_MS = 10_000;

/** The maximum number of statements that wait for each slot. */
const MAX_WAITING_PER_SLOT = 50;

/**
 * Returns the semaphore of all statements of metrics, of all APIs of an instance: each of them may look at all rows. Errors of `acquire`:
 * OPERATIONS_BUSY if no slot becomes free in time, or too many are waiting already; the signal’s reason.
 */
export const metricsQueue = (maxConcurrent: number): Semaphore =>
  new Semaphore(
    { maxConcurrent, maxWaiting: MAX_WAITING_PER_SLOT * maxConcurrent, timeoutMs: TIMEOUT_MS },
    (why) =>
      new Failure(
        'OPERATIONS_BUSY',
        `${maxConcurrent} other statements of metrics are running, and ${
          why === 'full' ? 'many more are waiting' : `none ended within ${TIMEOUT_MS / 1000} seconds`
        }. Try again shortly, or ask for a shorter period.`,
      ),
  );
