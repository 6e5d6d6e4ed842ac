/**
 * The table of expected failures: what a client, a shell and a person are told. Everything else is a fault of the
 * program: it is logged, and the outside sees INTERNAL_ERROR and no more.
 */
const FAILURES = {
  BAD_USER_INPUT: { status: 400, exit: 2 },
  PERSISTED_QUERY_NOT_FOUND: { status: 400, exit: 1 },
  PERSISTED_QUERY_ONLY: { status: 400, exit: 1 },
  BAD_CONFIGURATION: { status: 500, exit: 1 },
  NOT_AUTHENTICATED: { status: 401, exit: 1 },
  FORBIDDEN: { status: 403, exit: 1 },
  NOT_FOUND: { status: 404, exit: 1 },
  METHOD_NOT_ALLOWED: { status: 405, exit: 1 },
  NOT_ACCEPTABLE: { status: 406, exit: 1 },
  REQUEST_TIMEOUT: { status: 408, exit: 1 },
  CONFLICT: { status: 409, exit: 1 },
  PAYLOAD_TOO_LARGE: { status: 413, exit: 1 },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, exit: 1 },
  INVALID_EXTRACT: { status: 422, exit: 1 },
  HEADERS_TOO_LARGE: { status: 431, exit: 1 },
  RATE_LIMITED: { status: 429, exit: 1 },
  INTERNAL_ERROR: { status: 500, exit: 1 },
  EXPORTS_BUSY: { status: 503, exit: 1 },
  DATABASE_UNAVAILABLE: { status: 503, exit: 1 },
  IDENTITY_PROVIDER_UNAVAILABLE: { status: 503, exit: 1 },
  TIMEOUT: { status: 504, exit: 1 },
} as const;

export type FailureCode = keyof typeof FAILURES;

/** An expected failure. The message is for the person outside: it names the thing, the value and what would be right. */
export class Failure extends Error {
  override readonly name = 'Failure';

  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
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

/** A value for a message: quoted, control characters visible, cut at 80 characters. */
export function shown(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 79)}…` : value);
}
