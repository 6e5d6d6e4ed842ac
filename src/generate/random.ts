import { itemAt } from './item-at.ts';

/** Values with their shares, which add up to 1; the last value absorbs the rounding error. */
export type Shares<T> = readonly (readonly [value: T, share: number])[];

/**
 * Reproducible random numbers: sfc32, the "small fast counter" generator of Chris Doty-Humphrey's PractRand. It uses
 * only 32-bit integer arithmetic, so a seed produces the same numbers on every machine and Node version.
 */
export class Random {
  #a: number;
  #b: number;
  #c = 0x9e3779b9 | 0;
  #counter = 1;

  /** `seed`: an integer from 0 to Number.MAX_SAFE_INTEGER. */
  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 2 ** 32) | 0;
    // Twelve rounds spread the bits of a small seed, as the author's own seeding does.
    for (let round = 0; round < 12; round++) this.bits();
  }

  /** Returns 32 random bits as a signed integer. */
  bits(): number {
    const result = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result;
  }

  /** Returns a number from 0 up to, not including, 1. */
  next(): number {
    return (this.bits() >>> 0) / 2 ** 32;
  }

  /** Returns an integer from 0 up to, not including, `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** Returns an integer from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  /** Returns true with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Returns an element of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return itemAt(list, this.below(list.length));
  }

  /** Returns one of the values, each as often as its share says. */
  weighted<T>(shares: Shares<T>): T {
    let remaining = this.next();
    for (const [value, share] of shares) {
      remaining -= share;
      if (remaining < 0) return value;
    }
    return itemAt(shares, shares.length - 1)[0];
  }

  /** Returns the elements in random order. */
  shuffled<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [result[last], result[other]] = [itemAt(result, other), itemAt(result, last)];
    }
    return result;
  }
}
