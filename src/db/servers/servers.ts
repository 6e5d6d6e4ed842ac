import type pg from 'pg';
import type { DatabaseServers } from '../../domain/configuration/database-servers.ts';
import type { ServerTarget } from './session-target.ts';

/** Milliseconds for which a server that failed is tried after the others: more than they take, each of which may hang for 5 seconds. */
const AVOIDED_MS = 60_000;

/** Milliseconds between two looks for a preferred server while another one is used. */
const LOOK_EVERY_MS = 5_000;

/** A server, and what it must be. */
export interface Candidate {
  readonly url: string;
  readonly target: ServerTarget;
  /** Whether it is left for no other as long as it works. While another one is used, it is looked for. */
  readonly preferred: boolean;
}

/** What a server is asked beyond its target. */
export interface ServerChecks {
  /** Called before preferred servers are looked for. Does not throw. */
  beforeLook(): Promise<void>;
  /** Returns why a server that was connected to is not used, in words; null if it is. Errors: those of the database. */
  fault(client: pg.ClientBase, candidate: Candidate): Promise<string | null>;
}

/** Returns the candidates of a URL, in the order in which they are tried. */
export function candidatesOf({ urls, target }: DatabaseServers): readonly Candidate[] {
  const all = (only: ServerTarget, preferred: boolean) => urls.map((url) => ({ url, target: only, preferred }));
  return target === 'prefer-standby' ? [...all('standby', true), ...all('any', false)] : all(target, true);
}

/** Whether there is anything to choose or to check. */
export const isChoice = ({ urls, target }: DatabaseServers): boolean => urls.length > 1 || target !== 'any';

/** Is told that connections go to another server than before, and why: the last fault, in words. */
export type OnMove = (from: Candidate, to: Candidate, reason: string) => void;

/**
 * The servers of one database, and the one of them that all pools of an instance use. It is used until a connection to it fails: connections
 * that go to several servers would see several states of the data. All times are of `performance.now()`.
 */
export class Servers {
  readonly checks: ServerChecks | null;
  readonly #candidates: readonly Candidate[];
  readonly #onMove: OnMove;
  readonly #failedAt = new Map<Candidate, number>();
  /** The candidate that new connections go to; null after it failed. */
  #used: Candidate | null = null;
  /** The candidate of the connections that may still be used; null if there are none, or none may be. */
  #current: Candidate | null = null;
  /** The last candidate that connections went to. */
  #last: Candidate | null = null;
  #lastFault = '';
  #moves = 0;
  #nextLook = 0;

  constructor(candidates: readonly Candidate[], onMove: OnMove, checks: ServerChecks | null = null) {
    this.#candidates = candidates;
    this.#onMove = onMove;
    this.checks = checks;
  }

  /** How many candidates there are. */
  get count(): number {
    return this.#candidates.length;
  }

  /** Returns the candidate to connect to next: the one in use, or the first that has not failed just now, or the one that failed first. */
  next(): Candidate {
    if (this.#used) return this.#used;
    const recently = performance.now() - AVOIDED_MS;
    const failed = (candidate: Candidate) => Math.max(recently, this.#failedAt.get(candidate) ?? 0);
    const [first, ...others] = this.#candidates;
    if (!first) throw new Error('there are no servers');
    return others.reduce((best, candidate) => (failed(candidate) < failed(best) ? candidate : best), first);
  }

  /** How often connections have moved to another server. */
  get moves(): number {
    return this.#moves;
  }

  /** Whether connections go to a preferred server, and the last fault, which may be why not. */
  get preference(): { readonly isMet: boolean; readonly fault: string } {
    return { isMet: this.#current?.preferred === true, fault: this.#lastFault };
  }

  /** Says that a connection to a candidate was made, and that the server is what it must be. Another one that is in use stays in use. */
  accept(candidate: Candidate): void {
    this.#failedAt.delete(candidate);
    if (!this.#used) this.moveTo(candidate);
  }

  /** Says that the server of a candidate is not what it must be, and why. */
  fail(candidate: Candidate, reason: string): void {
    this.#failedAt.set(candidate, performance.now());
    this.#lastFault = reason;
    if (this.#used === candidate) this.#used = null;
  }

  /** Says that no connection to the server of a candidate could be made, and why: whatever it would have to be. */
  failServer({ url }: Candidate, reason: string): void {
    for (const candidate of this.#candidates) if (candidate.url === url) this.fail(candidate, reason);
  }

  /** Lets new connections go to a candidate. */
  moveTo(candidate: Candidate): void {
    const last = this.#last;
    this.#used = candidate;
    this.#current = candidate;
    this.#last = candidate;
    if (!last || last.url === candidate.url) return;
    this.#moves++;
    this.#onMove(last, candidate, this.#lastFault);
  }

  /**
   * Lets connections go to a server that is not preferred, until a preferred one is found at the next look. Returns false if there is no other, and
   * leaves none then.
   */
  leavePreferred(reason: string): boolean {
    if (this.#candidates.every(({ preferred }) => preferred)) return false;
    const left = this.#current;
    if (!left?.preferred) return true;
    for (const candidate of this.#candidates)
      if (candidate.preferred || candidate.url === left.url) this.fail(candidate, reason);
    this.#current = null;
    this.#nextLook = performance.now() + LOOK_EVERY_MS;
    return true;
  }

  /** Whether a connection must not be used any more, because others go to another candidate. */
  isStale(candidate: Candidate | undefined): boolean {
    return candidate !== this.#current;
  }

  /** Returns the candidates to look for now; none while a preferred one is used, or if there was a look just now. */
  toLookFor(): readonly Candidate[] {
    if (!this.#used || this.#used.preferred || performance.now() < this.#nextLook) return [];
    this.#nextLook = performance.now() + LOOK_EVERY_MS;
    return this.#candidates.filter(({ preferred }) => preferred);
  }
}
