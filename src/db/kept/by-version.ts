import { LRUCache } from 'lru-cache';

/** What is kept of a state of the rows, by the data version and a key. Of older rows nothing is kept on, once something of newer ones is. */
export class KeptByVersion<Value extends object | number> {
  readonly #kept: LRUCache<string, Value>;
  #newest = 0n;

  /** `limits`: how much is kept, as `lru-cache` has it. */
  constructor(limits: LRUCache.Options<string, Value, unknown>) {
    this.#kept = new LRUCache(limits);
  }

  get(version: string, key: string): Value | undefined {
    return this.#kept.get(nameOf(version, key));
  }

  has(version: string, key: string): boolean {
    return this.#kept.has(nameOf(version, key));
  }

  set(version: string, key: string, value: Value): void {
    // Versions only grow (query/state/data-version.ts). An older one is that of a replica that lags, or of a snapshot that began before.
    if (BigInt(version) > this.#newest) {
      this.#newest = BigInt(version);
      this.#kept.clear();
    }
    this.#kept.set(nameOf(version, key), value);
  }
}

const nameOf = (version: string, key: string): string => `${version} ${key}`;
