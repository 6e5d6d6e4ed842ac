import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { Failure, type FailureCode, retryAfterOf, shown } from '../domain/errors.ts';
import { GRAPHQL_PATH, ODATA_PATH } from '../domain/paths.ts';
import { challengesOf } from './challenge.ts';
import { FIXED_HEADERS, ODATA_VERSION } from './headers.ts';
import { recordOf } from './request-log/request-record.ts';
import { pathOf } from './request-target.ts';

/** Without OPTIONS, which CORS handles at every path. */
const ALLOWED_METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Returns the methods that a path supports; none if nothing is at it. */
export const methodsOf = (app: FastifyInstance, path: string): readonly HTTPMethods[] => {
  // What is at a path below OData’s, its route decides.
  const url = path.startsWith(`${ODATA_PATH}/`) ? `${ODATA_PATH}/*` : path;
  return ALLOWED_METHODS.filter((method) => app.findRoute({ method, url }));
};

/** Codes of Fastify's own errors, by their status. */
const CODES_BY_STATUS: Record<number, FailureCode> = {
  400: 'BAD_USER_INPUT',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

/** Whether the error has already been logged where it happened, once for many requests. */
const isAlreadyLogged = ({ code }: Failure): boolean => code === 'IDENTITY_PROVIDER_UNAVAILABLE';

/** Returns an error as the client sees it. An unexpected error is logged and masked. */
function toFailure(error: FastifyError | Failure, request: FastifyRequest): Failure {
  if (error instanceof Failure) {
    if (error.code === 'EXPORTS_BUSY' || error.code === 'OPERATIONS_BUSY') request.log.warn(error.message);
    else if (error.isRoutine) request.log.info(error.message);
    else if (error.status >= 500 && !isAlreadyLogged(error) && !request.socket.destroyed)
      request.log.error({ err: error.cause ?? error }, error.message);
    return error;
  }
  if (error.code === 'FST_ERR_BAD_URL')
    return new Failure('BAD_USER_INPUT', `The path ${shown(pathOf(request))} is not percent-encoded UTF-8.`);
  const code = CODES_BY_STATUS[error.statusCode ?? 500];
  // A client that disconnects makes statements fail; there is nobody to answer.
  if (request.socket.destroyed) return new Failure('INTERNAL_ERROR', 'The client disconnected.');
  if (code) return new Failure(code, error.message);
  request.log.error({ err: error }, 'a request failed');
  return new Failure('INTERNAL_ERROR', `Something went wrong. The log has the details under request ${request.id}.`);
}

/** Returns the body of an error (docs/contract.md, "Errors"). */
export const bodyOf = ({ code, message }: Failure) => ({ message, errors: [{ code, message }] });

/** Returns the same body, with the code also where GraphQL clients look for it. */
const graphqlBodyOf = ({ code, message }: Failure) => ({ message, errors: [{ code, message, extensions: { code } }] });

/** Returns the body of an error below OData’s path (OData JSON Format 4.01, 21.1). */
const odataBodyOf = ({ code, message, target }: Failure) => ({
  error: { code, message, ...(target !== null && { target }) },
});

/** Whether a path is OData’s, or below it. */
const isOdata = (path: string): boolean => path === ODATA_PATH || path.startsWith(`${ODATA_PATH}/`);

/** Returns the body of an error in the form of the API that has the path. */
function bodyAt(path: string, failure: Failure): object {
  if (isOdata(path)) return odataBodyOf(failure);
  return path === GRAPHQL_PATH ? graphqlBodyOf(failure) : bodyOf(failure);
}

/** Headers of the failed response. Fastify has already passed them on if a stream failed before its first byte. */
const SUCCESS_HEADERS = ['content-disposition', 'content-encoding', 'etag', 'link', 'x-known-at'];

/**
 * Answers a request with an error, in the form of every error (docs/contract.md, "Errors"). Takes whatever was thrown,
 * as Fastify's error handler does. It never throws.
 */
export function sendFailure(error: FastifyError | Failure, request: FastifyRequest, reply: FastifyReply): void {
  const failure = toFailure(error, request);
  recordOf(request).code = failure.code;
  for (const name of SUCCESS_HEADERS) {
    reply.removeHeader(name);
    reply.raw.removeHeader(name);
  }
  const challenges = challengesOf(failure, request);
  if (challenges.length > 0) reply.header('www-authenticate', challenges);
  const path = pathOf(request);
  if (isOdata(path)) reply.header('odata-version', ODATA_VERSION);
  reply
    .code(failure.status)
    .headers(retryAfterOf(failure.code))
    // Hooks don't run for a path that can't be decoded.
    .header('x-request-id', request.id)
    .headers(FIXED_HEADERS)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(bodyAt(path, failure)));
}

/**
 * Gives every error of the app one form: errors of handlers and of Fastify itself, unknown paths, unsupported methods.
 */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(sendFailure);
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request);
    const methods = methodsOf(app, path);
    if (methods.length === 0) throw new Failure('NOT_FOUND', `There is nothing at ${shown(path)}.`);
    reply.header('allow', methods.join(', '));
    throw new Failure('METHOD_NOT_ALLOWED', `${path} supports ${methods.join(', ')}, not ${request.method}.`);
  });
}
