import type { FastifyRequest } from 'fastify';
import type { Failure, FailureCode } from '../domain/errors.ts';
import { hasCredentials } from './authenticate.ts';

/** The `error` of RFC 6750, 3.1 for each code. */
const ERRORS: Partial<Record<FailureCode, string>> = {
  NOT_AUTHENTICATED: 'invalid_token',
  FORBIDDEN: 'insufficient_scope',
};

/**
 * Returns the values of `WWW-Authenticate` for a failure; none if it isn't about a token. Bearer says why the token is
 * not accepted (RFC 6750, 3). Basic, which makes a client ask for a password, is only for routes that request it.
 */
export function challengesOf(failure: Failure, request: FastifyRequest): readonly string[] {
  const error = ERRORS[failure.code];
  if (error === undefined) return [];
  const bearer = bearerChallenge(failure.message, error, request);
  return failure.code === 'NOT_AUTHENTICATED' && requestsBasic(request)
    ? ['Basic realm="interviews", charset="UTF-8"', bearer]
    : [bearer];
}

/** Returns the challenge of RFC 6750, 3; without `error` if the client sent no token. */
function bearerChallenge(message: string, error: string, request: FastifyRequest): string {
  if (!hasCredentials(request)) return 'Bearer realm="interviews"';
  const ascii = message.replaceAll('’', "'").replace(/[^\x20-\x7e]|["\\]/g, '?');
  return `Bearer realm="interviews", error="${error}", error_description="${ascii}"`;
}

const requestsBasic = (request: FastifyRequest): boolean =>
  request.routeOptions.config.basic === 'requested' && !isBrowser(request);

/**
 * Returns whether a request may be a browser's. A browser would ask for a password, and send it from then on with every
 * request, whichever page made it. Over HTTP without TLS, browsers send no Sec-Fetch headers.
 */
function isBrowser({ headers }: FastifyRequest): boolean {
  return (
    Object.keys(headers).some((name) => name.startsWith('sec-fetch-')) ||
    headers.origin !== undefined ||
    /text\/html/i.test(headers.accept ?? '') ||
    /^Mozilla\/5/i.test(headers['user-agent'] ?? '')
  );
}
