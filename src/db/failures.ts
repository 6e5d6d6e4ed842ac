import { Failure } from '../domain/errors.ts';

/** What Node says where there is no connection, or no longer. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/** SQLSTATEs: connection exceptions, a login that fails, too many connections, and a server that shuts down, crashed or starts up. */
const SQLSTATE = /^(08...|28...|53300|57P0[1-3])$/;

/** Prisma's codes for the same. */
const PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037']);

/** What Prisma's adapter makes of the same where it has no SQLSTATE. */
const ADAPTER = new Set(['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout', 'TooManyConnections']);

/** The driver's own errors, which have no code. */
const DRIVER =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|Client was closed)/;

/** Whether an error means that the database can't be reached or has gone, and not that a statement is wrong. */
function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A file that is missing has an ENOENT, too; its system call is another.
  if ('syscall' in error && !['connect', 'read', 'write', 'getaddrinfo'].includes(String(error.syscall))) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const { kind = '', originalCode = '' } = adapterCause(error);
  if (NETWORK.has(code) || PRISMA.has(code) || ADAPTER.has(kind)) return true;
  if (SQLSTATE.test(code) || SQLSTATE.test(originalCode) || DRIVER.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some(isUnavailable)) return true;
  return isUnavailable(error.cause);
}

interface AdapterError {
  readonly cause?: { readonly kind?: string; readonly originalCode?: string };
}

/**
 * What Prisma's adapter says of an error: in an error of its own, as the end of a transaction has it, or in one of Prisma's, which has one
 * code, P2039, for most of what Postgres (or a pooler before it) can say.
 */
function adapterCause(error: Error): NonNullable<AdapterError['cause']> {
  const { meta } = error as { meta?: { driverAdapterError?: AdapterError } };
  return (meta?.driverAdapterError ?? (error as AdapterError)).cause ?? {};
}

/** The error as it is to be known: DATABASE_UNAVAILABLE where it means that, otherwise itself. */
export const known = (error: unknown): unknown =>
  isUnavailable(error)
    ? new Failure('DATABASE_UNAVAILABLE', 'The database can’t be reached at the moment. Try again shortly.', {
        cause: error,
      })
    : error;

/** Throws the error on: as DATABASE_UNAVAILABLE where it means that, otherwise as it is. */
export function rethrow(error: unknown): never {
  throw known(error);
}
