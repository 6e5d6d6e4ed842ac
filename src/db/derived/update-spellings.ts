import type pg from 'pg';
import { IMPORT_SETTINGS, lockImports } from '../import/import-transaction.ts';
import { NEXT_VERSION } from '../query/state/data-version.ts';
import { areSpellingsOutdated, makeSpellingsAnew } from './spellings.ts';

/**
 * Makes the spellings of all names anew if an older version of the program has made them, or none has, in a transaction of its own. It waits for
 * a running import. Returns whether it did. Errors: those of the database.
 */
export async function updateSpellings(client: pg.ClientBase): Promise<boolean> {
  if (!(await areSpellingsOutdated(client))) return false;
  await client.query(`BEGIN; ${IMPORT_SETTINGS}`);
  try {
    await lockImports(client, () => {});
    // Another process may have done it meanwhile.
    const outdated = await areSpellingsOutdated(client);
    if (outdated) {
      await makeSpellingsAnew(client);
      // Names are found and sorted differently from now on.
      await client.query(`/* spelling.dataset */ UPDATE dataset SET version = ${NEXT_VERSION} WHERE version > 0`);
    }
    await client.query('COMMIT');
    return outdated;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // A connection that broke has rolled back already.
    throw error;
  }
}
