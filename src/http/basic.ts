import type { FastifyRequest } from 'fastify';
import { Failure, shown } from '../domain/errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Whether GET and HEAD of a route take the token as the password of HTTP Basic, which spreadsheets keep in their
     * stores of passwords. `accepted`: if a client sends it of its own accord; `requested`: also if it waits for a 401
     * that asks for it (./challenge.ts). Without it, Basic is refused.
     */
    readonly basic?: 'accepted' | 'requested';
  }
}

/** Maximum length of the encoded credentials, in characters. A token of an identity provider may have some thousand. */
const MAX_LENGTH = 8_192;

const WHERE =
  'The password of Authorization: Basic is taken as the token only by GET and HEAD of the extract, its summary, its metrics and OData.';

/** Returns whether an Authorization header is of the scheme Basic, well-formed or not. */
export const isBasic = (authorization: string): boolean => /^Basic(?: |$)/i.test(authorization);

/**
 * Returns the token of a request whose Authorization header is of the scheme Basic (RFC 7617): the password. The user
 * name may be anything.
 *
 * Errors: NOT_AUTHENTICATED if this request may not use Basic, or the password is empty; BAD_USER_INPUT if the
 * credentials are too long or malformed. No message quotes them.
 */
export function tokenOfBasic(request: FastifyRequest): string {
  refuseElsewhere(request);
  refuseOtherSites(request);
  const credentials = (request.headers.authorization ?? '').slice('Basic'.length).trim();
  if (credentials.length > MAX_LENGTH)
    throw malformed(`have ${credentials.length} characters; the maximum is ${MAX_LENGTH}`);
  const bytes = Buffer.from(credentials, 'base64');
  // Node skips what isn't base64.
  if (bytes.toString('base64') !== credentials) throw malformed('are not base64');
  const control = bytes.findIndex((byte) => byte < 0x20 || byte === 0x7f);
  if (control !== -1)
    throw malformed(
      `have the control character ${bytes[control]}; perhaps a tab or a line end was copied with the token`,
    );
  const colon = bytes.indexOf(':');
  if (colon === -1) throw malformed('have no colon between the user name and the password');
  const token = passwordOf(bytes.subarray(colon + 1)).trim();
  if (token === '')
    throw new Failure(
      'NOT_AUTHENTICATED',
      'The password of Authorization: Basic is empty; the token belongs there. The user name may be anything.',
    );
  return token;
}

/** Returns whether a request may have the token as the password of Basic. */
export const takesBasic = ({ method, routeOptions }: FastifyRequest): boolean =>
  routeOptions.config.basic !== undefined && (method === 'GET' || method === 'HEAD');

function refuseElsewhere(request: FastifyRequest): void {
  if (takesBasic(request)) return;
  throw new Failure('NOT_AUTHENTICATED', `${WHERE} Send it as X-SmartToken here.`);
}

/**
 * Refuses what a page of another site could make a browser send with a password that it keeps (Fetch Metadata, 2.3).
 * Over HTTP without TLS only the origin tells, which browsers don't send with a GET of the same origin.
 */
function refuseOtherSites({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (headers.origin === undefined && (site === undefined || site === 'same-origin' || site === 'none')) return;
  const sign =
    site === undefined ? `Origin is ${shown(headers.origin ?? '')}` : `Sec-Fetch-Site is ${shown(`${site}`)}`;
  throw new Failure(
    'NOT_AUTHENTICATED',
    `Authorization: Basic is refused from pages of other sites (${sign}); send the token as X-SmartToken.`,
  );
}

/** Returns the text of a password. That of the user name doesn't matter, and old clients write it in their own encoding. */
function passwordOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('have a password that is not UTF-8');
  }
}

const malformed = (fault: string): Failure =>
  new Failure('BAD_USER_INPUT', `The credentials of Authorization: Basic ${fault} (RFC 7617).`);
