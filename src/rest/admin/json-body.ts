/** JSON in the bodies of the routes for administrators. */
import type { IncomingHttpHeaders } from 'node:http';
import { Failure, shown } from '../../domain/errors.ts';

/** Maximum size of a body in bytes: one with a hundred departments and a hundred jobs fits, or one with a thousand people. */
export const MAX_BODY_BYTES = 65_536;

/** The members of a body. */
export type Members = Readonly<Record<string, unknown>>;

/** Errors: UNSUPPORTED_MEDIA_TYPE unless the body is JSON. A form of another site can't send that without a preflight. */
export function checkJson(headers: IncomingHttpHeaders): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json')
    throw new Failure('UNSUPPORTED_MEDIA_TYPE', `Content-Type: ${shown(type)} is not accepted; send application/json.`);
}

/** Reads a body that is an object with no other members than these. Errors: BAD_USER_INPUT. */
export function membersOf(text: string, accepted: readonly string[]): Members {
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
export function textOf(members: Members, name: string): string | undefined {
  const value = members[name] ?? undefined;
  if (value !== undefined && typeof value !== 'string')
    throw new Failure('BAD_USER_INPUT', `${name}: ${shown(JSON.stringify(value))} is not accepted; it is a text.`);
  return value;
}

/** Returns a member that is a list of texts; undefined if it is missing or null. */
export function textsOf(members: Members, name: string): string[] | undefined {
  const value = members[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
    throw new Failure(
      'BAD_USER_INPUT',
      `${name}: ${shown(JSON.stringify(value))} is not accepted; it is a list of texts.`,
    );
  return value;
}

/** Returns a member that is true or false; false if it is missing or null. */
export function flagOf(members: Members, name: string): boolean {
  const value = members[name] ?? false;
  if (typeof value !== 'boolean')
    throw new Failure(
      'BAD_USER_INPUT',
      `${name}: ${shown(JSON.stringify(value))} is not accepted; it is true or false.`,
    );
  return value;
}
