/** How many slots a semaphore has, and how many callers may wait for one. */
export interface SemaphoreLimits {
  readonly maxConcurrent: number;
  /** Maximum length of the queue. */
  readonly maxWaiting: number;
  /** Milliseconds that a caller waits; 0: not at all. */
  readonly timeoutMs: number;
}

/** Why a caller gets no slot: the queue is full, or the timeout has passed. */
export type SlotRefusal = 'full' | 'late';

/** The slot of work that nobody waits for. */
export interface IdleSlot {
  /** Gives the slot back; more than once is no harm. */
  readonly release: () => void;
  /** Aborted as soon as a caller has to wait for a slot: the work is to be given up. */
  readonly wanted: AbortSignal;
}

/** A semaphore whose slots are handed out in the order of arrival. */
export class Semaphore {
  readonly #limits: SemaphoreLimits;
  readonly #toError: (why: SlotRefusal) => Error;
  #held = 0;
  /** The waiting callers, in the order of arrival. */
  readonly #queue = new Set<() => void>();
  /** Those who wait until all slots are free. */
  readonly #idle = new Set<() => void>();
  /** What is aborted when a caller has to wait. */
  readonly #givingWay = new Set<AbortController>();

  /** `toError` returns the error for a caller that gets no slot. */
  constructor(limits: SemaphoreLimits, toError: (why: SlotRefusal) => Error) {
    this.#limits = limits;
    this.#toError = toError;
  }

  /** Returns how many slots there are, and how many are held and waited for. */
  use(): { readonly slots: number; readonly inUse: number; readonly waiting: number } {
    return { slots: this.#limits.maxConcurrent, inUse: this.#held, waiting: this.#queue.size };
  }

  /**
   * Acquires a slot and returns its idempotent release.
   *
   * Errors: that of `toError`; the signal's reason if it is aborted first, and then the next caller in the queue moves
   * up.
   */
  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#held < this.#limits.maxConcurrent) this.#held++;
    else await this.#wait(signal);
    return this.#release();
  }

  /**
   * Acquires a slot for work that nobody waits for, once all slots are free. It gives way as soon as a caller has to wait. Errors: the signal’s
   * reason if it is aborted first.
   */
  async acquireIdle(signal: AbortSignal): Promise<IdleSlot> {
    signal.throwIfAborted();
    while (this.#held > 0) await this.#untilIdle(signal);
    this.#held++;
    const release = this.#release();
    const givingWay = new AbortController();
    this.#givingWay.add(givingWay);
    return {
      release: () => {
        this.#givingWay.delete(givingWay);
        release();
      },
      wanted: givingWay.signal,
    };
  }

  /** Returns the idempotent release of a slot that is held. */
  #release(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#passOn();
    };
  }

  /** Hands the slot to the next caller in the queue, or frees it. */
  #passOn(): void {
    const [first] = this.#queue;
    if (first) first();
    else this.#held--;
    if (this.#held === 0) for (const onIdle of this.#idle) onIdle();
  }

  #untilIdle(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        signal.removeEventListener('abort', onAbort);
        this.#idle.delete(onIdle);
      };
      const onIdle = () => {
        leave();
        resolve();
      };
      const onAbort = () => {
        leave();
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#idle.add(onIdle);
    });
  }

  #wait(signal: AbortSignal): Promise<void> {
    const { maxWaiting, timeoutMs } = this.#limits;
    if (timeoutMs === 0) return Promise.reject(this.#toError('late'));
    if (this.#queue.size >= maxWaiting) return Promise.reject(this.#toError('full'));
    return new Promise((resolve, reject) => {
      const leaveQueue = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#queue.delete(onSlot);
      };
      const onSlot = () => {
        leaveQueue();
        resolve();
      };
      const onAbort = () => {
        leaveQueue();
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        leaveQueue();
        reject(this.#toError('late'));
      }, timeoutMs);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#queue.add(onSlot);
      for (const work of this.#givingWay) work.abort(new Error('somebody waits for the slot'));
    });
  }
}
