import { randomUUID } from 'node:crypto';
import type { SharedRedis } from './redis.ts';
import { SharedPlaces } from './shared-slots.ts';

/** The requests under way of each caller: of all instances where Redis is there, otherwise of this one. */
export class UnderWay {
  /** Those of this instance, by caller. */
  readonly #here = new Map<string, Set<string>>();
  readonly #shared: SharedPlaces | null;

  constructor(redis: SharedRedis | null) {
    this.#shared = redis && new SharedPlaces(redis, () => this.#here);
  }

  /** Takes one of a caller's `most` places. Gives how many others are taken, and what gives it back; null where there is none. */
  async enter(caller: string, most: number): Promise<{ others: number; leave: (() => void) | null }> {
    const id = randomUUID();
    const shared = (await this.#shared?.take(caller, most, id)) ?? null;
    const here = this.#here.get(caller) ?? new Set();
    const others = shared ?? here.size;
    if (others >= most) return { others, leave: null };
    this.#here.set(caller, here.add(id));
    return {
      others,
      leave: () => {
        here.delete(id);
        if (here.size === 0 && this.#here.get(caller) === here) this.#here.delete(caller);
        this.#shared?.give(caller, id);
      },
    };
  }

  close(): void {
    this.#shared?.close();
  }
}
