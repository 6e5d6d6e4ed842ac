import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import pg from 'pg';

/**
 * Characters of all values that may come over a connection in one transaction: far more than an answer may have, since a thing is loaded with all
 * that it states, and as much as several operations at once can hold.
 */
export const MAX_LOADED_CHARACTERS = 64_000_000;

/** What everything fails with that a transaction still asks for then, in the form of Postgres's own codes, which no layer above loses. */
export const RESULT_TOO_LARGE = 'LOAD1';

/**
 * Breaks a connection off whose transaction loads more than MAX_LOADED_CHARACTERS, while the values come: a single statement may give any number
 * of long ones, and what is looked at only at its end is held until then. What was asked for fails with the code TOO_MUCH_LOADED.
 */
export function limitResultSize(client: pg.PoolClient): void {
  // The driver's types don't have it; see explain-errors.ts.
  const { connection } = client as pg.PoolClient & { readonly connection: EventEmitter & { readonly stream: Duplex } };
  let left = MAX_LOADED_CHARACTERS;
  connection.on('readyForQuery', ({ status }: { status: string }) => {
    // Outside of a transaction.
    if (status === 'I') left = MAX_LOADED_CHARACTERS;
  });
  connection.on('dataRow', ({ fields }: { fields: readonly (string | null)[] }) => {
    if (left < 0) return;
    for (const field of fields) left -= field?.length ?? 0;
    if (left >= 0) return;
    const error = new pg.DatabaseError(`more than ${MAX_LOADED_CHARACTERS} characters were loaded`, 0, 'error');
    connection.stream.destroy(Object.assign(error, { severity: 'ERROR', code: RESULT_TOO_LARGE }));
  });
}
