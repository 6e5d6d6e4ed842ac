import { DEFAULT_OVERLAP, readRotation } from '../../domain/tokens/rotation.ts';
import type { Rotation } from '../../domain/tokens/token-entry.ts';
import {
  readTokenName,
  readTokenRequest,
  type TokenLabels,
  type TokenRequest,
} from '../../domain/tokens/token-request.ts';
import { membersOf, textOf, textsOf } from './json-body.ts';

/** The members of each body. */
const CREATE_MEMBERS = ['name', 'scopes', 'expires', 'departments', 'jobs', 'rate'] as const;
const ROTATE_MEMBERS = ['name', 'expires', 'overlap'] as const;
const REVOKE_MEMBERS = ['name'] as const;

const LABELS: TokenLabels = {
  ...{ name: 'name', scopes: 'scopes', expires: 'expires' },
  ...{ departments: 'departments', jobs: 'jobs', rate: 'rate' },
};

/** Reads the body of a token to be created. Errors: BAD_USER_INPUT. */
export function readCreation(text: string, maxLifetimeMs: number | null, now: number): TokenRequest {
  const members = membersOf(text, CREATE_MEMBERS);
  const words = {
    ...{ name: textOf(members, 'name') ?? '', expires: textOf(members, 'expires'), rate: textOf(members, 'rate') },
    scopes: textsOf(members, 'scopes') ?? ['read', 'personal'],
    departments: textsOf(members, 'departments') ?? [],
    jobs: textsOf(members, 'jobs') ?? [],
  };
  return readTokenRequest(words, LABELS, maxLifetimeMs, now);
}

/** Reads the body of a rotation. Errors: BAD_USER_INPUT. */
export function readRotationBody(text: string, maxLifetimeMs: number | null, now: number): Rotation {
  const members = membersOf(text, ROTATE_MEMBERS);
  const [name, expires] = [textOf(members, 'name') ?? '', textOf(members, 'expires')];
  const words = { name, expires, overlap: textOf(members, 'overlap') ?? DEFAULT_OVERLAP };
  return readRotation(words, { name: 'name', expires: 'expires', overlap: 'overlap' }, maxLifetimeMs, now);
}

/** Reads the name in the body of a revocation. Errors: BAD_USER_INPUT. */
export const readRevocation = (text: string): string =>
  readTokenName(textOf(membersOf(text, REVOKE_MEMBERS), 'name') ?? '', 'name');
