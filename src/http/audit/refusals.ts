import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '../../domain/audit/entry.ts';

/** Milliseconds for which alike refusals are one entry, after the first. */
const WINDOW_MS = 60_000;

/** Different refusals of a window that are told apart. */
const MAX_KINDS = 60;

/** Alike refusals: the first, which was written, and how many came since. */
interface Counted {
  readonly first: AuditEntry;
  others: number;
}

/**
 * Bounds the entries of requests that were refused or failed, which anybody can send as fast as the network lets them: the first of a minute of
 * each caller, address, action and code is written as it is, and how many followed as one entry at the end of the minute. Of more than 60
 * different ones, the rest is one entry by code.
 */
export class Refusals {
  readonly #write: (entry: AuditEntry) => void;
  #counted = new Map<string, Counted>();
  #timer: NodeJS.Timeout | null = null;

  constructor(write: (entry: AuditEntry) => void) {
    this.#write = write;
  }

  note(entry: AuditEntry): void {
    const { actor, address, action, target, code } = entry;
    const own = JSON.stringify([actor.kind, actor.issuer, actor.name, address, action, target, code]);
    const isOwn = this.#counted.has(own) || this.#counted.size < MAX_KINDS;
    const key = isOwn ? own : `others ${code}`;
    const counted = this.#counted.get(key);
    if (counted) {
      counted.others++;
      return;
    }
    const first = isOwn ? entry : anonymous(entry);
    this.#counted.set(key, { first, others: isOwn ? 0 : 1 });
    if (isOwn) this.#write(first);
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
    for (const { first, others } of counted.values())
      if (others > 0)
        this.#write({
          ...first,
          id: randomUUID(),
          at: Date.now(),
          requestId: null,
          attributes: {},
          subjects: [],
          requests: others,
        });
  }
}

/** What is the same of different refusals with one code. */
const anonymous = (entry: AuditEntry): AuditEntry => ({
  ...entry,
  actor: { kind: 'UNKNOWN', name: '', issuer: null },
  address: null,
  target: '(several)',
  operation: null,
  personal: false,
  rows: null,
});
