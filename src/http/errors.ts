import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { Failure, type FailureCode, retryAfterOf, shown } from '../domain/errors.ts';
import { GRAPHQL_PATH } from '../domain/paths.ts';
import { tokenOf } from './authenticate.ts';
import { pathOf } from './request-target.ts';

/** Without OPTIONS, which CORS takes at every path. */
const ALLOWED_METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The methods that a path takes; none where there is nothing at it. */
export const methodsOf = (app: FastifyInstance, path: string): readonly HTTPMethods[] =>
  ALLOWED_METHODS.filter((method) => app.findRoute({ method, url: path }));

/** Fastify's own refusals, by their status. */
const CODES_BY_STATUS: Record<number, FailureCode> = {
  400: 'BAD_USER_INPUT',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

/** Whether the log was told where it happened, once for many requests. */
const isClientError = ({ code }: Failure): boolean => code === 'IDENTITY_PROVIDER_UNAVAILABLE';

/** An error as the outside sees it; what isn't expected is logged, and masked. */
function toFailure(error: FastifyError | Failure, request: FastifyRequest): Failure {
  if (error instanceof Failure) {
    if (error.code === 'EXPORTS_BUSY') request.log.warn(error.message);
    else if (error.status >= 500 && !isClientError(error) && !request.socket.destroyed)
      request.log.error({ err: error.cause ?? error }, error.message);
    return error;
  }
  if (error.code === 'FST_ERR_BAD_URL')
    return new Failure('BAD_USER_INPUT', `The path ${shown(pathOf(request))} is not the percent-encoding of UTF-8.`);
  const code = CODES_BY_STATUS[error.statusCode ?? 500];
  // Whoever leaves in the middle makes statements fail; nobody is there to be told.
  if (request.socket.destroyed) return new Failure('INTERNAL_ERROR', 'The client left.');
  if (code) return new Failure(code, error.message);
  request.log.error({ err: error }, 'a request failed');
  return new Failure('INTERNAL_ERROR', `Something went wrong here. The log has it under request ${request.id}.`);
}

/** The body that every error has (docs/contract.md, "Errors"). */
export const bodyOf = ({ code, message }: Failure) => ({ message, errors: [{ code, message }] });

/** The same with the code also where clients of GraphQL look for it. */
const graphqlBodyOf = ({ code, message }: Failure) => ({ message, errors: [{ code, message, extensions: { code } }] });

/** What RFC 6750, 3.1 calls a token that won't do. */
const CHALLENGES: Partial<Record<FailureCode, string>> = {
  NOT_AUTHENTICATED: 'invalid_token',
  FORBIDDEN: 'insufficient_scope',
};

/** What a client is told in the form of RFC 6750, 3; no error where it sent no token. */
function challengeOf({ message }: Failure, error: string, request: FastifyRequest): string {
  if (tokenOf(request) === null) return 'Bearer realm="interviews"';
  const ascii = message.replaceAll('’', "'").replace(/[^\x20-\x7e]|["\\]/g, '?');
  return `Bearer realm="interviews", error="${error}", error_description="${ascii}"`;
}

const isGraphql = (request: FastifyRequest): boolean => pathOf(request) === GRAPHQL_PATH;

/** Headers of an answer that has come to nothing. Fastify has already handed them on where a stream failed before its first byte. */
const ANSWER_HEADERS = ['content-disposition', 'content-encoding', 'etag', 'link'];

/**
 * Answers a request with what befell it, in the form of every error (docs/contract.md, "Errors"). Takes whatever was thrown, as Fastify's error
 * handler does; doesn't throw.
 */
export function sendFailure(error: FastifyError | Failure, request: FastifyRequest, reply: FastifyReply): void {
  const failure = toFailure(error, request);
  for (const name of ANSWER_HEADERS) {
    reply.removeHeader(name);
    reply.raw.removeHeader(name);
  }
  const challenge = CHALLENGES[failure.code];
  if (challenge) reply.header('www-authenticate', challengeOf(failure, challenge, request));
  reply
    .code(failure.status)
    .headers(retryAfterOf(failure.code))
    // Hooks don't run for a path that can't be decoded.
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(isGraphql(request) ? graphqlBodyOf(failure) : bodyOf(failure)));
}

/** Gives every error of the app one form: of handlers, of Fastify itself, of paths and methods that don't exist. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(sendFailure);
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request);
    const allowed = methodsOf(app, path);
    if (allowed.length === 0) throw new Failure('NOT_FOUND', `There is nothing at ${shown(path)}.`);
    reply.header('allow', allowed.join(', '));
    throw new Failure('METHOD_NOT_ALLOWED', `${path} takes ${allowed.join(', ')}, not ${request.method}.`);
  });
}
