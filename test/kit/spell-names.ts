import { makeSpellingsAnew } from '../../src/db/derived/spellings.ts';
import { withClient } from './server.ts';
import type { Service } from './service.ts';

/** Makes the spellings of names that a test has written into the database itself, as an import does of its own. */
export const spellNames = ({ connection }: Pick<Service, 'connection'>): Promise<void> =>
  withClient(connection, async (client) => {
    await client.query('BEGIN');
    await makeSpellingsAnew(client);
    await client.query('COMMIT');
  });
