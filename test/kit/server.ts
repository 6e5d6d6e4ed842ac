import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** The folder of the migrations. */
export const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** How to reach a database; `host` is a name, an address, or the folder of a socket. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

/** Copies a database file by file: the default writes each page to the WAL, too, and takes twice as long. */
export const BY_FILES = 'STRATEGY file_copy';

/**
 * The statement that makes an empty database. It sorts text as English does, unlike the default of most servers for
 * tests, so that a COLLATE "C" that is missing shows.
 */
export function createDatabase(name: string): string {
  return `CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US' ${BY_FILES}`;
}

/** Runs `work` on a connection of its own. */
export async function withClient<T>(connection: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  // What is asked fails by itself. Whoever drops the database may end the connection while it is being closed.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
