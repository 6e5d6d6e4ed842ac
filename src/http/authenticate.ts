import type { FastifyRequest } from 'fastify';
import { Failure } from '../domain/errors.ts';
import type { Viewer } from '../domain/viewer.ts';

/** Finds the viewer of a token; null if there is none. */
export type FindViewer = (token: string) => Promise<Viewer | null>;

/**
 * Returns the token of a request, or null: `X-SmartToken`, or `Authorization: Bearer` as Tableau's REST connector sends
 * it (RFC 6750, 2.1).
 */
export function tokenOf(request: FastifyRequest): string | null {
  const smartToken = request.headers['x-smarttoken'];
  if (typeof smartToken === 'string' && smartToken.trim() !== '') return smartToken.trim();
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/**
 * Returns the viewer of a request. Errors: NOT_AUTHENTICATED without a token, or with one that is unknown or revoked;
 * those of `findViewer`.
 */
export async function authenticate(request: FastifyRequest, findViewer: FindViewer): Promise<Viewer> {
  const token = tokenOf(request);
  if (token === null)
    throw new Failure(
      'NOT_AUTHENTICATED',
      'A token is required: send it as X-SmartToken, or as Authorization: Bearer.',
    );
  const viewer = await findViewer(token);
  if (viewer === null) throw new Failure('NOT_AUTHENTICATED', 'The token is unknown or was revoked.');
  return viewer;
}
