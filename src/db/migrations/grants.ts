/** The privileges that a running service needs, for a database user who doesn't own the tables (docs/deployment.md). */
import pg, { type ClientBase } from 'pg';
import { Failure, shown } from '../../domain/errors.ts';
import { storedSequences, storedTables } from '../backup/stored-tables.ts';
import { GATE } from '../connection/one-state.ts';
import { DERIVED, TABLES_OF_ROWS } from '../derived/derive.ts';
import { lockMigrations } from './migrate.ts';
import { migrationRefusal, type Queryable } from './migrations.ts';

/** What is done with the rows of each table of the program. Of other tables in the schema, backups read the rows. */
const ON_TABLES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...['appointment', ...DERIVED.map(({ table }) => table)].map(
    (table) => [table, ['SELECT', 'INSERT', 'UPDATE', 'DELETE']] as const,
  ),
  ['spelling', ['SELECT', 'INSERT', 'DELETE']],
  ['dataset', ['SELECT', 'UPDATE']],
  ['access_token', ['SELECT', 'INSERT', 'UPDATE']],
  ['erasure', ['SELECT', 'INSERT']],
  ['audit_entry', ['SELECT', 'INSERT']],
  ['import_record', ['SELECT', 'INSERT', 'DELETE']],
  ['_prisma_migrations', ['SELECT']],
]);

/** The tables of which an import brings the statistics up to date, and that an erasure vacuums. */
const ANALYZED: ReadonlySet<string> = new Set([...TABLES_OF_ROWS, 'audit_entry']);

/** The functions that do what the role may not: what is older than AUDIT_DAYS goes, and who was erased gets a pseudonym (docs/audit.md). */
const FUNCTIONS = ['public.audit_expire(integer)', 'public.audit_pseudonymise(text[])'];

/** From this version on, others than the owner can be let ANALYZE. */
const MAINTAIN_SINCE = 170_000;

/** What was done, and what the operator should know. */
interface Granted {
  /** The statements that were executed, each without a semicolon. */
  readonly statements: readonly string[];
  /** Whether the role can still create tables, because everybody may: the default up to Postgres 14. */
  readonly mayCreateTables: boolean;
}

/** Some privileges on an object; `object` as SQL says it in GRANT, `kind` as the server's functions that look them up are named. */
interface Grant {
  readonly kind: 'table' | 'sequence' | 'function' | 'schema' | 'database';
  readonly name: string;
  readonly object: string;
  readonly privileges: readonly string[];
}

/**
 * Gives a role what the running service needs, and takes from it what it was given on the service's tables besides: everything, or nothing.
 * @param client a connection outside of a transaction, of the owner of the migrated tables
 * @param role its name, as in the server's list of roles
 * @throws Failure BAD_USER_INPUT if there is no such role, or it may do everything anyway; BAD_CONFIGURATION if the connection's user can't
 * give the privileges
 */
export async function grantTo(client: ClientBase, role: string): Promise<Granted> {
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    await lockMigrations(client);
    await checkRole(client, role);
    const statements = await statementsFor(client, role);
    for (const statement of statements) await client.query(`/* grants.give */ ${statement}`);
    const lacking = await missingOf(client, role, await neededGrants(client));
    if (lacking.length > 0) throw notGiven(lacking.map((grant) => statementOf(grant, role)).join('; '));
    const mayCreateTables = await hasPrivilege(client, role, { kind: 'schema', name: 'public' }, 'CREATE');
    await client.query('COMMIT');
    return { statements, mayCreateTables };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // A connection that broke has rolled back already.
    throw error instanceof pg.DatabaseError && error.code === '42501' ? notGiven(error.message, error) : error;
  }
}

const notGiven = (reason: string, cause?: Error): Failure =>
  migrationRefusal(
    `The user of DATABASE_URL can’t give what is needed: ${reason}. Run it as the owner of the tables.`,
    cause,
  );

/** Refuses a role that doesn't exist, or for which no privileges have to be given. */
async function checkRole(client: Queryable, role: string): Promise<void> {
  const { rows } = await client.query<{ super: boolean; owner: string | null }>(
    `/* grants.role */ SELECT r.rolsuper AS super, (SELECT o.rolname FROM pg_class c JOIN pg_roles o ON o.oid = c.relowner
       WHERE c.oid = to_regclass('_prisma_migrations') AND pg_has_role(r.oid, o.oid, 'MEMBER')) AS owner
     FROM pg_roles r WHERE r.rolname = $1`,
    [role],
  );
  const [found] = rows;
  if (!found)
    throw new Failure(
      'BAD_USER_INPUT',
      `--grants: the database server has no role ${shown(role)}; create it first, with CREATE ROLE … LOGIN PASSWORD '…'.`,
    );
  if (found.super || found.owner !== null)
    throw new Failure(
      'BAD_USER_INPUT',
      `--grants: ${shown(role)} may do everything with the tables already, ${found.super ? 'as a superuser' : found.owner === role ? 'as their owner' : `as a member of their owner ${shown(found.owner ?? '')}`}; give a role of its own.`,
    );
}

/** The statements that give the role what it needs and no more. What it has already on database and schema, as everybody, isn't given again. */
async function statementsFor(client: Queryable, role: string): Promise<string[]> {
  const needed = await neededGrants(client);
  const owned = needed.filter(({ kind }) => kind !== 'schema' && kind !== 'database');
  const others = needed.filter((grant) => !owned.includes(grant));
  return [
    ...owned.map(({ object }) => `REVOKE ALL ON ${object} FROM ${pg.escapeIdentifier(role)}`),
    ...[...owned, ...(await missingOf(client, role, others))].map((grant) => statementOf(grant, role)),
  ];
}

const statementOf = ({ privileges, object }: Grant, role: string): string =>
  `GRANT ${privileges.join(', ')} ON ${object} TO ${pg.escapeIdentifier(role)}`;

async function neededGrants(client: Queryable): Promise<Grant[]> {
  const { rows } = await client.query<{ database: string; version: number }>(
    `/* grants.server */ SELECT current_database() AS database, current_setting('server_version_num')::int AS version`,
  );
  const [{ database, version }] = rows as [{ database: string; version: number }];
  const tables = (await storedTables(client)).map(({ name, sql }): Grant => {
    const privileges = ON_TABLES.get(name) ?? ['SELECT'];
    const maintain = ANALYZED.has(name) && version >= MAINTAIN_SINCE ? ['MAINTAIN'] : [];
    return { kind: 'table', name: sql, object: sql, privileges: [...privileges, ...maintain] };
  });
  const { rows: gates } = await client.query(
    `/* grants.gate */ SELECT 1 WHERE to_regclass('public.${GATE}') IS NOT NULL`,
  );
  const gate = gates.map(
    (): Grant => ({
      kind: 'table',
      name: `public.${GATE}`,
      object: `public.${GATE}`,
      privileges: ['SELECT', 'UPDATE'],
    }),
  );
  const sequences = (await storedSequences(client)).map(
    ({ sql }): Grant => ({ kind: 'sequence', name: sql, object: `SEQUENCE ${sql}`, privileges: ['SELECT', 'USAGE'] }),
  );
  return [
    {
      kind: 'database',
      name: database,
      object: `DATABASE ${pg.escapeIdentifier(database)}`,
      privileges: ['CONNECT', 'TEMPORARY'],
    },
    { kind: 'schema', name: 'public', object: 'SCHEMA public', privileges: ['USAGE'] },
    ...tables,
    ...gate,
    ...sequences,
    ...FUNCTIONS.map(
      (name): Grant => ({ kind: 'function', name, object: `FUNCTION ${name}`, privileges: ['EXECUTE'] }),
    ),
  ];
}

/** Of some grants, what the role doesn't have, be it by itself or through others. */
async function missingOf(client: Queryable, role: string, grants: readonly Grant[]): Promise<Grant[]> {
  const missing: Grant[] = [];
  for (const grant of grants) {
    const privileges: string[] = [];
    for (const privilege of grant.privileges)
      if (!(await hasPrivilege(client, role, grant, privilege))) privileges.push(privilege);
    if (privileges.length > 0) missing.push({ ...grant, privileges });
  }
  return missing;
}

async function hasPrivilege(
  client: Queryable,
  role: string,
  { kind, name }: Pick<Grant, 'kind' | 'name'>,
  privilege: string,
): Promise<boolean> {
  const { rows } = await client.query<{ has: boolean }>(
    `/* grants.has */ SELECT has_${kind}_privilege($1::name, $2::text, $3::text) AS has`,
    [role, name, privilege],
  );
  return rows[0]?.has === true;
}
