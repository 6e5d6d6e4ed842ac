/** Milliseconds that a scrape waits for the database; Prometheus waits for 10 seconds by default. */
const PROBE_TIMEOUT_MS = 2_000;

/** What the database told last. */
export interface Probed<T> {
  /** Whether it has answered this time, within the timeout. */
  readonly isUp: boolean;
  /** Null until it has answered once. */
  readonly last: T | null;
}

/**
 * Asks the database with a timeout. While a question has no answer no other one is asked, so that scrapes of a database that hangs hold one
 * connection and not one each.
 */
export class DatabaseProbe<T> {
  readonly #ask: () => Promise<T>;
  #pending: Promise<boolean> | null = null;
  #last: T | null = null;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  /** Does not throw. */
  async probe(): Promise<Probed<T>> {
    this.#pending ??= this.#answer().finally(() => {
      this.#pending = null;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(resolve, PROBE_TIMEOUT_MS, false);
    });
    const isUp = await Promise.race([this.#pending, late]);
    clearTimeout(timer);
    return { isUp, last: this.#last };
  }

  async #answer(): Promise<boolean> {
    try {
      this.#last = await this.#ask();
      return true;
    } catch {
      return false;
    }
  }
}
