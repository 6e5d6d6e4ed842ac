import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { copyOfTemplate } from './citus.ts';
import { BY_FILES, type Connection, createDatabase, withClient } from './server.ts';

/**
 * Whether the databases of tests are distributed over the cluster that CITUS_URL names. What is skipped there is about the statements, plans and
 * migrations of one server, or breaks rows by SQL that a cluster refuses.
 */
export const IS_DISTRIBUTED = process.env.TEST_DISTRIBUTED === '1';

/** A database of a test's own. */
export interface TestDatabase {
  /** For pg. */
  readonly connection: Connection;
  /** The same as a DATABASE_URL. */
  readonly url: string;
  /** Removes it, also while connections are open. */
  drop(): Promise<void>;
}

/**
 * Gives a database that is migrated and else empty, with TEST_DISTRIBUTED one that is distributed over a cluster. Call it once for a test file or a
 * test; drop it afterwards.
 */
export async function freshDatabase(): Promise<TestDatabase> {
  if (IS_DISTRIBUTED) return await copyOfTemplate(inject('template'), newName());
  return await database((name) => `CREATE DATABASE "${name}" TEMPLATE "${inject('template')}" ${BY_FILES}`);
}

/** Gives a database without any table. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return await database(createDatabase);
}

const newName = (): string => `${inject('prefix')}_${randomBytes(6).toString('hex')}`;

async function database(create: (name: string) => string): Promise<TestDatabase> {
  const maintenance = inject('maintenance');
  const name = newName();
  await withClient(maintenance, (client) => client.query(create(name)));
  const connection = { ...maintenance, database: name };
  return {
    connection,
    url: urlOf(connection),
    async drop() {
      await withClient(maintenance, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
    },
  };
}

/** A DATABASE_URL. A host that is a socket's folder stands among the parameters, where pg and libpq look for it. */
export function urlOf({ host, port, user, password, database }: Connection): string {
  const login = encodeURIComponent(user) + (password ? `:${encodeURIComponent(password)}` : '');
  return host.startsWith('/')
    ? `postgresql://${login}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
    : `postgresql://${login}@${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
}
