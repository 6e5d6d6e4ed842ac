/**
 * The table of expected failures: HTTP status, exit code, and a sentence that says when the failure occurs. `retryAfter`: the seconds after
 * which a client should retry, if something is unavailable or full. Every other error is an internal error: it is logged, and the client is
 * told INTERNAL_ERROR only.
 */
export const FAILURES = {
  BAD_USER_INPUT: {
    status: 400,
    exit: 2,
    about: 'A parameter, an option or a query is invalid; the message names it and says what is accepted.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 400,
    exit: 1,
    about: 'No operation has this id.',
  },
  PERSISTED_QUERY_ONLY: {
    status: 400,
    exit: 1,
    about: 'Only persisted operations are accepted.',
  },
  BAD_CONFIGURATION: {
    status: 500,
    exit: 1,
    about: 'The configuration is invalid; the message says what to change.',
  },
  NOT_AUTHENTICATED: {
    status: 401,
    exit: 1,
    about: 'The token is missing, unknown, revoked or expired.',
  },
  FORBIDDEN: {
    status: 403,
    exit: 1,
    about:
      'The token lacks the scope that the message names, or, from an identity provider, doesn’t say which rows it may see.',
  },
  NOT_FOUND: {
    status: 404,
    exit: 1,
    about: 'There is nothing at this path, or no token of this name.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    exit: 1,
    about: 'The path doesn’t support this method; Allow lists the methods that it does.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    exit: 1,
    about: 'Accept allows none of the formats.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    exit: 1,
    about: 'The rest of the body didn’t arrive in time; nothing was saved.',
  },
  CONFLICT: {
    status: 409,
    exit: 1,
    about: 'Another import is running, or a token of this name is in use.',
  },
  PRECONDITION_FAILED: {
    status: 412,
    exit: 1,
    about: 'OData: the request demands one snapshot for all pages (Isolation), which is not served.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    exit: 1,
    about: 'The body exceeds the maximum size.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    exit: 1,
    about: 'The media type or the content coding of the body is not supported.',
  },
  INVALID_EXTRACT: {
    status: 422,
    exit: 1,
    about: 'Rows were refused and nothing was saved; the same object has the report.',
  },
  INVALID_BACKUP: {
    status: 422,
    exit: 1,
    about: 'The file is not a backup, or it is truncated, altered or inconsistent; nothing was restored.',
  },
  REMOVALS_REFUSED: {
    status: 422,
    exit: 1,
    about:
      'The import would remove more rows than allowed, and nothing was saved; the same object has the report, and allowRemovals=true imports the extract anyway.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    exit: 1,
    about: 'The request line and the headers exceed 16 KiB in total.',
  },
  RATE_LIMITED: {
    status: 429,
    exit: 1,
    about: 'Too many requests, or too few points; Retry-After says when to retry.',
  },
  INTERNAL_ERROR: {
    status: 500,
    exit: 1,
    about: 'The service failed; its log has the details under the request id in the message.',
  },
  UPSTREAM_FAILED: {
    status: 502,
    exit: 1,
    about:
      'The service that rows are fetched from can’t be reached, or its answer is not a whole extract; nothing was changed.',
  },
  EXPORTS_BUSY: {
    status: 503,
    exit: 1,
    retryAfter: 10,
    about: 'All export slots are taken; Retry-After says when to retry.',
  },
  OPERATIONS_BUSY: {
    status: 503,
    exit: 1,
    retryAfter: 2,
    about: 'Too many GraphQL operations, summaries or metrics are waiting; Retry-After says when to retry.',
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    exit: 1,
    retryAfter: 5,
    about: 'The database can’t be reached, or refuses the statement; Retry-After says when to retry.',
  },
  DATABASE_FULL: {
    status: 503,
    exit: 1,
    retryAfter: 60,
    about:
      'The database’s disk or memory is full, or it has reached another of its limits; Retry-After says when to retry.',
  },
  AUDIT_UNAVAILABLE: {
    status: 503,
    exit: 1,
    retryAfter: 5,
    about:
      'The audit log can’t be written, and this instance answers nothing without it (AUDIT=require); Retry-After says when to retry.',
  },
  IDENTITY_PROVIDER_UNAVAILABLE: {
    status: 503,
    exit: 1,
    retryAfter: 5,
    about: 'The keys of the identity provider can’t be fetched; Retry-After says when to retry.',
  },
  TIMEOUT: {
    status: 504,
    exit: 1,
    about: 'The request took longer than allowed and was canceled.',
  },
} as const;

export type FailureCode = keyof typeof FAILURES;

const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(FAILURES, code);

/** Returns the HTTP status of a code; null if the table does not contain it. */
export const statusOf = (code: string): number | null => (isFailureCode(code) ? FAILURES[code].status : null);

/** Returns the Retry-After header of a code, as an object of headers; an empty object for codes without one and for unknown codes. */
export function retryAfterOf(code: string): { readonly 'retry-after'?: string } {
  const failure: object | null = isFailureCode(code) ? FAILURES[code] : null;
  return failure && 'retryAfter' in failure ? { 'retry-after': String(failure.retryAfter) } : {};
}

/** An expected failure. The message is for the client: it names the thing, the value and what would be right. */
export class Failure extends Error {
  override readonly name = 'Failure';

  readonly code: FailureCode;

  /** The part of the request that is wrong, for errors of OData; null if it is not told. */
  readonly target: string | null;

  /** Whether the instance does what it is set up for: the log then needs no more than a line. */
  readonly isRoutine: boolean;

  constructor(
    code: FailureCode,
    message: string,
    options?: ErrorOptions & { readonly target?: string; readonly isRoutine?: boolean },
  ) {
    super(message, options);
    this.code = code;
    this.target = options?.target ?? null;
    this.isRoutine = options?.isRoutine ?? false;
  }

  /** The HTTP status. */
  get status(): number {
    return FAILURES[this.code].status;
  }

  /** The exit code of a command. */
  get exit(): number {
    return FAILURES[this.code].exit;
  }
}

/** Quotes a value for a message: control characters become visible, and the value is cut at 80 characters. */
export function shown(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 79)}…` : value);
}
