import type { IncomingHttpHeaders } from 'node:http';
import { Failure, shown } from '../../domain/errors.ts';
import { DEFAULT_OVERLAP, readRotation } from '../../domain/tokens/rotation.ts';
import type { Rotation } from '../../domain/tokens/token-entry.ts';
import {
  readTokenName,
  readTokenRequest,
  type TokenLabels,
  type TokenRequest,
} from '../../domain/tokens/token-request.ts';

/** Maximum size of a body in bytes: one with a hundred departments and a hundred jobs fits. */
export const MAX_BODY_BYTES = 65_536;

/** The members of each body. */
const CREATE_MEMBERS = ['name', 'scopes', 'expires', 'departments', 'jobs', 'rate'] as const;
const ROTATE_MEMBERS = ['name', 'expires', 'overlap'] as const;
const REVOKE_MEMBERS = ['name'] as const;

const LABELS: TokenLabels = {
  ...{ name: 'name', scopes: 'scopes', expires: 'expires' },
  ...{ departments: 'departments', jobs: 'jobs', rate: 'rate' },
};

type Members = Readonly<Record<string, unknown>>;

/** Errors: UNSUPPORTED_MEDIA_TYPE unless the body is JSON. A form of another site can't send that without a preflight. */
export function checkJson(headers: IncomingHttpHeaders): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json')
    throw new Failure('UNSUPPORTED_MEDIA_TYPE', `Content-Type: ${shown(type)} is not accepted; send application/json.`);
}

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

function membersOf(text: string, accepted: readonly string[]): Members {
  const body = parse(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Failure('BAD_USER_INPUT', `The body is not a JSON object with the members ${accepted.join(', ')}.`);
  const unknown = Object.keys(body).find((name) => !accepted.includes(name));
  if (unknown !== undefined)
    throw new Failure('BAD_USER_INPUT', `${shown(unknown)} is not accepted; accepted are ${accepted.join(', ')}.`);
  return body as Members;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Returns a member that is a text; undefined if it is missing or null. */
function textOf(members: Members, name: string): string | undefined {
  const value = members[name] ?? undefined;
  if (value !== undefined && typeof value !== 'string')
    throw new Failure('BAD_USER_INPUT', `${name}: ${shown(JSON.stringify(value))} is not accepted; it is a text.`);
  return value;
}

/** Returns a member that is a list of texts; undefined if it is missing or null. */
function textsOf(members: Members, name: string): string[] | undefined {
  const value = members[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
    throw new Failure(
      'BAD_USER_INPUT',
      `${name}: ${shown(JSON.stringify(value))} is not accepted; it is a list of texts.`,
    );
  return value;
}
