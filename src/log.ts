import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * The program's log: JSON lines on standard error, since standard output belongs to what a command gives. Nothing that
 * is logged anywhere holds a token, a row's value or a query string.
 */
export const createLog = (level: string): Log => pino({ level }, pino.destination({ dest: 2, sync: true }));
