import type { EventEmitter } from 'node:events';
import type pg from 'pg';

/** SQLSTATEs of missing permissions: insufficient privilege, and read-only transaction. */
const NOT_PERMITTED = new Set(['42501', '25006']);

/** The SQLSTATE of a statement that failed only because an earlier one had aborted its transaction. */
const TRANSACTION_ABORTED = '25P02';

/** The errors with which the server ended connections. */
const ends = new WeakMap<pg.ClientBase, pg.DatabaseError>();

/**
 * Returns why a statement of a connection failed: the error with which the server ended the connection, perhaps while no statement ran, as for a
 * transaction that conflicts with what a standby replays; of that the driver only says that the connection is gone. Otherwise the error itself.
 */
export const reasonOf = (client: pg.ClientBase, error: unknown): unknown => ends.get(client) ?? error;

/**
 * Completes the errors of a connection. Permission errors name the database user, which Postgres leaves out and readers often do not know.
 * Errors of an aborted transaction get the earlier error as their cause, which the caller may not have seen, because statements are sent
 * concurrently. It hooks in where the driver receives errors, so that Prisma's errors have it too.
 */
export function explainErrors(client: pg.PoolClient): void {
  // Not in the driver's types: the connection emits an event for each message from Postgres, with the error that the driver then throws.
  const { connection, user } = client as pg.PoolClient & { readonly connection: EventEmitter; readonly user?: string };
  let cause: Pick<pg.DatabaseError, 'code' | 'message'> | undefined;
  connection.prependListener('errorMessage', (error: pg.DatabaseError) => {
    if (error.severity === 'FATAL') ends.set(client, error);
    if (NOT_PERMITTED.has(error.code ?? '')) error.message = `${error.message} (database user "${user}")`;
    if (error.code === TRANSACTION_ABORTED && cause) Object.assign(error, cause);
    else cause = { code: error.code, message: error.message };
  });
}
