import { Failure } from '../../domain/errors.ts';
import { FairQueue } from '../../http/limits/fair-queue.ts';
import { MAX_COST, MAX_WAITING_OPERATIONS } from '../limits.ts';

/** An operation that waits for its turn. */
interface QueuedOperation {
  readonly caller: string;
  /** Its requested cost. */
  readonly cost: number;
  readonly signal: AbortSignal;
}

/**
 * Does the work of an operation when it is its turn. `work` takes the milliseconds for which it has waited. Errors: those of `work`;
 * OPERATIONS_BUSY, TIMEOUT; the signal's reason.
 */
export type InTurn = <T>(operation: QueuedOperation, work: (waitedMs: number) => Promise<T>) => Promise<T>;

/** The queue of operations. */
interface OperationQueue {
  readonly inTurn: InTurn;
  /** Returns how many slots there are, and how many are held and waited for. */
  readonly use: FairQueue['use'];
}

/**
 * Returns the queue before the connections for operations: fair among callers, none of which holds more than half of the connections, or
 * more than the greatest cost of one operation. An operation waits for at most `timeoutMs`.
 */
export function operationQueue(connections: number, timeoutMs: number): OperationQueue {
  const queue = new FairQueue(
    { maxConcurrent: connections, maxCostPerCaller: MAX_COST, maxWaiting: MAX_WAITING_OPERATIONS },
    (why) =>
      why === 'full'
        ? new Failure(
            'OPERATIONS_BUSY',
            'Too many operations are waiting already, of this token or in all. Try again shortly.',
          )
        : new Failure(
            'TIMEOUT',
            `The operation waited for ${timeoutMs / 1000} seconds behind others and was not started.`,
          ),
  );
  const inTurn: InTurn = async ({ caller, cost, signal }, work) => {
    const arrived = performance.now();
    const release = await queue.acquire(caller, { cost, timeoutMs, signal });
    try {
      return await work(performance.now() - arrived);
    } finally {
      release();
    }
  };
  return { inTurn, use: () => queue.use() };
}
