import { randomUUID } from 'node:crypto';
import type { SharedRedis } from './redis.ts';
import { SharedSlots } from './shared-slots.ts';

/** The requests under way of each caller: of all instances where Redis is there, otherwise of this one. */
export class ConcurrentRequests {
  /** Those of this instance, by caller. */
  readonly #local = new Map<string, Set<string>>();
  readonly #shared: SharedSlots | null;

  constructor(redis: SharedRedis | null) {
    this.#shared = redis && new SharedSlots(redis, () => this.#local);
  }

  /** Takes one of a caller's `most` places. Gives how many others are taken, and what gives it back; null where there is none. */
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
