import { FAILURES, type FailureCode } from '../../domain/errors.ts';
import { refSchema, type Schema } from './schema.ts';

/** Header of every response. */
const REQUEST_ID = { description: 'Identifies the request in the log.', schema: { type: 'string' } };

const number = (description: string): Schema => ({ description, schema: { type: 'integer' } });

/** Headers of responses to a token (docs/contract.md, "Rate limits"), if there are limits. */
const CONCURRENT_HEADERS = {
  'X-RateLimit-Concurrent-Limit': number('Maximum number of concurrent requests with this token.'),
  'X-RateLimit-Concurrent-Remaining': number('How many of them are left.'),
};
const REQUEST_HEADERS = {
  'X-RateLimit-Limit': number(
    'Maximum number of requests per second with this token, or per minute if it has a rate of its own.',
  ),
  'X-RateLimit-Remaining': number('How many of them are left.'),
};
const POINT_HEADERS = {
  'X-RateLimit-Points-Limit': number('Points of this token when it has used none.'),
  'X-RateLimit-Points-Remaining': number('How many of them are left.'),
  'X-RateLimit-Points-Per-Second': number('How many of them come back per second.'),
};

/** Returns the description of a response to a request with a token. */
export const apiResponse = (description: string, content?: Schema, headers: Schema = {}): Schema => ({
  description,
  headers: { 'X-Request-Id': REQUEST_ID, ...REQUEST_HEADERS, ...CONCURRENT_HEADERS, ...headers },
  ...(content && { content }),
});

/** Returns the description of a response to a GraphQL request with a token. */
export const graphqlApiResponse = (description: string, content: Schema): Schema => ({
  description,
  headers: { 'X-Request-Id': REQUEST_ID, ...POINT_HEADERS, ...CONCURRENT_HEADERS },
  content,
});

/** Returns the description of a response that needs no token. */
export const publicResponse = (description: string, content: Schema): Schema => ({
  description,
  headers: { 'X-Request-Id': REQUEST_ID },
  content,
});

export const jsonContent = (schema: Schema): Schema => ({ 'application/json': { schema } });

/** Errors of every request with a token. */
const WITH_TOKEN: readonly FailureCode[] = [
  'BAD_USER_INPUT',
  'NOT_AUTHENTICATED',
  'FORBIDDEN',
  'HEADERS_TOO_LARGE',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
  'DATABASE_UNAVAILABLE',
  'DATABASE_FULL',
  'AUDIT_UNAVAILABLE',
  'IDENTITY_PROVIDER_UNAVAILABLE',
  'TIMEOUT',
];

/**
 * Returns the error responses of a request by status (src/domain/errors.ts): those of every request with a token, and
 * its own. `body`: that of a refused import or, `always`, of all errors.
 */
export function failures(
  own: readonly FailureCode[] = [],
  body: Schema = refSchema('Error'),
  always = false,
): Record<string, Schema> {
  const codes = [...WITH_TOKEN, ...own];
  const statuses = [...new Set(codes.map((code) => FAILURES[code].status))].sort((first, second) => first - second);
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: codes
          .filter((code) => FAILURES[code].status === status)
          .map((code) => `${code}: ${FAILURES[code].about}`)
          .join('\n\n'),
        headers: {
          'X-Request-Id': REQUEST_ID,
          ...(status === 401 || status === 403 ? { 'WWW-Authenticate': { schema: { type: 'string' } } } : {}),
          ...(status === 429 || status === 503 ? { 'Retry-After': number('Seconds.') } : {}),
        },
        content: jsonContent(always || status === FAILURES.INVALID_EXTRACT.status ? body : refSchema('Error')),
      },
    ]),
  );
}

/** Schema of the codes of all errors. */
export const ERROR_CODE: Schema = { type: 'string', enum: Object.keys(FAILURES) };

/** Schema of the body of every error (docs/contract.md, "Errors"). */
export const ERROR: Schema = {
  type: 'object',
  required: ['message', 'errors'],
  properties: {
    message: { type: 'string', description: 'For people.' },
    errors: {
      type: 'array',
      description: 'The errors; usually one.',
      items: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: { ...refSchema('ErrorCode'), description: 'For programs.' },
          message: { type: 'string', description: 'For people.' },
        },
      },
    },
  },
};
