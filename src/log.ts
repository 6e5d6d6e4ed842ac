import { type DestinationStream, type Logger, pino } from 'pino';

export type ServiceLog = Logger;

/** What is logged of an error. A database's message may quote the values of a row, and so does its detail: only its code is kept. */
function described(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const because = cause === undefined ? {} : { cause: described(cause) };
  if ('severity' in error && 'routine' in error) {
    const { code, severity, routine } = error as { code?: string; severity?: string; routine?: string };
    return {
      name: 'DatabaseError',
      code,
      severity,
      routine,
      stack: framesOf(stack),
      ...because,
    };
  }
  // Prisma's, whose message quotes the database's.
  if ('clientVersion' in error) {
    const { code } = error as { code?: string };
    return { name, code, state: sqlState(error), stack: framesOf(stack), ...because };
  }
  return { name, message, stack, ...('code' in error && { code: error.code }), ...because };
}

/** Where an error was made, without its message. */
const framesOf = (stack: string | undefined): string | undefined =>
  stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

/** What Postgres called an error that Prisma gives. */
function sqlState(error: object): string | undefined {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } };
  return meta?.driverAdapterError?.cause?.originalCode;
}

/**
 * The program's log: JSON lines on standard error (or `to` another place), since standard output belongs to what a command gives. Nothing that
 * is logged anywhere holds a token, a row's value or a query string.
 */
export const createLog = (
  level: string,
  to: DestinationStream = pino.destination({ dest: 2, sync: true }),
): ServiceLog => pino({ level, serializers: { err: described } }, to);
