import type { Config } from '../../config.ts';
import { throwDatabaseError } from '../../db/connection/errors/database-errors.ts';
import type { Database, PoolOptions } from '../../db/connection/open.ts';
import { isStandby } from '../../db/connection/standby.ts';
import { updateSpellings } from '../../db/derived/update-spellings.ts';
import { checkServer, migrate, pendingMigrations } from '../../db/migrations/migrate.ts';
import { candidatesOf, isChoice, type OnMove, Servers } from '../../db/servers/servers.ts';
import { databaseServers } from '../../domain/configuration/database-servers.ts';
import { exportConnections } from '../../domain/configuration/export-limits.ts';
import { Failure } from '../../domain/errors.ts';
import { attachEmbedded, defaultDataDir, type EmbeddedDatabase } from '../../embedded-postgres/embedded.ts';
import type { ServiceLog } from '../../log.ts';
import { MIGRATIONS, PROGRAM_FOLDER } from '../../package-info.ts';
import type { Announce } from '../command-context.ts';

/** The open database, with all its tables unless `migrations` is `ignore`. */
export interface OpenDatabase extends Database {
  /** Null with DATABASE_URL. */
  readonly embedded: EmbeddedDatabase | null;
  /** Where the data are, in words, without a password. */
  readonly location: string;
  /** The names of the migrations that were applied when it was opened. */
  readonly applied: readonly string[];
}

/**
 * Connection options for the embedded server, which must ignore PGSSLMODE and PGOPTIONS: they are meant for other
 * servers.
 */
const EMBEDDED_OPTIONS = { ssl: false, options: '-c timezone=UTC' };

/** How a command needs its database. */
export interface OpenOptions {
  /** Restore the embedded Postgres when it is lost. */
  readonly supervise?: boolean;
  /**
   * What to do about pending migrations: `apply` them, report them as an error, or `ignore` them; the caller then can't
   * rely on any table. Default: as configured.
   */
  readonly migrations?: 'apply' | 'require' | 'ignore';
  /** Is told what takes a while: creating the database and its tables. Default: nobody is. */
  readonly announce?: Announce;
  /** Loads modules that the caller needs later. It is called while Postgres starts; the caller gets its errors by loading them itself. */
  readonly load?: () => Promise<unknown>;
}

const loadPools = () => import('../../db/connection/open.ts');

/**
 * Opens the configured database, starts the embedded one if it isn't running, and applies pending migrations.
 *
 * Errors: DATABASE_UNAVAILABLE; BAD_CONFIGURATION if Postgres is too old, or migrations are pending and MIGRATE=off or the server is a standby.
 */
export async function openConfigured(
  config: Config,
  log: ServiceLog,
  {
    supervise = false,
    migrations = config.migrate ? 'apply' : 'require',
    announce = () => {},
    load = async () => {},
  }: OpenOptions = {},
): Promise<OpenDatabase> {
  const { database } = config;
  // Prisma and the service take half a second to load. Before Postgres is launched, that would hold it up.
  const onWaiting = () => void Promise.all([loadPools(), load()]).catch(() => {});
  const embedded =
    database.kind === 'embedded'
      ? await attachEmbedded({
          dataDir: database.dataDir ?? defaultDataDir(PROGRAM_FOLDER),
          log,
          supervise,
          announce,
          onWaiting,
        })
      : null;
  const { openDatabase } = await loadPools();
  const db = openDatabase(
    database.kind === 'embedded' && embedded
      ? { ...embedded.connection, ...EMBEDDED_OPTIONS }
      : configuredServers(database.kind === 'url' ? database.url : '', log),
    (err, message) => log.warn({ err }, message),
    poolOptions(config),
  );
  const opened: Omit<OpenDatabase, 'applied'> = {
    ...db,
    embedded,
    location: embedded
      ? `${embedded.dataDir} (embedded Postgres)`
      : withoutPassword(database.kind === 'url' ? database.url : ''),
    async close() {
      try {
        await db.close();
      } finally {
        await embedded?.release();
      }
    },
  };
  try {
    return {
      ...opened,
      applied: await prepare(opened, migrations, log, embedded ? announce : () => {}),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** How to reach the database of a URL. Where there is nothing to choose, the driver's own pool does. */
export function configuredServers(url: string, log: ServiceLog): { readonly connectionString: string } | Servers {
  const servers = databaseServers(url);
  if (!isChoice(servers)) return { connectionString: url };
  return new Servers(candidatesOf(servers), logMove(log, 'connections go to another server now'));
}

/** Returns the options of a configured pool. */
export const poolOptions = (config: Config): PoolOptions => ({
  maxExports: exportConnections(config.exports),
  operationTimeoutMs: config.graphqlTimeoutMs,
  preparedStatements: config.preparedStatements,
  isTraced: config.tracing !== null,
});

/** Returns a function that logs that connections go to another server, without passwords. */
export const logMove =
  (log: ServiceLog, message: string): OnMove =>
  (from, to, reason) =>
    log.warn({ from: withoutPassword(from.url), to: withoutPassword(to.url), reason }, message);

/** Checks the server and handles pending migrations. Returns the names of those that it applied. */
async function prepare(
  db: Pick<OpenDatabase, 'streams' | 'location'>,
  migrations: NonNullable<OpenOptions['migrations']>,
  log: ServiceLog,
  announce: Announce,
): Promise<readonly string[]> {
  const client = await db.streams.connect().catch((error) => cannotConnect(error, db.location));
  try {
    await checkServer(client);
    if (migrations === 'ignore') return [];
    const standby = await isStandby(client);
    if (migrations === 'apply' && !standby) {
      const applied = await migrate(client, MIGRATIONS, () => announce('Creating the tables…'));
      if (applied.length > 0) log.info({ migrations: applied }, 'the tables are up to date');
      await bringSpellingsUpToDate(() => updateSpellings(client), log);
      return applied;
    }
    const pending = await pendingMigrations(client, MIGRATIONS);
    if (pending.length > 0)
      throw new Failure(
        'BAD_CONFIGURATION',
        `The database lacks ${pending.length === 1 ? 'a migration' : `${pending.length} migrations`} (${pending.join(', ')}), and ${standby ? 'it is a standby, which only reads: run `npm run migrate` at the primary server' : 'MIGRATE=off: run `npm run migrate`'} first.`,
      );
    // A standby gets them from the primary.
    if (!standby) await bringSpellingsUpToDate(() => updateSpellings(client), log);
    return [];
  } catch (error) {
    throwDatabaseError(error);
  } finally {
    client.release();
  }
}

/** Without them, names are found and sorted by the spellings that are there, or letter by letter; so a role that may only read can go on. */
async function bringSpellingsUpToDate(update: () => Promise<boolean>, log: ServiceLog): Promise<void> {
  try {
    if (await update()) log.info('the spellings of names are up to date');
  } catch (err) {
    // What the command needs itself, it will say.
    log.info({ err }, 'the spellings of names can’t be brought up to date; names are searched as they are');
  }
}

/** At the start, the reason helps the operator more than a retry. */
function cannotConnect(error: unknown, location: string): never {
  const cause = error instanceof Failure && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof AggregateError && !cause.message ? cause.errors[0] : cause;
  throw new Failure(
    'DATABASE_UNAVAILABLE',
    `The database at ${location} can’t be reached: ${reason instanceof Error ? reason.message.replace(/\.$/, '') : reason}.${tlsAdvice(reason)}`,
    { cause: error },
  );
}

/** What to do about a certificate that was refused; '' for other reasons. */
function tlsAdvice(reason: unknown): string {
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : '';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return ' DATABASE_URL has to name the host as the certificate of the server does.';
  return /CERT|LEAF_SIGNATURE/.test(code)
    ? ' The certificate of the server is not from an authority that is trusted here: name the file of its own with sslrootcert in DATABASE_URL.'
    : '';
}

function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:@/]*):.*@(?=[^@]*$)/, '$1@').replace(/([?&](ssl)?password=)[^&]*/gi, '$1…');
}
