import type pg from 'pg';
import { expireStored } from './expire-stored.ts';
import { moveRetainedFrom } from './retained-day.ts';

/**
 * Lets names and reviews expire that were kept when a backup was made, in the transaction that restores it. `months`: for how many they are kept;
 * null: nothing more expires. Returns the number of rows and names. Errors: those of the database.
 */
export async function expireRestored(client: pg.ClientBase, months: number | null): Promise<number> {
  if (months === null) return 0;
  // The steps of an import can run again once their tables are gone.
  await client.query('/* restore.temporary */ DISCARD TEMP');
  // If the clock is wrong, the backup is still there.
  const { rows, names } = await expireStored(client, await moveRetainedFrom(client, months, true));
  return rows + names;
}
