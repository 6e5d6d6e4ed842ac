/** How many may have a place and wait for one. */
export interface SemaphoreLimits {
  readonly maxConcurrent: number;
  /** The most that wait. */
  readonly maxWaiting: number;
  /** Milliseconds that one waits. */
  readonly timeoutMs: number;
}

/** Why there is no place: the queue is full, or time is up. */
export type SlotRefusal = 'full' | 'late';

/** Places that are taken in the order of arrival, by whoever waits for one. */
export class Semaphore {
  readonly #limits: SemaphoreLimits;
  readonly #toError: (why: SlotRefusal) => Error;
  #held = 0;
  /** Those who wait, the first first. */
  readonly #queue = new Set<() => void>();

  /** `refusal` makes the error for one who gets no place. */
  constructor(limits: SemaphoreLimits, toError: (why: SlotRefusal) => Error) {
    this.#limits = limits;
    this.#toError = toError;
  }

  /**
   * Waits for a place, and gives what gives it back, which counts once. Errors: the refusal; the signal's reason where that is aborted
   * before, and then the next in the queue moves up.
   */
  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#held < this.#limits.maxConcurrent) this.#held++;
    else await this.#wait(signal);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#next();
    };
  }

  /** Hands a place on. */
  #next(): void {
    const [first] = this.#queue;
    if (first) first();
    else this.#held--;
  }

  #wait(signal: AbortSignal): Promise<void> {
    const { maxWaiting, timeoutMs } = this.#limits;
    if (timeoutMs === 0) return Promise.reject(this.#toError('late'));
    if (this.#queue.size >= maxWaiting) return Promise.reject(this.#toError('full'));
    return new Promise((resolve, reject) => {
      const leaveQueue = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abandon);
        this.#queue.delete(called);
      };
      const called = () => {
        leaveQueue();
        resolve();
      };
      const abandon = () => {
        leaveQueue();
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        leaveQueue();
        reject(this.#toError('late'));
      }, timeoutMs);
      signal.addEventListener('abort', abandon, { once: true });
      this.#queue.add(called);
    });
  }
}
