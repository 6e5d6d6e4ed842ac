import type { SlotRefusal } from './semaphore.ts';

/** The size of a fair queue. */
export interface FairQueueLimits {
  /** Maximum number of operations in progress. */
  readonly maxConcurrent: number;
  /** Maximum cost of the operations that one caller has in progress. A caller without one may start one of any cost. */
  readonly maxCostPerCaller: number;
  /** Maximum number of waiting operations. */
  readonly maxWaiting: number;
}

/** What an operation waits for, and for how long. */
interface Wait {
  readonly cost: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly cost: number;
  start(): void;
}

interface Caller {
  readonly name: string;
  /** In the order of arrival. */
  readonly waiting: Set<Waiting>;
  /** The operations in progress, and their cost. */
  running: number;
  runningCost: number;
  /** The virtual time at which the next operation starts: the cost of all operations of a caller that never paused. */
  startTag: number;
}

/**
 * A queue of operations that is fair among callers, by cost. Of several callers that wait, the one that has received the least goes first:
 * start-time fair queueing with several servers, SFQ(D) (Goyal, Vin and Cheng 1996; Jin, Chase and Kaur 2004).
 *
 * A caller may only start another operation while it has fewer in progress than there are free slots, and may only wait while it has fewer
 * waiting than there are free positions in the queue: dynamic thresholds (Choudhury and Hahne 1998). So one caller has at most half, two have
 * a third each, and there is a free slot for whoever comes next, until there are as many callers as slots.
 */
export class FairQueue {
  readonly #limits: FairQueueLimits;
  readonly #toError: (why: SlotRefusal) => Error;
  readonly #callers = new Map<string, Caller>();
  #running = 0;
  #waiting = 0;
  /** The greatest start tag of an operation that has started: where a caller begins that did not wait. */
  #virtualTime = 0;

  /** `toError` returns the error for an operation that may not wait (any longer). */
  constructor(limits: FairQueueLimits, toError: (why: SlotRefusal) => Error) {
    this.#limits = limits;
    this.#toError = toError;
  }

  /** Returns how many slots there are, and how many are held and waited for. */
  use(): { readonly slots: number; readonly inUse: number; readonly waiting: number } {
    return { slots: this.#limits.maxConcurrent, inUse: this.#running, waiting: this.#waiting };
  }

  /**
   * Acquires a slot for an operation of a caller and returns its idempotent release.
   *
   * Errors: that of `toError`; the signal's reason if it is aborted first. The operation has then left the queue.
   */
  async acquire(name: string, { cost, timeoutMs, signal }: Wait): Promise<() => void> {
    signal.throwIfAborted();
    const caller = this.#callers.get(name) ?? { name, waiting: new Set(), running: 0, runningCost: 0, startTag: 0 };
    this.#callers.set(name, caller);
    if (caller.waiting.size === 0) caller.startTag = Math.max(caller.startTag, this.#virtualTime);
    // Operations of others that wait may not start at present, or they would have.
    if (caller.waiting.size === 0 && this.#mayStart(caller, cost)) this.#start(caller, cost);
    else await this.#wait(caller, { cost, timeoutMs, signal });
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#running--;
      caller.running--;
      caller.runningCost -= cost;
      this.#startWaiting();
    };
  }

  #mayStart({ running, runningCost }: Caller, cost: number): boolean {
    const { maxConcurrent, maxCostPerCaller } = this.#limits;
    if (running >= maxConcurrent - this.#running) return false;
    return running === 0 || runningCost + cost <= maxCostPerCaller;
  }

  #start(caller: Caller, cost: number): void {
    this.#virtualTime = Math.max(this.#virtualTime, caller.startTag);
    caller.startTag += cost;
    caller.running++;
    caller.runningCost += cost;
    this.#running++;
  }

  /** Starts all waiting operations that may start now, and forgets callers that are no further than those who come new. */
  #startWaiting(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      const [caller, first] = next;
      this.#start(caller, first.cost);
      first.start();
    }
    for (const { name, waiting, running, startTag } of this.#callers.values())
      if (waiting.size === 0 && running === 0 && (startTag <= this.#virtualTime || this.#running === 0))
        this.#callers.delete(name);
  }

  /** Returns the operation that starts next, with its caller; null if none may start. */
  #next(): readonly [Caller, Waiting] | null {
    let next: readonly [Caller, Waiting] | null = null;
    for (const caller of this.#callers.values()) {
      const [first] = caller.waiting;
      if (!first || (next && next[0].startTag <= caller.startTag)) continue;
      if (this.#mayStart(caller, first.cost)) next = [caller, first];
    }
    return next;
  }

  #wait(caller: Caller, { cost, timeoutMs, signal }: Wait): Promise<void> {
    if (caller.waiting.size >= this.#limits.maxWaiting - this.#waiting) return Promise.reject(this.#toError('full'));
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        caller.waiting.delete(waiting);
        this.#waiting--;
      };
      const giveUp = (reason: unknown) => {
        leave();
        reject(reason);
        // The next operation of this caller may cost less.
        this.#startWaiting();
      };
      const waiting: Waiting = {
        cost,
        start() {
          leave();
          resolve();
        },
      };
      const onAbort = () => giveUp(signal.reason);
      const timer = setTimeout(() => giveUp(this.#toError('late')), timeoutMs);
      signal.addEventListener('abort', onAbort, { once: true });
      caller.waiting.add(waiting);
      this.#waiting++;
    });
  }
}
