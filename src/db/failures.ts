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

/** Errors without a code: the driver's own, and the kinds that Prisma's adapter makes of them, as the message. */
const DRIVER =
  /^(ConnectionClosed$|DatabaseNotReachable$|SocketTimeout$|TooManyConnections$|Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|Client was closed)/;

/** Whether an error means that the database can't be reached or has gone, and not that a statement is wrong. */
function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A file that is missing has an ENOENT, too; its system call is another.
  if ('syscall' in error && !['connect', 'read', 'write', 'getaddrinfo'].includes(String(error.syscall))) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = NETWORK.has(code) || SQLSTATE.test(code) || PRISMA.has(code) || SQLSTATE.test(sqlstateOf(error));
  if (known || DRIVER.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some(isUnavailable)) return true;
  return isUnavailable(error.cause);
}

/** What Postgres said of a statement of Prisma's; for most of it Prisma has one code, P2039. */
function sqlstateOf(error: Error): string {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } };
  return meta?.driverAdapterError?.cause?.originalCode ?? '';
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
