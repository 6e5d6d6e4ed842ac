import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import pg from 'pg';

/**
 * Maximum number of characters of all values that one snapshot may load. Far more than a response may have, because items have keys and
 * cursors beside what was asked for, and JSON escapes; and as much as several concurrent operations can hold in memory.
 */
export const MAX_LOADED_CHARACTERS = 64_000_000;

/** The error code of everything that such a snapshot still queries. It has the form of a SQLSTATE, which every layer passes on. */
export const RESULT_TOO_LARGE = 'LOAD1';

/**
 * Closes a connection whose transaction loads more than MAX_LOADED_CHARACTERS, while the values arrive: one statement can return any number
 * of long values, and a check at its end would come after they were all in memory. Its statements fail with the code RESULT_TOO_LARGE.
 */
export function limitResultSize(client: pg.PoolClient): void {
  // Not in the driver's types; see explain-errors.ts.
  const { connection } = client as pg.PoolClient & { readonly connection: EventEmitter & { readonly stream: Duplex } };
  let remaining = MAX_LOADED_CHARACTERS;
  connection.on('readyForQuery', ({ status }: { status: string }) => {
    // Outside of a transaction.
    if (status === 'I') remaining = MAX_LOADED_CHARACTERS;
  });
  connection.on('dataRow', ({ fields }: { fields: readonly (string | null)[] }) => {
    if (remaining < 0) return;
    for (const field of fields) remaining -= field?.length ?? 0;
    if (remaining >= 0) return;
    const error = new pg.DatabaseError(`more than ${MAX_LOADED_CHARACTERS} characters were loaded`, 0, 'error');
    connection.stream.destroy(Object.assign(error, { severity: 'ERROR', code: RESULT_TOO_LARGE }));
  });
}
