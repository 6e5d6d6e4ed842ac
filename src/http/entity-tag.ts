import { hash } from 'node:crypto';
import type { ExtractRequest } from '../extract/request.ts';
import type { Coding } from './compression.ts';

/** All that the bytes of an answer depend on. */
export interface Representation {
  /** The version of the program, which may come to write the same data in another way. */
  readonly program: string;
  /** Of the data. */
  readonly version: string;
  readonly asked: ExtractRequest;
  readonly coding: Coding | null;
}

/**
 * The entity tag of an answer (RFC 9110, 8.8.3). Weak for one with a coding: its bytes also depend on when the compressor was told to send
 * what it had.
 */
export function entityTag({ program, version, asked, coding }: Representation): string {
  const { format, output, where, limit, after } = asked;
  const fields = output.fields.map(({ key }) => key);
  const parts = [program, version, format.name, { ...output, fields }, where, limit, after, coding?.name ?? null];
  return `${coding ? 'W/' : ''}"${hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 27)}"`;
}

/** Whether If-None-Match names this tag: `*`, or a list in which it stands, weak or not (RFC 9110, 13.1.2). */
export function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = tag.replace(/^W\//, '');
  return Array.from(ifNoneMatch.matchAll(/(?:W\/)?("[^"]*")/g), ([, each]) => each).includes(opaque);
}
