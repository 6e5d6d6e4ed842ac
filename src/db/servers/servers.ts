import type { DatabaseServers } from '../../domain/configuration/database-servers.ts';
import type { ServerTarget } from './session-target.ts';

/** Milliseconds for which a server that failed is tried after the others. */
const AVOIDED_MS = 5_000;

/** Milliseconds between two looks for a preferred server while another one is used. */
const LOOK_EVERY_MS = 5_000;

/** A server, and what it must be. */
export interface Candidate {
  readonly url: string;
  readonly target: ServerTarget;
  /** Whether it is left for no other as long as it works. While another one is used, it is looked for. */
  readonly preferred: boolean;
}

/** Returns the candidates of a URL, in the order in which they are tried. */
export function candidatesOf({ urls, target }: DatabaseServers): readonly Candidate[] {
  const all = (only: ServerTarget, preferred: boolean) => urls.map((url) => ({ url, target: only, preferred }));
  return target === 'prefer-standby' ? [...all('standby', true), ...all('any', false)] : all(target, true);
}

/** Whether there is anything to choose or to check. */
export const isChoice = ({ urls, target }: DatabaseServers): boolean => urls.length > 1 || target !== 'any';

/**
 * The servers of one database, and the one of them that all pools of an instance use. It is used until a connection to it fails: connections
 * that go to several servers would see several states of the data. All times are of `performance.now()`.
 */
export class Servers {
  readonly #candidates: readonly Candidate[];
  readonly #onMove: (from: Candidate, to: Candidate) => void;
  readonly #failedAt = new Map<Candidate, number>();
  /** The candidate that new connections go to; null after it failed. */
  #used: Candidate | null = null;
  /** The last candidate that was connected to. */
  #last: Candidate | null = null;
  #nextLook = 0;

  /** `onMove` is called when connections go to another server than before. */
  constructor(candidates: readonly Candidate[], onMove: (from: Candidate, to: Candidate) => void) {
    this.#candidates = candidates;
    this.#onMove = onMove;
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

  /** Says that a connection to a candidate was made, and that the server is what it must be. */
  accept(candidate: Candidate): void {
    const last = this.#last;
    this.#failedAt.delete(candidate);
    this.#used = candidate;
    this.#last = candidate;
    if (last && last.url !== candidate.url) this.#onMove(last, candidate);
  }

  /** Says that no connection to a candidate could be made, or that the server is not what it must be. */
  fail(candidate: Candidate): void {
    this.#failedAt.set(candidate, performance.now());
    if (this.#used === candidate) this.#used = null;
  }

  /** Whether a connection goes to another server than new ones do. */
  isStale(candidate: Candidate | undefined): boolean {
    return this.#last !== null && candidate?.url !== this.#last.url;
  }

  /** Returns the candidates to look for now; none while a preferred one is used, or if there was a look just now. */
  toLookFor(): readonly Candidate[] {
    if (!this.#used || this.#used.preferred || performance.now() < this.#nextLook) return [];
    this.#nextLook = performance.now() + LOOK_EVERY_MS;
    return this.#candidates.filter(({ preferred }) => preferred);
  }
}
