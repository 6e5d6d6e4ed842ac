import { endOfNext, readExpiry, readOverlap } from './lifetime.ts';
import type { Rotation } from './token-entry.ts';
import { readTokenName } from './token-request.ts';

/** The time for which the old token is still accepted, unless another one is given. */
export const DEFAULT_OVERLAP = '24h';

/** A rotation in the words of a user. */
interface RotationWords {
  readonly name: string;
  readonly overlap: string;
  /** Undefined: as long from now as the old token was to live. */
  readonly expires: string | undefined;
}

/**
 * Reads how a token is to be replaced.
 * @param labels how the user names the options
 * @param maxLifetimeMs the longest lifetime, in milliseconds; null: unlimited
 * @param now in milliseconds since 1970
 * @throws Failure BAD_USER_INPUT, naming the option, its value and what is accepted
 */
export function readRotation(
  { name, overlap, expires }: RotationWords,
  labels: Readonly<Record<keyof RotationWords, string>>,
  maxLifetimeMs: number | null,
  now: number,
): Rotation {
  const asked = expires === undefined ? null : readExpiry(expires, labels.expires, now);
  // What was asked for is checked before anything is changed.
  if (asked !== null) endOfNext(asked, null, labels.expires, maxLifetimeMs, now);
  return {
    name: readTokenName(name, labels.name),
    overlapMs: readOverlap(overlap, labels.overlap),
    endOf: (lifetimeMs) => endOfNext(asked, lifetimeMs, labels.expires, maxLifetimeMs, now),
  };
}
