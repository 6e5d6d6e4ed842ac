import type { Random } from './random.ts';

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Returns 32 bits as eight hexadecimal digits. */
function hex8(bits: number): string {
  return `${BYTES[bits >>> 24]}${BYTES[(bits >>> 16) & 255]}${BYTES[(bits >>> 8) & 255]}${BYTES[bits & 255]}`;
}

/** Returns a lower-case UUID that looks like version 4 (RFC 9562, section 5.4). */
export function uuid(random: Random): string {
  const second = hex8((random.bits() & 0xffff0fff) | 0x4000);
  const third = hex8((random.bits() & 0x3fffffff) | 0x80000000);
  return `${hex8(random.bits())}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${hex8(random.bits())}`;
}

/** Returns 24 hexadecimal digits, the source system's form of an employee id. */
export function employeeId(random: Random): string {
  return hex8(random.bits()) + hex8(random.bits()) + hex8(random.bits());
}

/**
 * Returns the pattern with a random digit for each `#` and a random letter for each `@`. Other characters, such as the
 * `?` of a link, stay.
 */
export function filled(pattern: string, random: Random): string {
  return pattern.replace(/[#@]/g, (mark) =>
    mark === '#' ? String(random.below(10)) : String.fromCharCode(97 + random.below(26)),
  );
}

/**
 * Interview ids of 24 hexadecimal digits: second of creation, five random bytes, counter. Requested in the order of
 * creation, they ascend, as the order of an extract requires.
 */
export class InterviewIds {
  readonly #random: Random;
  #second = -1;
  #server = '';
  #counter = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Returns the next id. `createdAt`: seconds since 1970, from 0 to 2^32 - 1. */
  next(createdAt: number): string {
    if (createdAt === this.#second) {
      this.#counter++;
    } else {
      this.#second = createdAt;
      this.#server = (hex8(this.#random.bits()) + hex8(this.#random.bits())).slice(0, 10);
      // Half of the range stays free for interviews created in the same second.
      this.#counter = this.#random.below(2 ** 23);
    }
    return hex8(createdAt) + this.#server + this.#counter.toString(16).padStart(6, '0');
  }
}
