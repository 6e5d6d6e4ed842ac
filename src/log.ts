import { type DestinationStream, type Logger, pino } from 'pino';
import { property } from './domain/types/property.ts';

export type ServiceLog = Logger;

/** The messages in which Postgres says why it ended a statement or a connection: words of its own, without any value. */
const ENDED = /^(canceling statement|terminating connection) due to [a-z -]+$/;

/**
 * Returns what is logged of an error. The message and the detail of a database error may quote values of a row: only
 * its code is kept, and why Postgres ended it.
 */
function errorDetails(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const causeDetails = cause === undefined ? {} : { cause: errorDetails(cause) };
  if ('severity' in error && 'routine' in error) {
    return {
      name: 'DatabaseError',
      ...(ENDED.test(message) && { message }),
      code: property(error, 'code'),
      severity: error.severity,
      routine: error.routine,
      stack: framesOf(stack),
      ...causeDetails,
    };
  }
  // An error of Prisma, whose message quotes that of the database.
  if ('clientVersion' in error) {
    const state = property(error, 'meta', 'driverAdapterError', 'cause', 'originalCode');
    return { name, code: property(error, 'code'), state, stack: framesOf(stack), ...causeDetails };
  }
  return { name, message, stack, ...('code' in error && { code: error.code }), ...causeDetails };
}

/** Returns the stack frames of an error, without its message. */
const framesOf = (stack: string | undefined): string | undefined =>
  stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

/**
 * Returns the program's log: JSON lines on standard error (or on `to`), since standard output is for the output of
 * commands. No log line contains a token, a row's value or a query string.
 */
export const createLog = (
  level: string,
  to: DestinationStream = pino.destination({ dest: 2, sync: true }),
): ServiceLog => pino({ level, serializers: { err: errorDetails } }, to);
