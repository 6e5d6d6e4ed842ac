import type { EventEmitter } from 'node:events';
import type pg from 'pg';

/** SQLSTATEs of what a user may not do: a right is missing, or nothing may be written. */
const NOT_PERMITTED = new Set(['42501', '25006']);

/** That of a statement that failed only because one before it in its transaction did. */
const TRANSACTION_ABORTED = '25P02';

/**
 * Makes the errors of a connection say what they are about. Refusals name the database's user, which Postgres leaves out and who reads them
 * often doesn't know. What fails because of a statement before it is given the cause, which whoever asked may never have heard of: statements
 * are sent side by side. Both where the driver hears of errors, so that Prisma's have it, too.
 */
export function explainErrors(client: pg.PoolClient): void {
  // Neither is in the driver's types: it says what Postgres sends by events of its connection, with the error that it is about to throw.
  const { connection, user } = client as pg.PoolClient & { readonly connection: EventEmitter; readonly user?: string };
  let cause: Pick<pg.DatabaseError, 'code' | 'message'> | undefined;
  connection.prependListener('errorMessage', (error: pg.DatabaseError) => {
    if (NOT_PERMITTED.has(error.code ?? '')) error.message = `${error.message} (database user "${user}")`;
    if (error.code === TRANSACTION_ABORTED && cause) Object.assign(error, cause);
    else cause = { code: error.code, message: error.message };
  });
}
