import type { FastifyRequest } from 'fastify';
import { Failure } from '../domain/errors.ts';
import type { Viewer } from '../domain/viewer.ts';
import { isBasic, takesBasic, tokenOfBasic } from './basic.ts';

/** Finds the viewer of a token; null if there is none. */
export type FindViewer = (token: string) => Promise<Viewer | null>;

/**
 * Returns the token of a request, or null: `X-SmartToken`, or else `Authorization`: Bearer, as Tableau's REST connector
 * sends it (RFC 6750, 2.1), or Basic. Beside X-SmartToken, Authorization isn't looked at: a proxy may have a password
 * of its own. Errors: those of `tokenOfBasic`.
 */
function tokenOf(request: FastifyRequest): string | null {
  const smartToken = smartTokenOf(request);
  if (smartToken !== '') return smartToken;
  const { authorization = '' } = request.headers;
  return isBasic(authorization) ? tokenOfBasic(request) : bearerOf(authorization);
}

/** Returns whether a request has credentials of a scheme that the service knows, valid or not. */
export function hasCredentials(request: FastifyRequest): boolean {
  const { authorization = '' } = request.headers;
  return smartTokenOf(request) !== '' || isBasic(authorization) || bearerOf(authorization) !== null;
}

const smartTokenOf = ({ headers }: FastifyRequest): string => String(headers['x-smarttoken'] ?? '').trim();

const bearerOf = (authorization: string): string | null => /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;

/**
 * Returns the viewer of a request. Errors: NOT_AUTHENTICATED without a token, or with one that is unknown or revoked;
 * those of `tokenOfBasic` and `findViewer`.
 */
export async function authenticate(request: FastifyRequest, findViewer: FindViewer): Promise<Viewer> {
  const token = tokenOf(request);
  if (token === null) {
    const ways = takesBasic(request)
      ? 'as X-SmartToken, as Authorization: Bearer, or as the password of Basic'
      : 'as X-SmartToken, or as Authorization: Bearer';
    throw new Failure('NOT_AUTHENTICATED', `A token is required: send it ${ways}.`);
  }
  const viewer = await findViewer(token);
  if (viewer === null) throw new Failure('NOT_AUTHENTICATED', 'The token is unknown or was revoked.');
  return viewer;
}
