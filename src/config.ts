import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { readDatabaseUrl } from './domain/database-url.ts';
import { Failure, shown } from './domain/errors.ts';
import type { ExportLimits } from './domain/export-limits.ts';
import type { IdentityProvider } from './domain/identity-provider.ts';
import { readOrigins } from './domain/origins.ts';

/** The folder of package.json: `src` and `dist` stand in it. */
export const PROGRAM_FOLDER = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The version of the program, for what must change with it. */
export const PROGRAM_VERSION: string = JSON.parse(
  readFileSync(path.join(PROGRAM_FOLDER, 'package.json'), 'utf8'),
).version;

/** Prisma's migrations, which stand beside the program. */
export const MIGRATIONS = path.join(PROGRAM_FOLDER, 'prisma', 'migrations');

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Everything that the environment decides; can't be wrong once it exists. */
export interface Config {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Where the data are: a Postgres of yours, or the one we start ourselves. */
  readonly database: { readonly kind: 'url'; readonly url: string } | EmbeddedDatabaseConfig;
  /** Apply missing migrations at the start. */
  readonly migrate: boolean;
  /** Load the sample extract into a new embedded database. */
  readonly sample: boolean;
  /** A token with every right, or null. */
  readonly adminToken: string | null;
  /** Whose tokens are taken beside our own, or null. */
  readonly identityProvider: IdentityProvider | null;
  /** The origins whose pages may read answers; `*`: all. */
  readonly corsOrigins: readonly string[];
  /** The file of the operations that are known by an id, or null; `only`: no others are taken. */
  readonly persistedOperations: { readonly file: string; readonly only: boolean } | null;
  /** For one token, at /analytics/interviews and /graphql; 0: any number. */
  readonly rateLimits: { readonly perSecond: number; readonly atOnce: number };
  /** A Redis through which instances share these limits, or null. */
  readonly redisUrl: string | null;
  /** Percent of the stored rows that an import may remove. */
  readonly maxRemovalsPercent: number;
  /** Of an import over HTTP: bytes of the extract, and milliseconds to wait for more of it. */
  readonly uploads: { readonly maxBytes: number; readonly timeoutMs: number };
  readonly exports: ExportLimits;
  /** Milliseconds for a GraphQL operation. */
  readonly graphqlTimeoutMs: number;
  /** Whether browsers get GraphiQL at /graphql. */
  readonly graphiql: boolean;
  /** Where the Tableau connector takes Tableau’s own script from. */
  readonly tableauLibrary: URL;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** npm has written its banner to standard output (`npm run` without `-s`). */
  readonly npmBanner: boolean;
  /** The options that npm took for itself (`npm run` without `--`), in lower case with dashes. */
  readonly npmOptions: readonly string[];
}

export interface EmbeddedDatabaseConfig {
  readonly kind: 'embedded';
  /** Absolute; null: the default place (src/embedded). */
  readonly dataDir: string | null;
}

/** One environment variable: `read` takes its text and gives the value, or throws an Error that says what would be right. */
interface Setting<T> {
  /** As it would be written. */
  readonly default: string;
  /** In Markdown, for the tables of docs/configuration.md. */
  readonly description: string;
  read(text: string): T;
}

const onOff = (text: string): boolean => {
  const word = text.toLowerCase();
  if (word === 'on') return true;
  if (word === 'off') return false;
  throw new Error('must be on or off');
};

/** Reads the address of something on the web, or null where there is none. */
function webAddress(text: string): string | null {
  if (text === '') return null;
  if (!/^https?:\/\/[^/?#@\s]+([/?][^#\s]*)?$/.test(text) || !URL.canParse(text))
    throw new Error('must look like https://id.example.org/path');
  return text;
}

/** Reads a whole number. */
const wholeNumber =
  (least: number, greatest: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d{1,15}$/.test(text) || number < least || number > greatest)
      throw new Error(`must be a whole number from ${least} to ${greatest}`);
    return number;
  };

/** The environment variables; docs/configuration.md lists them, and a test compares. */
export const SETTINGS = {
  PORT: {
    default: '4000',
    description: 'Port to listen on; `0` picks a free one',
    read: wholeNumber(0, 65_535),
  } satisfies Setting<number>,
  HOST: {
    default: '127.0.0.1',
    description: 'Address to listen on; `0.0.0.0` or `::` listens on all interfaces',
    read(text) {
      if (!/^[\w.:%-]+$/.test(text)) throw new Error('must be an IP address or a host name');
      return text;
    },
  } satisfies Setting<string>,
  DATABASE_URL: {
    default: '',
    description:
      'URL of your own Postgres (15 or later), `postgresql://user:password@host:5432/database`. Without it, an embedded Postgres is started',
    read: (text) => (text === '' ? null : readDatabaseUrl(text)),
  } satisfies Setting<string | null>,
  DATA_DIR: {
    default: '',
    description:
      'Folder of the embedded Postgres and of the first token. Default: `data` in the program’s folder; for root, a separate folder under `/var/lib/interviews-data-service`',
    read: (text) => (text === '' ? null : path.resolve(PROGRAM_FOLDER, text)),
  } satisfies Setting<string | null>,
  EMBEDDED: {
    default: '',
    description:
      '`on` allows the embedded Postgres with `NODE_ENV=production`; `off` always forbids it. Default: it is used if `DATABASE_URL` is missing and `NODE_ENV` is not `production`',
    read: (text) => (text === '' ? null : onOff(text)),
  } satisfies Setting<boolean | null>,
  MIGRATE: {
    default: 'on',
    description:
      '`off`: pending migrations are not applied, and commands fail until `npm run migrate` has applied them',
    read: onOff,
  } satisfies Setting<boolean>,
  SAMPLE: {
    default: 'on',
    description: '`off`: a new embedded database starts empty, without the sample extract',
    read: onOff,
  } satisfies Setting<boolean>,
  ADMIN_TOKEN: {
    default: '',
    description:
      'A token with all scopes, for containers and tests: 16 to 256 printable ASCII characters without spaces. Create other tokens with `npm run token`',
    read(text) {
      if (text === '') return null;
      if (!/^[\x21-\x7e]{16,256}$/.test(text))
        throw new Error('must be 16 to 256 printable ASCII characters without blanks');
      return text;
    },
  } satisfies Setting<string | null>,
  JWT_ISSUER: {
    default: '',
    description:
      'Identity provider whose access tokens are also accepted: the exact `iss` claim of its JWTs, for example `https://id.example.org/realms/hiring`',
    read: webAddress,
  } satisfies Setting<string | null>,
  JWT_AUDIENCE: {
    default: '',
    description:
      'Value that the `aud` claim of these tokens must contain: the name of this service at the identity provider. Required with `JWT_ISSUER`',
    read: (text) => text || null,
  } satisfies Setting<string | null>,
  JWT_JWKS_URL: {
    default: '',
    description:
      'URL of the provider’s public keys (JWKS). Default: found through `/.well-known/openid-configuration` of the issuer',
    read: webAddress,
  } satisfies Setting<string | null>,
  JWT_SCOPE_PREFIX: {
    default: 'interviews:',
    description:
      'Prefix of this service’s scopes in the claims `scope`, `scp` and `permissions`: with `interviews:`, `interviews:read` grants `read`. `none` means no prefix',
    read(text) {
      if (!/^[\x21-\x7e]+$/.test(text)) throw new Error('must be printable ASCII characters without blanks');
      return text === 'none' ? '' : text;
    },
  } satisfies Setting<string>,
  CORS_ORIGINS: {
    default: '',
    description:
      'Origins whose pages may call the APIs from a browser, separated by commas: `https://app.example.org,https://other.example.org`. `*` allows all; the default allows none',
    read: (text) => (text === '' ? [] : readOrigins(text)),
  } satisfies Setting<readonly string[]>,
  PERSISTED_OPERATIONS: {
    default: '',
    description:
      'JSON file that maps ids to GraphQL operations; clients may then send an id instead of an operation. Relative to the program’s folder',
    read: (text) => (text === '' ? null : path.resolve(PROGRAM_FOLDER, text)),
  } satisfies Setting<string | null>,
  PERSISTED_OPERATIONS_ONLY: {
    default: 'off',
    description: '`on`: only the operations in that file are accepted',
    read: onOff,
  } satisfies Setting<boolean>,
  RATE_LIMIT_PER_SECOND: {
    default: '10',
    description:
      'Requests per second that one token may send to `/analytics/interviews` and `/graphql`; `0` means no limit',
    read: wholeNumber(0, 1_000_000),
  } satisfies Setting<number>,
  RATE_LIMIT_CONCURRENT: {
    default: '8',
    description: 'Concurrent requests that one token may send there; `0` means no limit',
    read: wholeNumber(0, 1_000_000),
  } satisfies Setting<number>,
  REDIS_URL: {
    default: '',
    description:
      'Redis through which instances share these two limits, `redis://user:password@host:6379/0` (`rediss://` for TLS). Without it, each instance counts on its own',
    read(text) {
      if (text === '') return null;
      if (!/^rediss?:\/\/[^/?#]+(\/\d*)?$/.test(text) || !URL.canParse(text))
        throw new Error(
          'must look like redis://user:password@host:6379/0, with rediss:// for TLS, and @ : / ? # and % in the password percent-encoded',
        );
      return text;
    },
  } satisfies Setting<string | null>,
  MAX_REMOVALS_PERCENT: {
    default: '20',
    description:
      'Maximum share of the stored rows, in percent, that an import may remove without `--allow-removals`. Applies from 50 stored rows on',
    read: wholeNumber(0, 100),
  } satisfies Setting<number>,
  MAX_UPLOAD_BYTES: {
    default: '2147483648',
    description: 'Maximum size of an extract imported over HTTP, in bytes, both as sent and decompressed',
    read: wholeNumber(1, 1_000_000_000_000),
  } satisfies Setting<number>,
  UPLOAD_TIMEOUT: {
    default: '30',
    description:
      'Seconds without new bytes of the body after which an import over HTTP or a GraphQL request is aborted',
    read: wholeNumber(1, 3_600),
  } satisfies Setting<number>,
  EXPORTS_AT_ONCE: {
    default: '10',
    description:
      'Maximum number of concurrent exports; more wait for a slot. Exports with a `limit` of up to 10,000 have the same number of slots of their own',
    read: wholeNumber(1, 1_000),
  } satisfies Setting<number>,
  EXPORT_WAIT_SECONDS: {
    default: '30',
    description: 'Seconds that an export waits for a slot before it is refused',
    read: wholeNumber(0, 3_600),
  } satisfies Setting<number>,
  EXPORT_STALL_SECONDS: {
    default: '120',
    description: 'Seconds after which the export of a client that reads nothing is aborted; `0` means never',
    read: wholeNumber(0, 86_400),
  } satisfies Setting<number>,
  EXPORT_DATABASE_SECONDS: {
    default: '60',
    description:
      'Seconds without a row from the database, before the first or between two, after which an export is aborted; `0` means never',
    read: wholeNumber(0, 86_400),
  } satisfies Setting<number>,
  EXPORT_MAX_MINUTES: {
    default: '60',
    description: 'Maximum duration of an export, in minutes; `0` means no limit',
    read: wholeNumber(0, 10_080),
  } satisfies Setting<number>,
  GRAPHQL_TIMEOUT_SECONDS: {
    default: '30',
    description: 'Maximum duration of a GraphQL operation, in seconds; it is then canceled, in the database too',
    read: wholeNumber(1, 3_600),
  } satisfies Setting<number>,
  GRAPHIQL: {
    default: '',
    description:
      '`on` or `off`: whether browsers get GraphiQL at `/graphql`. Default: `off` with `NODE_ENV=production` or `PERSISTED_OPERATIONS_ONLY=on`, otherwise `on`',
    read: (text) => (text === '' ? null : onOff(text)),
  } satisfies Setting<boolean | null>,
  TABLEAU_LIBRARY_URL: {
    default: 'https://connectors.tableau.com/libs/tableauwdc-2.3.latest.js',
    description:
      'URL of the script of Tableau’s Web Data Connector API 2, which the connector page loads. Host a copy if Tableau must not contact other servers',
    read(text) {
      const address = webAddress(text);
      if (address === null || !new URL(address).pathname.endsWith('.js'))
        throw new Error('must look like https://tableau.example.org/tableauwdc-2.3.latest.js');
      return new URL(address);
    },
  } satisfies Setting<URL>,
  LOG_LEVEL: {
    default: '',
    description: `${LOG_LEVELS.map((level) => `\`${level}\``).join(', ')}. Default: \`info\` with \`NODE_ENV=production\`, otherwise \`warn\``,
    read(text) {
      if (text === '') return null;
      const level = LOG_LEVELS.find((word) => word === text.toLowerCase());
      if (!level) throw new Error(`must be one of ${LOG_LEVELS.join(', ')}`);
      return level;
    },
  } satisfies Setting<Config['logLevel'] | null>,
} as const;

/** Names whose value must not be shown in a message. */
const SECRET = new Set(['ADMIN_TOKEN', 'DATABASE_URL', 'REDIS_URL']);

/**
 * The environment of the process, completed by the file `.env` in the program's folder where there is one.
 * Reading it is left to this file alone.
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

/** Takes an environment and gives the configuration, or throws one BAD_CONFIGURATION that lists every fault. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const faults: string[] = [];
  function setting<K extends keyof typeof SETTINGS>(name: K): ReturnType<(typeof SETTINGS)[K]['read']> | null {
    const { read, default: fallback } = SETTINGS[name] as Setting<ReturnType<(typeof SETTINGS)[K]['read']>>;
    const text = env[name]?.trim() || fallback;
    try {
      return read(text);
    } catch (error) {
      // A login stands before an @, also where none may.
      const value = SECRET.has(name) || text.includes('@') ? 'the value given' : shown(text);
      faults.push(`${name}: ${value} ${error instanceof Error ? error.message : error}`);
      return null;
    }
  }
  const production = env.NODE_ENV === 'production';
  const settings = {
    port: setting('PORT'),
    host: setting('HOST'),
    url: setting('DATABASE_URL'),
    dataDir: setting('DATA_DIR'),
    embedded: setting('EMBEDDED'),
    migrate: setting('MIGRATE'),
    sample: setting('SAMPLE'),
    adminToken: setting('ADMIN_TOKEN'),
    issuer: setting('JWT_ISSUER'),
    audience: setting('JWT_AUDIENCE'),
    jwksUrl: setting('JWT_JWKS_URL'),
    scopePrefix: setting('JWT_SCOPE_PREFIX'),
    corsOrigins: setting('CORS_ORIGINS'),
    operationsFile: setting('PERSISTED_OPERATIONS'),
    operationsOnly: setting('PERSISTED_OPERATIONS_ONLY'),
    perSecond: setting('RATE_LIMIT_PER_SECOND'),
    atOnce: setting('RATE_LIMIT_CONCURRENT'),
    redisUrl: setting('REDIS_URL'),
    maxRemovals: setting('MAX_REMOVALS_PERCENT'),
    maxBytes: setting('MAX_UPLOAD_BYTES'),
    uploadTimeout: setting('UPLOAD_TIMEOUT'),
    exportsAtOnce: setting('EXPORTS_AT_ONCE'),
    exportWait: setting('EXPORT_WAIT_SECONDS'),
    exportStall: setting('EXPORT_STALL_SECONDS'),
    exportDatabase: setting('EXPORT_DATABASE_SECONDS'),
    exportMost: setting('EXPORT_MAX_MINUTES'),
    graphqlTimeoutMs: setting('GRAPHQL_TIMEOUT_SECONDS'),
    graphiql: setting('GRAPHIQL'),
    tableauLibrary: setting('TABLEAU_LIBRARY_URL'),
    logLevel: setting('LOG_LEVEL'),
  };
  const given = (name: keyof typeof SETTINGS) => Boolean(env[name]?.trim());
  const need = (name: keyof typeof SETTINGS, other: keyof typeof SETTINGS) => {
    if (!given(other)) faults.push(`${other}: is missing, and ${name} needs it`);
  };
  if (given('JWT_ISSUER')) need('JWT_ISSUER', 'JWT_AUDIENCE');
  for (const name of ['JWT_AUDIENCE', 'JWT_JWKS_URL'] as const) if (given(name)) need(name, 'JWT_ISSUER');
  if (settings.operationsOnly) need('PERSISTED_OPERATIONS_ONLY', 'PERSISTED_OPERATIONS');
  if (settings.operationsOnly && settings.graphiql)
    faults.push('GRAPHIQL: on has nothing to show with PERSISTED_OPERATIONS_ONLY=on; leave one of them out');
  // Whoever can change what comes from there can make tokens.
  if (
    settings.issuer &&
    !given('JWT_JWKS_URL') &&
    !/^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/.test(settings.issuer)
  )
    faults.push(
      `JWT_ISSUER: ${shown(settings.issuer)} must begin with https://, since the keys are looked for there; or set JWT_JWKS_URL`,
    );
  if (faults.length === 0 && settings.url === null) {
    if (settings.embedded === false)
      faults.push('DATABASE_URL: is missing, and EMBEDDED=off forbids the embedded Postgres');
    else if (production && settings.embedded === null)
      faults.push(
        'DATABASE_URL: is missing with NODE_ENV=production; set it, or set EMBEDDED=on to use the embedded Postgres in production',
      );
  }
  if (faults.length > 0) {
    throw new Failure(
      'BAD_CONFIGURATION',
      `The environment (or .env) has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((f) => `  ${f}`).join('\n')}`,
    );
  }
  return Object.freeze({
    port: settings.port as number,
    host: settings.host as string,
    database:
      settings.url === null
        ? ({ kind: 'embedded', dataDir: settings.dataDir } as const)
        : ({ kind: 'url', url: settings.url } as const),
    migrate: settings.migrate as boolean,
    sample: settings.sample as boolean,
    adminToken: settings.adminToken,
    identityProvider:
      settings.issuer === null
        ? null
        : {
            issuer: settings.issuer,
            audience: settings.audience as string,
            keys: settings.jwksUrl,
            scopePrefix: settings.scopePrefix as string,
          },
    corsOrigins: settings.corsOrigins as readonly string[],
    persistedOperations:
      settings.operationsFile === null
        ? null
        : { file: settings.operationsFile, only: settings.operationsOnly as boolean },
    rateLimits: { perSecond: settings.perSecond as number, atOnce: settings.atOnce as number },
    redisUrl: settings.redisUrl,
    maxRemovalsPercent: settings.maxRemovals as number,
    uploads: { maxBytes: settings.maxBytes as number, timeoutMs: (settings.uploadTimeout as number) * 1000 },
    exports: {
      maxConcurrent: settings.exportsAtOnce as number,
      waitTimeoutMs: (settings.exportWait as number) * 1000,
      stallTimeoutMs: (settings.exportStall as number) * 1000,
      databaseStallTimeoutMs: (settings.exportDatabase as number) * 1000,
      maxDurationMs: (settings.exportMost as number) * 60_000,
    },
    graphqlTimeoutMs: (settings.graphqlTimeoutMs as number) * 1000,
    graphiql: settings.graphiql ?? !(production || settings.operationsOnly),
    tableauLibrary: settings.tableauLibrary as URL,
    logLevel: settings.logLevel ?? (production ? 'info' : 'warn'),
    npmOptions: env.npm_command === 'run' ? npmOptions(env) : [],
    npmBanner: env.npm_command === 'run' && env.npm_config_loglevel !== 'silent',
  });
}

/** npm hands the options it was given, its own and those it doesn't know, to its scripts as npm_config_…. */
const npmOptions = (env: NodeJS.ProcessEnv): string[] =>
  Object.keys(env).flatMap((name) =>
    name.startsWith('npm_config_') ? [name.slice('npm_config_'.length).replaceAll('_', '-')] : [],
  );
