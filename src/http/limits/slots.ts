/** How many may have a place and wait for one. */
export interface PlaceLimits {
  readonly atOnce: number;
  /** The most that wait. */
  readonly waiting: number;
  /** Milliseconds that one waits. */
  readonly patience: number;
}

/** Why there is no place: the queue is full, or time is up. */
export type Refused = 'full' | 'late';

/** Places that are taken in the order of arrival, by whoever waits for one. */
export class Places {
  readonly #limits: PlaceLimits;
  readonly #refusal: (why: Refused) => Error;
  #taken = 0;
  /** Those who wait, the first first. */
  readonly #queue = new Set<() => void>();

  /** `refusal` makes the error for one who gets no place. */
  constructor(limits: PlaceLimits, refusal: (why: Refused) => Error) {
    this.#limits = limits;
    this.#refusal = refusal;
  }

  /**
   * Waits for a place, and gives what gives it back, which counts once. Errors: the refusal; the signal's reason where that is aborted
   * before, and then the next in the queue moves up.
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#taken < this.#limits.atOnce) this.#taken++;
    else await this.#turn(signal);
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
    else this.#taken--;
  }

  #turn(signal: AbortSignal): Promise<void> {
    const { waiting, patience } = this.#limits;
    if (patience === 0) return Promise.reject(this.#refusal('late'));
    if (this.#queue.size >= waiting) return Promise.reject(this.#refusal('full'));
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
        reject(this.#refusal('late'));
      }, patience);
      signal.addEventListener('abort', abandon, { once: true });
      this.#queue.add(called);
    });
  }
}
