import pg from 'pg';
import { Failure, type FailureCode } from '../../../domain/errors.ts';
import { RESULT_TOO_LARGE } from './result-size.ts';

/** Node's error codes for a connection that cannot be established or is lost. */
const NETWORK_CODES = new Set([
  'EACCES',
  'EADDRNOTAVAIL',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EMFILE',
  'ENETDOWN',
  'ENETUNREACH',
  'ENFILE',
  'ENOBUFS',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Node's error codes for certificates and failed TLS handshakes. */
const TLS_CODES = /^(CERT_|DEPTH_ZERO_|ERR_SSL_|ERR_TLS_|SELF_SIGNED_CERT|UNABLE_TO_)/;

/** Prisma's error codes, without SQLSTATE, for a database that is unreachable or disconnects. */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2037']);

/** The same errors as Prisma's adapter reports them. */
const ADAPTER_KINDS = new Set([
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TlsConnectionError',
  'TooManyConnections',
]);

/** The driver's own errors, which have no code. */
const DRIVER_MESSAGES =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|Client was closed|The server does not support SSL|There was an error establishing an SSL connection|SASL)/;

/** A failure of a correct statement that Postgres' environment causes, and how the client is told. */
interface DatabaseFault {
  /** The SQLSTATEs (PostgreSQL manual, Appendix A). */
  readonly states: RegExp;
  /** What Postgres' message says, where one SQLSTATE stands for several faults. */
  readonly words?: RegExp;
  readonly code: FailureCode;
  /** Takes Postgres' message, which for these SQLSTATEs may name an object but no value of a row. */
  message(words: string): string;
}

const UNREACHABLE = 'The database can’t be reached at the moment. Try again shortly.';

/** The first match applies. SQLSTATEs without a match are internal errors. */
const FAULTS: readonly DatabaseFault[] = [
  {
    states: /^53100$/,
    code: 'DATABASE_FULL',
    message: () => 'The database’s disk is full, and nothing was saved. Free some space, then try again.',
  },
  {
    states: /^53200$/,
    code: 'DATABASE_FULL',
    message: () =>
      'The database is out of memory, and nothing was saved. Give it more memory, or fewer requests at once.',
  },
  { states: /^53300$/, code: 'DATABASE_UNAVAILABLE', message: () => UNREACHABLE },
  {
    states: /^53...$/,
    code: 'DATABASE_FULL',
    message: (words) => `The database has reached one of its limits, and nothing was saved: ${words}.`,
  },
  {
    states: /^42501$/,
    code: 'DATABASE_UNAVAILABLE',
    message: (words) =>
      `The database refused the statement: ${words}. To read, the user needs SELECT on all tables of the service; to import, also INSERT, UPDATE and DELETE, and TEMPORARY on the database. \`npm run migrate -- --grants ROLE\` gives all that.`,
  },
  {
    states: /^25006$/,
    code: 'DATABASE_UNAVAILABLE',
    message: (words) =>
      `The database is read-only: ${words}. DATABASE_URL has to name the primary server, for a user whose default_transaction_read_only is off.`,
  },
  {
    states: /^(40...|72000)$/,
    code: 'DATABASE_UNAVAILABLE',
    message: () => 'The database aborted the statement because of a conflict with another one. Try again.',
  },
  {
    states: /^(42P01|42703|3F000)$/,
    code: 'DATABASE_UNAVAILABLE',
    message: (words) => `A table or column of the service is missing: ${words}. GET /readyz says what is missing.`,
  },
  {
    states: /^(57014|25P04)$/,
    code: 'TIMEOUT',
    message: () =>
      'The database canceled the statement: it exceeded a timeout of the database, or an administrator canceled it.',
  },
  {
    // The coordinator of a cluster lost the connection to one of its servers, and calls that an internal error.
    states: /^XX000$/,
    words:
      /^(failure on connection marked as essential|SSL (SYSCALL )?error|server closed the connection|connection not open)/,
    code: 'DATABASE_UNAVAILABLE',
    message: () => UNREACHABLE,
  },
  {
    states: /^XX000$/,
    words: /^the intermediate result size exceeds/,
    code: 'DATABASE_FULL',
    message: () =>
      'The answer needs more rows at once than the coordinator of the cluster gathers (citus.max_intermediate_result_size). Ask for less, or raise it.',
  },
  {
    states: /^(58|F0|XX)...$/,
    code: 'DATABASE_UNAVAILABLE',
    message: () => 'The database reports an internal error or a damaged disk; see its log.',
  },
  // Connections, logins, a missing database, locks that are unavailable, and a server that shuts down, has crashed or is starting up.
  {
    states: /^(08...|28...|3D000|25P0[23]|55...|57...)$/,
    code: 'DATABASE_UNAVAILABLE',
    message: () => UNREACHABLE,
  },
];

/** Thrown when a result has more characters than may be loaded (result-size.ts). It is not a database failure. */
export class ResultTooLarge extends Error {
  override readonly name = 'ResultTooLarge';
}

/** Thrown when rows of a cluster were moved to another of its servers while they were read. It is a conflict: what is read again is right. */
export class RowsMoved extends Failure {
  constructor() {
    super('DATABASE_UNAVAILABLE', 'Rows were moved to another server of the cluster while they were read. Try again.');
  }
}

interface AdapterError {
  readonly cause?: { readonly kind?: string; readonly originalCode?: string; readonly originalMessage?: string };
}

/**
 * Returns the cause that Prisma's adapter reports: from the adapter's own error, as at the end of a transaction, or from a Prisma error,
 * which has the one code P2039 for most errors of Postgres (or of a pooler before it).
 */
function adapterCause(error: Error): NonNullable<AdapterError['cause']> {
  const { meta } = error as { meta?: { driverAdapterError?: AdapterError } };
  return (meta?.driverAdapterError ?? (error as AdapterError)).cause ?? {};
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** Returns the SQLSTATE and message of Postgres from an error or its cause; undefined if there is none. */
function serverError(error: unknown): { readonly state: string; readonly words: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const { originalCode, originalMessage } = adapterCause(error);
  if (originalCode) return { state: originalCode, words: originalMessage ?? '' };
  if ('severity' in error && codeOf(error)) return { state: codeOf(error), words: error.message };
  return serverError(error.cause);
}

/** Whether an error means that there is no connection, or that it was lost. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A missing file has the code ENOENT too, but another system call.
  if ('syscall' in error && !['connect', 'read', 'write', 'getaddrinfo'].includes(String(error.syscall))) return false;
  const code = codeOf(error);
  if (NETWORK_CODES.has(code) || TLS_CODES.test(code) || PRISMA_CODES.has(code) || DRIVER_MESSAGES.test(error.message))
    return true;
  if (ADAPTER_KINDS.has(adapterCause(error).kind ?? '')) return true;
  if (error instanceof AggregateError && error.errors.some(isUnreachable)) return true;
  return isUnreachable(error.cause);
}

/**
 * Converts an error: into a failure (DATABASE_UNAVAILABLE, DATABASE_FULL, TIMEOUT) if the database or the connection caused it, into
 * ResultTooLarge if the result was too large. Returns any other error unchanged.
 */
export function asDatabaseError(error: unknown): unknown {
  if (error instanceof Failure || error instanceof ResultTooLarge) return error;
  const said = serverError(error);
  if (said?.state === RESULT_TOO_LARGE) return new ResultTooLarge(said.words, { cause: error });
  const fault = FAULTS.find(
    ({ states, words }) => said && states.test(said.state) && (words?.test(said.words) ?? true),
  );
  if (said && fault) return new Failure(fault.code, fault.message(said.words), { cause: error });
  if (isUnreachable(error)) return new Failure('DATABASE_UNAVAILABLE', UNREACHABLE, { cause: error });
  return error;
}

/** Returns the failure for a connection that was lost while nothing waited for it. */
export const databaseLost = (): Failure => new Failure('DATABASE_UNAVAILABLE', UNREACHABLE);

/** Throws the error as `asDatabaseError` converts it. */
export function throwDatabaseError(error: unknown): never {
  throw asDatabaseError(error);
}

/**
 * Whether a connection ends with an error of `pg`: one of the connection itself, or of a server that shuts down (SQLSTATE classes 08 and
 * 57P), or any fatal one, such as a conflict with the recovery of a standby. The error arrives before the end of the socket, after which the
 * pool drops the connection by itself.
 */
export const endsConnection = (error: unknown): boolean =>
  !(error instanceof pg.DatabaseError) || error.severity === 'FATAL' || /^(08|57P)/.test(error.code ?? '');

/** Whether an error came from the database or the connection to it. */
export const isDatabaseError = (error: unknown): boolean => serverError(error) !== undefined || isUnreachable(error);

/** Whether Postgres aborted a transaction because of a conflict with another one, or rows were moved. A retry may succeed. */
const isConflict = (error: unknown): boolean =>
  error instanceof RowsMoved || /^(40...|72000)$/.test(serverError(error)?.state ?? '');

/**
 * Does work that only reads, or changes nothing if it fails; retries it once after a conflict with another transaction, and again if
 * `leaveReplica` says that connections go elsewhere now.
 */
export async function retryOnConflict<T>(work: () => Promise<T>, leaveReplica = () => false): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  try {
    return await work();
  } catch (error) {
    if (!isConflict(error) || !leaveReplica()) throw error;
    return await work();
  }
}
