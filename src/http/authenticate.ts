import type { FastifyRequest } from 'fastify';
import { Failure } from '../domain/errors.ts';
import type { Viewer } from '../domain/viewer.ts';

/** Finds whose token it is, or null. */
export type FindViewer = (token: string) => Promise<Viewer | null>;

/** The token of a request: `X-SmartToken`, or `Authorization: Bearer` as Tableau's REST connector sends it (RFC 6750, 2.1). */
export function tokenOf(request: FastifyRequest): string | null {
  const smartToken = request.headers['x-smarttoken'];
  if (typeof smartToken === 'string' && smartToken.trim() !== '') return smartToken.trim();
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/** Errors: NOT_AUTHENTICATED without a token, or with one that is unknown or revoked. */
export async function authenticate(request: FastifyRequest, findViewer: FindViewer): Promise<Viewer> {
  const token = tokenOf(request);
  if (token === null)
    throw new Failure('NOT_AUTHENTICATED', 'A token is needed: send it as X-SmartToken, or as Authorization: Bearer.');
  const viewer = await findViewer(token);
  if (viewer === null) throw new Failure('NOT_AUTHENTICATED', 'The token is unknown or was revoked.');
  return viewer;
}
