import { Failure, type FailureCode } from '../../domain/errors.ts';
import { RESULT_TOO_LARGE } from './result-size.ts';

/** What Node says where there is no connection, or no longer. */
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

/** Node's codes for a certificate or a handshake that won't do. */
const TLS_CODES = /^(CERT_|DEPTH_ZERO_|ERR_SSL_|ERR_TLS_|SELF_SIGNED_CERT|UNABLE_TO_)/;

/** Prisma's codes for a database that isn't there or goes, without a SQLSTATE. */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2037']);

/** What Prisma's adapter makes of the same. */
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

/** What Postgres's surroundings can do to a statement that is right, and what the outside is told of it. */
interface DatabaseFault {
  /** Its SQLSTATEs (PostgreSQL manual, Appendix A). */
  readonly states: RegExp;
  readonly code: FailureCode;
  /** Takes Postgres's own words, which name a thing but for these states no value of a row. */
  message(words: string): string;
}

const UNREACHABLE = 'The database can’t be reached at the moment. Try again shortly.';

/** The first that fits. What isn't here is a fault of the program. */
const FAULTS: readonly DatabaseFault[] = [
  {
    states: /^53100$/,
    code: 'DATABASE_FULL',
    message: () => 'The database’s disk is full; nothing was saved. It needs room, then the same can be tried again.',
  },
  {
    states: /^53200$/,
    code: 'DATABASE_FULL',
    message: () => 'The database’s memory is used up; nothing was saved. It needs more, or less to do at once.',
  },
  { states: /^53300$/, code: 'DATABASE_UNAVAILABLE', message: () => UNREACHABLE },
  {
    states: /^53...$/,
    code: 'DATABASE_FULL',
    message: (words) => `The database has come to one of its limits; nothing was saved: ${words}.`,
  },
  {
    states: /^42501$/,
    code: 'DATABASE_UNAVAILABLE',
    message: (words) =>
      `The database refuses it: ${words}. To read, the user needs SELECT on all tables of the service; to import, also INSERT, UPDATE and DELETE, and TEMPORARY on the database (GRANT … TO …).`,
  },
  {
    states: /^25006$/,
    code: 'DATABASE_UNAVAILABLE',
    message: (words) =>
      `The database takes no changes: ${words}. DATABASE_URL has to name the primary server, for a user whose default_transaction_read_only is off.`,
  },
  {
    states: /^(40...|72000)$/,
    code: 'DATABASE_UNAVAILABLE',
    message: () =>
      'The database broke it off in favour of something else, twice or where it can’t be repeated. Try again.',
  },
  {
    states: /^(42P01|42703|3F000)$/,
    code: 'DATABASE_UNAVAILABLE',
    message: (words) =>
      `The database lacks what the service’s migrations made: ${words}. GET /readyz says what is missing.`,
  },
  {
    states: /^(57014|25P04)$/,
    code: 'TIMEOUT',
    message: () => 'The database stopped it: it took longer than the database allows, or an administrator canceled it.',
  },
  {
    states: /^(58|F0|XX)...$/,
    code: 'DATABASE_UNAVAILABLE',
    message: () => 'The database reports a fault of its own or of its disk; its log says more.',
  },
  // Connections, logins, a database that isn't there, locks that aren't to be had, and a server that shuts down, crashed or starts up.
  {
    states: /^(08...|28...|3D000|25P0[23]|55...|57...)$/,
    code: 'DATABASE_UNAVAILABLE',
    message: () => UNREACHABLE,
  },
];

/** That what was asked for has more values than may be loaded (result-size.ts), which is no fault of the database. */
export class ResultTooLarge extends Error {
  override readonly name = 'TooMuchLoaded';
}

interface AdapterError {
  readonly cause?: { readonly kind?: string; readonly originalCode?: string; readonly originalMessage?: string };
}

/**
 * What Prisma's adapter says of an error: in an error of its own, as the end of a transaction has it, or in one of Prisma's, which has one
 * code, P2039, for most of what Postgres (or a pooler before it) can say.
 */
function adapterCause(error: Error): NonNullable<AdapterError['cause']> {
  const { meta } = error as { meta?: { driverAdapterError?: AdapterError } };
  return (meta?.driverAdapterError ?? (error as AdapterError)).cause ?? {};
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** What Postgres said, in an error or in what caused it: its SQLSTATE and its words; undefined where it said nothing. */
function serverError(error: unknown): { readonly state: string; readonly words: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const { originalCode, originalMessage } = adapterCause(error);
  if (originalCode) return { state: originalCode, words: originalMessage ?? '' };
  if ('severity' in error && codeOf(error)) return { state: codeOf(error), words: error.message };
  return serverError(error.cause);
}

/** Whether an error means that there is no connection or no longer. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A file that is missing has an ENOENT, too; its system call is another.
  if ('syscall' in error && !['connect', 'read', 'write', 'getaddrinfo'].includes(String(error.syscall))) return false;
  const code = codeOf(error);
  if (NETWORK_CODES.has(code) || TLS_CODES.test(code) || PRISMA_CODES.has(code) || DRIVER_MESSAGES.test(error.message))
    return true;
  if (ADAPTER_KINDS.has(adapterCause(error).kind ?? '')) return true;
  if (error instanceof AggregateError && error.errors.some(isUnreachable)) return true;
  return isUnreachable(error.cause);
}

/**
 * The error as it is to be known: a failure (DATABASE_UNAVAILABLE, DATABASE_FULL, TIMEOUT) where the database or the way to it is to blame,
 * TooMuchLoaded, otherwise itself.
 */
export function asDatabaseError(error: unknown): unknown {
  if (error instanceof Failure || error instanceof ResultTooLarge) return error;
  const said = serverError(error);
  if (said?.state === RESULT_TOO_LARGE) return new ResultTooLarge(said.words, { cause: error });
  const fault = FAULTS.find(({ states }) => said && states.test(said.state));
  if (said && fault) return new Failure(fault.code, fault.message(said.words), { cause: error });
  if (isUnreachable(error)) return new Failure('DATABASE_UNAVAILABLE', UNREACHABLE, { cause: error });
  return error;
}

/** Throws the error on as `known` has it. */
export function throwDatabaseError(error: unknown): never {
  throw asDatabaseError(error);
}

/** Whether an error came from the database or the way to it. */
export const isDatabaseError = (error: unknown): boolean => serverError(error) !== undefined || isUnreachable(error);

/** Whether the database gave a transaction up for the sake of another one: it may well succeed when it is begun anew. */
const isConflict = (error: unknown): boolean => /^(40...|72000)$/.test(serverError(error)?.state ?? '');

/** Does work that only reads, or changes nothing where it fails, and once more where the database gave it up for the sake of something else. */
export async function retryOnConflict<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isConflict(error)) throw error;
    return await work();
  }
}
