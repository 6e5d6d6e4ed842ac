import { type DestinationStream, type Logger, pino } from 'pino';
import { property } from './domain/types/property.ts';

export type ServiceLog = Logger;

/** What is logged of an error. A database's message may quote the values of a row, and so does its detail: only its code is kept. */
function described(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const because = cause === undefined ? {} : { cause: described(cause) };
  if ('severity' in error && 'routine' in error) {
    return {
      name: 'DatabaseError',
      code: property(error, 'code'),
      severity: error.severity,
      routine: error.routine,
      stack: framesOf(stack),
      ...because,
    };
  }
  // Prisma's, whose message quotes the database's.
  if ('clientVersion' in error) {
    const state = property(error, 'meta', 'driverAdapterError', 'cause', 'originalCode');
    return { name, code: property(error, 'code'), state, stack: framesOf(stack), ...because };
  }
  return { name, message, stack, ...('code' in error && { code: error.code }), ...because };
}

/** Where an error was made, without its message. */
const framesOf = (stack: string | undefined): string | undefined =>
  stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

/**
 * The program's log: JSON lines on standard error (or `to` another place), since standard output belongs to what a command gives. Nothing that
 * is logged anywhere holds a token, a row's value or a query string.
 */
export const createLog = (
  level: string,
  to: DestinationStream = pino.destination({ dest: 2, sync: true }),
): ServiceLog => pino({ level, serializers: { err: described } }, to);
