import { hash } from 'node:crypto';
import type { ExtractRequest } from '../extract/request.ts';
import type { Coding } from './compression.ts';

/** Everything that the bytes of a response depend on. */
export interface Representation {
  /** Version of the program: a later one may write the same data differently. */
  readonly program: string;
  /** The data version. */
  readonly version: string;
  readonly request: ExtractRequest;
  readonly coding: Coding | null;
}

/** Returns the opaque tag of everything that a response depends on, in quotes (RFC 9110, 8.8.3). The parts must be JSON. */
export const opaqueTag = (parts: readonly unknown[]): string =>
  `"${hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 27)}"`;

/**
 * Returns the entity tag of a response (RFC 9110, 8.8.3). It is weak if the same rows may have other bytes: with a coding they also depend on
 * when the compressor was flushed, and some formats say when they were written.
 */
export function entityTag({ program, version, request, coding }: Representation): string {
  const { format, output, where, period, evidence, limit, after } = request;
  const fields = output.fields.map(({ key }) => key);
  const parts = [
    program,
    version,
    format.name,
    { ...output, fields },
    where,
    period,
    ...(evidence ? [evidence.cell] : []),
    limit,
    after,
    coding?.name ?? null,
  ];
  return `${coding || format.isDated ? 'W/' : ''}${opaqueTag(parts)}`;
}

/** Returns whether If-None-Match matches this tag: `*`, or a list that contains it, weak or not (RFC 9110, 13.1.2). */
export function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = tag.replace(/^W\//, '');
  return Array.from(ifNoneMatch.matchAll(/(?:W\/)?("[^"]*")/g), ([, each]) => each).includes(opaque);
}
