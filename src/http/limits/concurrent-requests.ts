import { randomUUID } from 'node:crypto';
import type { SharedRedis } from './redis.ts';
import { SharedSlots } from './shared-slots.ts';

/** The concurrent requests of each caller: across all instances if Redis is available, otherwise in this one. */
export class ConcurrentRequests {
  /** The ids of this instance's requests, by caller. */
  readonly #local = new Map<string, Set<string>>();
  readonly #shared: SharedSlots | null;

  constructor(redis: SharedRedis | null) {
    this.#shared = redis && new SharedSlots(redis, () => this.#local);
  }

  /**
   * Acquires one of a caller's `max` slots. Returns how many others are held, and the release; null instead if there is
   * no slot.
   */
  async acquire(caller: string, max: number): Promise<{ others: number; release: (() => void) | null }> {
    const id = randomUUID();
    const shared = (await this.#shared?.acquire(caller, max, id)) ?? null;
    const local = this.#local.get(caller) ?? new Set();
    const others = shared ?? local.size;
    if (others >= max) return { others, release: null };
    this.#local.set(caller, local.add(id));
    return {
      others,
      release: () => {
        local.delete(id);
        if (local.size === 0 && this.#local.get(caller) === local) this.#local.delete(caller);
        this.#shared?.release(caller, id);
      },
    };
  }

  close(): void {
    this.#shared?.close();
  }
}
