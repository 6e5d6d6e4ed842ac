import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '../../domain/audit/entry.ts';

/** Milliseconds for which alike refusals are one entry, after the first. */
const WINDOW_MS = 60_000;

/** Different refusals of one actor in a window that are told apart. Whoever is not known is one actor. */
const MAX_KINDS = 60;

/** Alike refusals: what they have in common, and how many came, without the first if that was written. */
interface Counted {
  readonly alike: AuditEntry;
  others: number;
}

/**
 * Bounds the entries of requests that were refused or failed, which anybody can send as fast as the network lets them: the first of a minute of
 * each caller, address, action and code is written as it is, and how many followed as one entry at the end of the minute. Of more than 60
 * different ones of a caller, the rest is one entry by code; so nobody hides those of others. All without a valid token are one caller.
 */
export class Refusals {
  readonly #write: (entry: AuditEntry) => void;
  #counted = new Map<string, Counted>();
  /** How many different refusals of an actor are told apart. */
  #kinds = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;

  constructor(write: (entry: AuditEntry) => void) {
    this.#write = write;
  }

  note(entry: AuditEntry): void {
    const alike = withoutOperation(entry);
    const { address, action, target, outcome, code } = alike;
    const actor = JSON.stringify([entry.actor.kind, entry.actor.issuer, entry.actor.name]);
    const own = JSON.stringify([actor, address, action, target, outcome, code]);
    const kinds = this.#kinds.get(actor) ?? 0;
    const isOwn = this.#counted.has(own) || kinds < MAX_KINDS;
    const key = isOwn ? own : JSON.stringify([actor, outcome, code]);
    const counted = this.#counted.get(key);
    if (counted) {
      counted.others++;
      return;
    }
    this.#counted.set(key, { alike: isOwn ? alike : several(alike), others: isOwn ? 0 : 1 });
    if (isOwn) {
      this.#kinds.set(actor, kinds + 1);
      this.#write(entry);
    }
    this.#timer ??= setTimeout(() => this.#flush(), WINDOW_MS).unref();
  }

  /** Writes what was counted. */
  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#flush();
  }

  #flush(): void {
    this.#timer = null;
    const counted = this.#counted;
    this.#counted = new Map();
    this.#kinds = new Map();
    for (const { alike, others } of counted.values())
      if (others > 0)
        this.#write({
          ...alike,
          id: randomUUID(),
          at: Date.now(),
          requestId: null,
          attributes: {},
          subjects: [],
          requests: others,
        });
  }
}

/** A refusal without the GraphQL operation: its client names it as it likes, and would make each refusal a different one. */
const withoutOperation = (entry: AuditEntry): AuditEntry =>
  entry.operation === null ? entry : { ...entry, target: 'GraphQL', operation: null };

/** What is the same of different refusals of one actor with one code. */
const several = (entry: AuditEntry): AuditEntry => ({
  ...entry,
  address: null,
  target: '(several)',
  personal: false,
  rows: null,
});
