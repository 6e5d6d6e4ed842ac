import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import type { AuditPolicy } from './domain/audit/entry.ts';
import type { ExportLimits } from './domain/configuration/export-limits.ts';
import type { IdentityProvider } from './domain/configuration/identity-provider.ts';
import type { PreparedStatementsMode } from './domain/configuration/prepared-statements.ts';
import type { TrustedProxies } from './domain/configuration/trusted-proxies.ts';
import type { SyncConfig } from './domain/configuration/upstream.ts';
import { Failure, shown } from './domain/errors.ts';
import { mapRecord } from './domain/types/records.ts';
import { PROGRAM_FOLDER } from './package-info.ts';
import { readSecretFiles } from './secret-files.ts';
import { type LogLevel, SETTINGS, type Setting, type Settings } from './settings.ts';

/** The configuration from the environment. It is valid once it exists. */
export interface Config {
  /** 0 picks a free one. */
  readonly port: number;
  readonly host: string;
  /** Milliseconds for which requests are still accepted once the service is told to stop. */
  readonly drainMs: number;
  /** Where metrics are served for Prometheus, and the tokens that it needs; null: nowhere. */
  readonly monitoring: { readonly port: number; readonly host: string; readonly tokens: readonly string[] } | null;
  /** Where traces are sent to, and under which name; null: nowhere. */
  readonly tracing: {
    readonly endpoint: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly serviceName: string;
  } | null;
  /** The proxies that are believed about the client's address and the id of a request. */
  readonly trustedProxies: TrustedProxies;
  /** Your own Postgres, or the embedded one. */
  readonly database: UrlDatabaseConfig | EmbeddedDatabaseConfig;
  /** Whether to apply pending migrations at the start. */
  readonly migrate: boolean;
  /** Whether to import the sample extract into a new embedded database. */
  readonly sample: boolean;
  /** Tokens with all scopes. */
  readonly adminTokens: readonly string[];
  /** Longest lifetime of a token in milliseconds; null: unlimited. */
  readonly tokenMaxLifetimeMs: number | null;
  /** Milliseconds for which known tokens are accepted while the primary server can't be asked. */
  readonly tokenGraceMs: number;
  /** The identity provider whose tokens are also accepted, or null. */
  readonly identityProvider: IdentityProvider | null;
  /** What the audit log is for, how long it is kept, where it is written, and where entries wait for that; null: as without them. */
  readonly audit: {
    readonly policy: AuditPolicy;
    readonly days: number;
    readonly databaseUrl: string | null;
    readonly spool: string | null;
  };
  /** Origins whose pages may read responses; `*`: all. */
  readonly corsOrigins: readonly string[];
  /** The file with the list of all erasures; null: there is none. */
  readonly erasuresFile: string | null;
  /** For how many months names and reviews are kept; null: forever. */
  readonly retentionMonths: number | null;
  /** The file of persisted operations, or null; `only`: no others are accepted. */
  readonly persistedOperations: { readonly file: string; readonly only: boolean } | null;
  /** Limits of one token; 0: no limit. Requests per second and at once are those of /analytics/interviews. */
  readonly rateLimits: {
    readonly perSecond: number;
    readonly atOnce: number;
    /** GraphQL requests in progress on an instance. */
    readonly operationsAtOnce: number;
    /** Points for GraphQL operations: those of a full bucket, and those that come back per second. */
    readonly points: { readonly size: number; readonly perSecond: number };
  };
  /** The Redis through which instances share these limits, or null. */
  readonly redisUrl: string | null;
  /** The service whose rows are fetched again and again, or null. */
  readonly sync: SyncConfig | null;
  /** Milliseconds after which rows make the service not ready, or null. */
  readonly readyMaxAgeMs: number | null;
  /** Maximum share of the stored rows that an import may remove, in percent. */
  readonly maxRemovalsPercent: number;
  /** Limits of a request body: maximum size in bytes, and milliseconds without new bytes after which it is aborted. */
  readonly uploads: { readonly maxBytes: number; readonly timeoutMs: number };
  readonly exports: ExportLimits;
  /** Timeout of a GraphQL operation, in milliseconds. */
  readonly graphqlTimeoutMs: number;
  /** Maximum number of concurrent statements of metrics. */
  readonly metricsAtOnce: number;
  /** Whether usual GraphQL requests are answered without Yoga. */
  readonly graphqlFastPath: boolean;
  /** When Postgres keeps the statements of GraphQL operations prepared. */
  readonly preparedStatements: PreparedStatementsMode;
  /** Whether browsers get GraphiQL at /graphql. */
  readonly graphiql: boolean;
  /** URL from which the Tableau connector loads Tableau’s own script. */
  readonly tableauLibrary: URL;
  readonly logLevel: LogLevel;
  /** npm has written its banner to standard output (`npm run` without `-s`). */
  readonly npmBanner: boolean;
  /** The options that npm took for itself (`npm run` without `--`), in lower case with dashes. */
  readonly npmOptions: readonly string[];
}

interface UrlDatabaseConfig {
  readonly kind: 'url';
  readonly url: string;
  /** The replica that the service reads from; null: none. */
  readonly replicaUrl: string | null;
}

export interface EmbeddedDatabaseConfig {
  readonly kind: 'embedded';
  /** Absolute path; null: the default (src/embedded-postgres). */
  readonly dataDir: string | null;
}

/** The settings whose value must not appear in a message. */
const SECRET_SETTINGS: readonly string[] = Object.entries<Setting<unknown>>(SETTINGS)
  .filter(([, { secret }]) => secret)
  .map(([name]) => name);

/**
 * Returns the environment of the process, completed by the file `.env` in the program's folder if there is one. No
 * other file reads the environment. Errors: BAD_CONFIGURATION if `.env` can't be read.
 */
export function environment(): NodeJS.ProcessEnv {
  const file = path.join(PROGRAM_FOLDER, '.env');
  if (!existsSync(file)) return process.env;
  try {
    return { ...parseEnv(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')), ...process.env };
  } catch (error) {
    throw new Failure('BAD_CONFIGURATION', `${file} can’t be read: ${error instanceof Error ? error.message : error}.`);
  }
}

/**
 * Returns the configuration from an environment. `usesDatabase`: whether it must say which database is used. Errors: one BAD_CONFIGURATION that
 * lists every fault.
 */
export function readConfig(given: NodeJS.ProcessEnv, usesDatabase = true): Config {
  const secrets = readSecretFiles(given, SECRET_SETTINGS);
  const env = { ...given, ...secrets.texts };
  const { settings, faults } = readSettings(env, secrets.sources);
  faults.unshift(...secrets.faults);
  const production = env.NODE_ENV === 'production';
  const isSet = (name: keyof Settings) => Boolean(env[name]?.trim());
  const requireOther = (name: keyof Settings, other: keyof Settings) => {
    if (!isSet(other)) faults.push(`${other}: is missing, but ${name} requires it`);
  };
  if (isSet('DATABASE_REPLICA_URL')) requireOther('DATABASE_REPLICA_URL', 'DATABASE_URL');
  if (isSet('AUDIT_DATABASE_URL')) requireOther('AUDIT_DATABASE_URL', 'DATABASE_URL');
  if (isSet('JWT_ISSUER')) requireOther('JWT_ISSUER', 'JWT_AUDIENCE');
  for (const name of ['JWT_AUDIENCE', 'JWT_JWKS_URL', 'JWT_DEPARTMENTS_CLAIM', 'JWT_JOBS_CLAIM'] as const)
    if (isSet(name)) requireOther(name, 'JWT_ISSUER');
  if (isSet('OTEL_EXPORTER_OTLP_HEADERS')) requireOther('OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_ENDPOINT');
  if (isSet('METRICS_TOKEN')) requireOther('METRICS_TOKEN', 'METRICS_PORT');
  if (isSet('SYNC_FROM')) requireOther('SYNC_FROM', 'SYNC_TOKEN');
  for (const name of ['SYNC_TOKEN', 'SYNC_EVERY'] as const) if (isSet(name)) requireOther(name, 'SYNC_FROM');
  if (settings.PERSISTED_OPERATIONS_ONLY) requireOther('PERSISTED_OPERATIONS_ONLY', 'PERSISTED_OPERATIONS');
  if (settings.PERSISTED_OPERATIONS_ONLY && settings.GRAPHIQL)
    faults.push('GRAPHIQL: on can’t be combined with PERSISTED_OPERATIONS_ONLY=on; remove one of them');
  // Anyone who can change the response of that URL can issue tokens.
  if (
    settings.JWT_ISSUER &&
    !isSet('JWT_JWKS_URL') &&
    !/^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/.test(settings.JWT_ISSUER)
  )
    faults.push(
      `JWT_ISSUER: ${shown(settings.JWT_ISSUER)} must begin with https://, since the keys are fetched from there; or set JWT_JWKS_URL`,
    );
  if (usesDatabase && faults.length === 0 && settings.DATABASE_URL === null) {
    if (settings.EMBEDDED === false)
      faults.push('DATABASE_URL: is missing, and EMBEDDED=off forbids the embedded Postgres');
    else if (production && settings.EMBEDDED === null)
      faults.push(
        'DATABASE_URL: is missing with NODE_ENV=production; set it, or set EMBEDDED=on to use the embedded Postgres in production',
      );
  }
  if (!isComplete(settings, faults))
    throw new Failure(
      'BAD_CONFIGURATION',
      `${faults.length} invalid setting${faults.length === 1 ? '' : 's'} in the environment or .env:\n${faults.map((f) => `  ${f}`).join('\n')}`,
    );
  return Object.freeze({
    port: settings.PORT,
    host: settings.HOST,
    drainMs: settings.DRAIN_SECONDS * 1000,
    trustedProxies: settings.TRUST_PROXY,
    monitoring:
      settings.METRICS_PORT === null
        ? null
        : { port: settings.METRICS_PORT, host: settings.METRICS_HOST, tokens: settings.METRICS_TOKEN },
    tracing:
      settings.OTEL_EXPORTER_OTLP_ENDPOINT === null
        ? null
        : {
            endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
            headers: settings.OTEL_EXPORTER_OTLP_HEADERS,
            serviceName: settings.OTEL_SERVICE_NAME,
          },
    database:
      settings.DATABASE_URL === null
        ? ({ kind: 'embedded', dataDir: settings.DATA_DIR } as const)
        : ({ kind: 'url', url: settings.DATABASE_URL, replicaUrl: settings.DATABASE_REPLICA_URL } as const),
    migrate: settings.MIGRATE,
    sample: settings.SAMPLE,
    adminTokens: settings.ADMIN_TOKEN,
    tokenMaxLifetimeMs: settings.TOKEN_MAX_LIFETIME,
    tokenGraceMs: settings.TOKEN_GRACE,
    identityProvider:
      settings.JWT_ISSUER === null || settings.JWT_AUDIENCE === null
        ? null
        : {
            issuer: settings.JWT_ISSUER,
            audience: settings.JWT_AUDIENCE,
            keys: settings.JWT_JWKS_URL,
            scopePrefix: settings.JWT_SCOPE_PREFIX,
            departmentsClaim: settings.JWT_DEPARTMENTS_CLAIM,
            jobsClaim: settings.JWT_JOBS_CLAIM,
          },
    audit: {
      policy: settings.AUDIT,
      days: settings.AUDIT_DAYS,
      databaseUrl: settings.AUDIT_DATABASE_URL,
      spool: settings.AUDIT_SPOOL,
    },
    corsOrigins: settings.CORS_ORIGINS,
    erasuresFile: settings.ERASURES_FILE,
    retentionMonths: settings.RETENTION_MONTHS,
    persistedOperations:
      settings.PERSISTED_OPERATIONS === null
        ? null
        : { file: settings.PERSISTED_OPERATIONS, only: settings.PERSISTED_OPERATIONS_ONLY },
    rateLimits: {
      perSecond: settings.RATE_LIMIT_PER_SECOND,
      atOnce: settings.RATE_LIMIT_CONCURRENT,
      operationsAtOnce: settings.RATE_LIMIT_GRAPHQL_CONCURRENT,
      points: { size: settings.RATE_LIMIT_POINTS, perSecond: settings.RATE_LIMIT_POINTS_PER_SECOND },
    },
    redisUrl: settings.REDIS_URL,
    sync:
      settings.SYNC_FROM === null || settings.SYNC_TOKEN === null
        ? null
        : { base: settings.SYNC_FROM, token: settings.SYNC_TOKEN, everyMs: settings.SYNC_EVERY },
    readyMaxAgeMs: settings.READY_MAX_AGE,
    maxRemovalsPercent: settings.MAX_REMOVALS_PERCENT,
    uploads: { maxBytes: settings.MAX_UPLOAD_BYTES, timeoutMs: settings.UPLOAD_TIMEOUT * 1000 },
    exports: {
      maxConcurrent: settings.EXPORTS_AT_ONCE,
      waitTimeoutMs: settings.EXPORT_WAIT_SECONDS * 1000,
      stallTimeoutMs: settings.EXPORT_STALL_SECONDS * 1000,
      databaseStallTimeoutMs: settings.EXPORT_DATABASE_SECONDS * 1000,
      maxDurationMs: settings.EXPORT_MAX_MINUTES * 60_000,
    },
    graphqlTimeoutMs: settings.GRAPHQL_TIMEOUT_SECONDS * 1000,
    metricsAtOnce: settings.METRICS_AT_ONCE,
    graphqlFastPath: settings.GRAPHQL_FAST_PATH,
    preparedStatements: settings.PREPARED_STATEMENTS,
    graphiql: settings.GRAPHIQL ?? !(production || settings.PERSISTED_OPERATIONS_ONLY),
    tableauLibrary: settings.TABLEAU_LIBRARY_URL,
    logLevel: settings.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    npmOptions: env.npm_command === 'run' ? npmOptions(env) : [],
    npmBanner: env.npm_command === 'run' && env.npm_config_loglevel !== 'silent',
  });
}

/** Reads every setting; a faulty one is undefined, and its fault is listed. `files` are those that secrets were read from. */
function readSettings(
  env: NodeJS.ProcessEnv,
  files: ReturnType<typeof readSecretFiles>['sources'],
): { settings: Partial<Settings>; faults: string[] } {
  const faults: string[] = [];
  const values = mapRecord<keyof Settings, Setting<unknown>, unknown>(SETTINGS, ({ read, default: fallback }, name) => {
    const text = env[name]?.trim() || fallback;
    try {
      return read(text);
    } catch (error) {
      const file = files.get(name);
      // A password may precede an @, even where none is expected.
      const value = file
        ? `the text in ${shown(file.file)}`
        : SECRET_SETTINGS.includes(name) || text.includes('@')
          ? 'the value given'
          : shown(text);
      faults.push(`${file?.variable ?? name}: ${value} ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  });
  // Each value is what its own setting returned, which TypeScript can't follow through a loop.
  return { settings: values as Partial<Settings>, faults };
}

const isComplete = (_settings: Partial<Settings>, faults: readonly string[]): _settings is Settings =>
  faults.length === 0;

/**
 * Returns the options that npm passes to its scripts as npm_config_…: all that it was given, its own and unknown ones.
 */
const npmOptions = (env: NodeJS.ProcessEnv): string[] =>
  Object.keys(env).flatMap((name) =>
    name.startsWith('npm_config_') ? [name.slice('npm_config_'.length).replaceAll('_', '-')] : [],
  );
