import path from 'node:path';
import { AUDIT_POLICIES, type AuditPolicy } from './domain/audit/entry.ts';
import { readDatabaseUrl, readReplicaUrl } from './domain/configuration/database-url.ts';
import { duration } from './domain/configuration/duration.ts';
import { readOrigins } from './domain/configuration/origins.ts';
import { PREPARED_STATEMENTS, type PreparedStatementsMode } from './domain/configuration/prepared-statements.ts';
import { readTrustedProxies, type TrustedProxies } from './domain/configuration/trusted-proxies.ts';
import { readUpstreamToken, readUpstreamUrl } from './domain/configuration/upstream.ts';
import { PROGRAM_FOLDER } from './package-info.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * One environment variable. `read` takes its text and returns the value, or throws an Error that says what is right.
 */
export interface Setting<T> {
  /** The default, as text. */
  readonly default: string;
  /** In Markdown, for the tables of docs/configuration.md. */
  readonly description: string;
  /** Whether its value must not appear in a message; such a value may stand in a file, which NAME_FILE names. */
  readonly secret?: true;
  read(text: string): T;
}

const onOff = (text: string): boolean => {
  const word = text.toLowerCase();
  if (word === 'on') return true;
  if (word === 'off') return false;
  throw new Error('must be on or off');
};

/** Reads an HTTP(S) URL; null for the empty text. */
function readHttpUrl(text: string): string | null {
  if (text === '') return null;
  if (!/^https?:\/\/[^/?#@\s]+([/?][^#\s]*)?$/.test(text) || !URL.canParse(text))
    throw new Error('must look like https://id.example.org/path');
  return text;
}

const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d{1,15}$/.test(text) || number < min || number > max)
      throw new Error(`must be a whole number from ${min} to ${max}`);
    return number;
  };

function readHost(text: string): string {
  if (!/^[\w.:%-]+$/.test(text)) throw new Error('must be an IP address or a host name');
  return text;
}

function readTokens(text: string): readonly string[] {
  const tokens = text.split(/\s+/).filter((token) => token !== '');
  if (tokens.length > 10) throw new Error(`has ${tokens.length} tokens; there may be at most 10`);
  if (!tokens.every((token) => /^[\x21-\x7e]{16,256}$/.test(token)))
    throw new Error('must be 16 to 256 printable ASCII characters without spaces, or several such tokens');
  return tokens;
}

/** Reads the name of a claim; null for the empty text. */
function readClaim(text: string): string | null {
  if (!/^[\x21-\x7e]{0,200}$/.test(text))
    throw new Error('must be up to 200 printable ASCII characters without spaces');
  return text || null;
}

function readHeaders(text: string): Readonly<Record<string, string>> {
  const fault = new Error('must look like Name=value,Other=value, with percent-encoded values');
  const headers: Record<string, string> = {};
  for (const header of text === '' ? [] : text.split(',')) {
    const [, name, value = ''] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*([\x21-\x7e]+)\s*$/.exec(header) ?? [];
    if (name === undefined) throw fault;
    try {
      headers[name] = decodeURIComponent(value);
    } catch {
      throw fault;
    }
  }
  return headers;
}

/** Types a setting's value by what it reads. */
const setting = <T>(definition: Setting<T>): Setting<T> => definition;

/** The environment variables. docs/configuration.md lists them, and a test compares. */
export const SETTINGS = {
  PORT: setting<number>({
    default: '4000',
    description: 'Port to listen on; `0` picks a free one',
    read: wholeNumber(0, 65_535),
  }),
  HOST: setting<string>({
    default: '127.0.0.1',
    description: 'Address to listen on; `0.0.0.0` or `::` listens on all interfaces',
    read: readHost,
  }),
  TRUST_PROXY: setting<TrustedProxies>({
    default: 'off',
    description:
      'Proxies that are believed about the client’s address (`X-Forwarded-For`) and the id of a request (`X-Request-Id`): how many stand one behind the other before the service, `1`, or their addresses and networks, `10.0.0.0/8,::1`',
    read: readTrustedProxies,
  }),
  DRAIN_SECONDS: setting<number>({
    default: '0',
    description:
      'Seconds after SIGTERM or Ctrl-C for which requests are still accepted, while `/readyz` says 503: time for a load balancer to notice',
    read: wholeNumber(0, 3_600),
  }),
  DATABASE_URL: setting<string | null>({
    default: '',
    secret: true,
    description:
      'URL of your own Postgres (15 or later), `postgresql://user:password@host:5432/database`, or several hosts and `target_session_attrs` as in libpq. Without it, an embedded Postgres is started',
    read: (text) => (text === '' ? null : readDatabaseUrl(text)),
  }),
  DATABASE_REPLICA_URL: setting<string | null>({
    default: '',
    secret: true,
    description:
      'URL of a hot standby of `DATABASE_URL`, or of several, from which the service reads exports, metrics, GraphQL, OData and summaries; imports and tokens stay with `DATABASE_URL`. While there is none, all reads go there',
    read: (text) => (text === '' ? null : readReplicaUrl(text)),
  }),
  DATA_DIR: setting<string | null>({
    default: '',
    description:
      'Folder of the embedded Postgres and of the first token. Default: `data` in the program’s folder; for root, a separate folder under `/var/lib/interviews-data-service`',
    read: (text) => (text === '' ? null : path.resolve(PROGRAM_FOLDER, text)),
  }),
  EMBEDDED: setting<boolean | null>({
    default: '',
    description:
      '`on` allows the embedded Postgres with `NODE_ENV=production`; `off` always forbids it. Default: it is used if `DATABASE_URL` is missing and `NODE_ENV` is not `production`',
    read: (text) => (text === '' ? null : onOff(text)),
  }),
  MIGRATE: setting<boolean>({
    default: 'on',
    description:
      '`off`: pending migrations are not applied, and commands fail until `npm run migrate` has applied them',
    read: onOff,
  }),
  SAMPLE: setting<boolean>({
    default: 'on',
    description: '`off`: a new embedded database starts empty, without the sample extract',
    read: onOff,
  }),
  ADMIN_TOKEN: setting<readonly string[]>({
    default: '',
    secret: true,
    description:
      'A token with all scopes, for containers and tests: 16 to 256 printable ASCII characters without spaces. Up to ten, separated by spaces or on lines of their own, are accepted side by side, so that clients can change from one to the next. Create other tokens with `npm run token`',
    read: readTokens,
  }),
  TOKEN_MAX_LIFETIME: setting<number | null>({
    default: '',
    description:
      'Longest lifetime of a token, such as `90d`, and that of one created without an end. Default: tokens may live forever',
    read: (text) => (text === '' ? null : duration('1h', '36500d')(text)),
  }),
  TOKEN_GRACE: setting<number>({
    default: '15m',
    description:
      'Time for which an instance that is cut off from the primary database server still accepts tokens, such as `5m`; then it answers with 503',
    read: duration('0s', '36500d'),
  }),
  JWT_ISSUER: setting<string | null>({
    default: '',
    description:
      'Identity provider whose access tokens are also accepted: the exact `iss` claim of its JWTs, for example `https://id.example.org/realms/hiring`',
    read: readHttpUrl,
  }),
  JWT_AUDIENCE: setting<string | null>({
    default: '',
    description:
      'Value that the `aud` claim of these tokens must contain: the name of this service at the identity provider. Required with `JWT_ISSUER`',
    read: (text) => text || null,
  }),
  JWT_JWKS_URL: setting<string | null>({
    default: '',
    description:
      'URL of the provider’s public keys (JWKS). Default: found through `/.well-known/openid-configuration` of the issuer',
    read: readHttpUrl,
  }),
  JWT_SCOPE_PREFIX: setting<string>({
    default: 'interviews:',
    description:
      'Prefix of this service’s scopes in the claims `scope`, `scp` and `permissions`: with `interviews:`, `interviews:read` grants `read`. `none` means no prefix',
    read(text) {
      if (!/^[\x21-\x7e]+$/.test(text)) throw new Error('must be printable ASCII characters without spaces');
      return text === 'none' ? '' : text;
    },
  }),
  JWT_DEPARTMENTS_CLAIM: setting<string | null>({
    default: '',
    description:
      'Claim with the departments whose rows such a token sees, for example `departments`: a text, or a list. Default: these tokens see all rows',
    read: readClaim,
  }),
  JWT_JOBS_CLAIM: setting<string | null>({
    default: '',
    description: 'Claim with the IDs of jobs whose rows such a token sees, for example `interviews_jobs`',
    read: readClaim,
  }),
  CORS_ORIGINS: setting<readonly string[]>({
    default: '',
    description:
      'Origins whose pages may call the APIs from a browser, separated by commas: `https://app.example.org,https://other.example.org`. `*` allows all; the default allows none',
    read: (text) => (text === '' ? [] : readOrigins(text)),
  }),
  PERSISTED_OPERATIONS: setting<string | null>({
    default: '',
    description:
      'JSON file that maps ids to GraphQL operations; clients may then send an id instead of an operation. Relative to the program’s folder',
    read: (text) => (text === '' ? null : path.resolve(PROGRAM_FOLDER, text)),
  }),
  PERSISTED_OPERATIONS_ONLY: setting<boolean>({
    default: 'off',
    description: '`on`: only the operations in that file are accepted',
    read: onOff,
  }),
  RATE_LIMIT_PER_SECOND: setting<number>({
    default: '10',
    description:
      'Requests per second that one token may send to `/analytics/interviews`, and one address without a valid token to `/graphql`, too; `0` means no limit',
    read: wholeNumber(0, 1_000_000),
  }),
  RATE_LIMIT_CONCURRENT: setting<number>({
    default: '8',
    description: 'Concurrent requests that they may send there; `0` means no limit',
    read: wholeNumber(0, 1_000_000),
  }),
  RATE_LIMIT_POINTS: setting<number>({
    default: '2000000',
    description:
      'Points of one token for GraphQL operations, when it has used none: at least four times the greatest cost of an operation; `0` means no limit',
    read: wholeNumber(0, 1_000_000_000),
  }),
  RATE_LIMIT_POINTS_PER_SECOND: setting<number>({
    default: '500000',
    description: 'Points of these that come back per second',
    read: wholeNumber(1, 1_000_000_000),
  }),
  RATE_LIMIT_GRAPHQL_CONCURRENT: setting<number>({
    default: '100',
    description:
      'GraphQL requests that one token may have in progress on an instance, including those that wait for their turn; `0` means no limit',
    read: wholeNumber(0, 1_000_000),
  }),
  REDIS_URL: setting<string | null>({
    default: '',
    secret: true,
    description:
      'Redis through which instances share these limits except the last one, `redis://user:password@host:6379/0` (`rediss://` for TLS). Without it, each instance counts on its own',
    read(text) {
      if (text === '') return null;
      if (!/^rediss?:\/\/[^/?#]+(\/\d*)?$/.test(text) || !URL.canParse(text))
        throw new Error(
          'must look like redis://user:password@host:6379/0, with rediss:// for TLS, and @ : / ? # and % in the password percent-encoded',
        );
      return text;
    },
  }),
  SYNC_FROM: setting<URL | null>({
    default: '',
    description:
      'Base URL of another service whose rows `npm start` fetches again and again, as `npm run sync` does once: `https://interviews.example.org/prefix`',
    read: (text) => (text === '' ? null : readUpstreamUrl(text)),
  }),
  SYNC_TOKEN: setting<string | null>({
    default: '',
    secret: true,
    description: 'Token of that service, with the scopes `read` and `personal`. Required with `SYNC_FROM`',
    read: (text) => (text === '' ? null : readUpstreamToken(text)),
  }),
  SYNC_EVERY: setting<number>({
    default: '15m',
    description: 'Time from the end of one sync to the next, such as `90s`, `15m` or `1d`',
    read: duration('1s', '7d'),
  }),
  READY_MAX_AGE: setting<number | null>({
    default: '',
    description:
      '`/readyz` says 503 once the rows are known at a time longer ago than this, such as `26h`. Default: it does not matter',
    read: (text) => (text === '' ? null : duration('1s', '365d')(text)),
  }),
  ERASURES_FILE: setting<string | null>({
    default: '',
    description:
      'File in which `npm run erase` keeps the list of everybody who was erased, as hashes, for restoring older backups. Back it up apart from the database. Default: the list is only in the database and its backups',
    read: (text) => (text === '' ? null : text),
  }),
  AUDIT: setting<AuditPolicy>({
    default: 'continue',
    description:
      'What happens while the audit log can’t be written: `continue` answers requests and says so; `require` answers nothing of the data without its entry; `off` writes none',
    read(text) {
      const policy = AUDIT_POLICIES.find((known) => known === text.toLowerCase());
      if (!policy) throw new Error(`must be one of ${AUDIT_POLICIES.join(', ')}`);
      return policy;
    },
  }),
  AUDIT_DAYS: setting<number>({
    default: '365',
    description: 'Days for which entries of the audit log are kept, 30 to 3650',
    read: wholeNumber(30, 3_650),
  }),
  AUDIT_DATABASE_URL: setting<string | null>({
    default: '',
    secret: true,
    description:
      'URL of the primary server of the same database, where entries are written if `DATABASE_URL` is a standby. Default: `DATABASE_URL`',
    read: (text) => (text === '' ? null : readDatabaseUrl(text)),
  }),
  AUDIT_SPOOL: setting<string | null>({
    default: '',
    description:
      'Folder in which entries wait while the database is away, one for each instance. Default: they wait in memory, up to 10,000',
    read: (text) => (text === '' ? null : path.resolve(PROGRAM_FOLDER, text)),
  }),
  RETENTION_MONTHS: setting<number | null>({
    default: '',
    description:
      'Months after which names, reviews, locations and rooms of an interview are emptied, in what is stored and in every import: a whole number from 1 to 600. Default: they are kept forever',
    read: (text) => (text === '' ? null : wholeNumber(1, 600)(text)),
  }),
  MAX_REMOVALS_PERCENT: setting<number>({
    default: '20',
    description:
      'Maximum share of the stored rows, in percent, that an import may remove without `--allow-removals`. Applies from 50 stored rows on',
    read: wholeNumber(0, 100),
  }),
  MAX_UPLOAD_BYTES: setting<number>({
    default: '2147483648',
    description: 'Maximum size of an extract imported over HTTP, in bytes, both as sent and decompressed',
    read: wholeNumber(1, 1_000_000_000_000),
  }),
  UPLOAD_TIMEOUT: setting<number>({
    default: '30',
    description:
      'Seconds without new bytes of the body after which an import over HTTP or a GraphQL request is aborted',
    read: wholeNumber(1, 3_600),
  }),
  EXPORTS_AT_ONCE: setting<number>({
    default: '10',
    description:
      'Maximum number of concurrent exports; more wait for a slot. Exports with a `limit` of up to 10,000 have the same number of slots of their own',
    read: wholeNumber(1, 1_000),
  }),
  EXPORT_WAIT_SECONDS: setting<number>({
    default: '30',
    description: 'Seconds that an export waits for a slot before it is refused',
    read: wholeNumber(0, 3_600),
  }),
  EXPORT_STALL_SECONDS: setting<number>({
    default: '120',
    description: 'Seconds after which the export of a client that reads nothing is aborted; `0` means never',
    read: wholeNumber(0, 86_400),
  }),
  EXPORT_DATABASE_SECONDS: setting<number>({
    default: '60',
    description:
      'Seconds without a row from the database, before the first or between two, after which an export is aborted; `0` means never',
    read: wholeNumber(0, 86_400),
  }),
  EXPORT_MAX_MINUTES: setting<number>({
    default: '60',
    description: 'Maximum duration of an export, in minutes; `0` means no limit',
    read: wholeNumber(0, 10_080),
  }),
  GRAPHQL_FAST_PATH: setting<boolean>({
    default: 'on',
    description:
      '`off`: all GraphQL requests go through the general request handling, which the usual ones otherwise skip. The answers are the same',
    read: onOff,
  }),
  PREPARED_STATEMENTS: setting<PreparedStatementsMode>({
    default: 'auto',
    description:
      'Whether Postgres keeps the statements of GraphQL operations prepared. `auto`: only where `DATABASE_URL` leads directly to Postgres; `on`: also through a pooler that carries them over (PgBouncer from 1.21 on, with `max_prepared_statements`); `off`: never',
    read(text) {
      const mode = PREPARED_STATEMENTS.find((known) => known === text.toLowerCase());
      if (!mode) throw new Error(`must be one of ${PREPARED_STATEMENTS.join(', ')}`);
      return mode;
    },
  }),
  GRAPHQL_TIMEOUT_SECONDS: setting<number>({
    default: '30',
    description: 'Maximum duration of a GraphQL operation, in seconds; it is then canceled, in the database too',
    read: wholeNumber(1, 3_600),
  }),
  METRICS_AT_ONCE: setting<number>({
    default: '2',
    description:
      'Maximum number of concurrent statements of metrics, each of which may look at all rows; more wait for a slot, up to 10 seconds',
    read: wholeNumber(1, 100),
  }),
  GRAPHIQL: setting<boolean | null>({
    default: '',
    description:
      '`on` or `off`: whether browsers get GraphiQL at `/graphql`. Default: `off` with `NODE_ENV=production` or `PERSISTED_OPERATIONS_ONLY=on`, otherwise `on`',
    read: (text) => (text === '' ? null : onOff(text)),
  }),
  TABLEAU_LIBRARY_URL: setting<URL>({
    default: 'https://connectors.tableau.com/libs/tableauwdc-2.3.latest.js',
    description:
      'URL of the script of Tableau’s Web Data Connector API 2, which the connector page loads. Host a copy if Tableau must not contact other servers',
    read(text) {
      const address = readHttpUrl(text);
      if (address === null || !new URL(address).pathname.endsWith('.js'))
        throw new Error('must look like https://tableau.example.org/tableauwdc-2.3.latest.js');
      return new URL(address);
    },
  }),
  METRICS_PORT: setting<number | null>({
    default: '',
    description:
      'Port on which `GET /metrics` is served for Prometheus, apart from the APIs; `0` picks a free one. Default: no metrics are kept or served',
    read: (text) => (text === '' ? null : wholeNumber(0, 65_535)(text)),
  }),
  METRICS_HOST: setting<string>({
    default: '127.0.0.1',
    description: 'Address to serve them on; `0.0.0.0` or `::` serves them on all interfaces',
    read: readHost,
  }),
  METRICS_TOKEN: setting<readonly string[]>({
    default: '',
    secret: true,
    description:
      'Token that Prometheus must send (`Authorization: Bearer`), in the form of `ADMIN_TOKEN`; up to ten are accepted side by side. It opens nothing else. Without it, whoever reaches the port may read the metrics',
    read: readTokens,
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting<string | null>({
    default: '',
    description:
      'Base URL of an OpenTelemetry collector that takes OTLP over HTTP, `http://127.0.0.1:4318`. Default: no traces',
    read: readHttpUrl,
  }),
  OTEL_EXPORTER_OTLP_HEADERS: setting<Readonly<Record<string, string>>>({
    default: '',
    secret: true,
    description:
      'Headers of the requests to it, such as `Authorization=Bearer%20token`, separated by commas, their values percent-encoded',
    read: readHeaders,
  }),
  OTEL_SERVICE_NAME: setting<string>({
    default: 'interviews-data-service',
    description: 'Name of the service in traces',
    read: (text) => text,
  }),
  LOG_LEVEL: setting<LogLevel | null>({
    default: '',
    description: `${LOG_LEVELS.map((level) => `\`${level}\``).join(', ')}. Default: \`info\` with \`NODE_ENV=production\`, otherwise \`warn\``,
    read(text) {
      if (text === '') return null;
      const level = LOG_LEVELS.find((word) => word === text.toLowerCase());
      if (!level) throw new Error(`must be one of ${LOG_LEVELS.join(', ')}`);
      return level;
    },
  }),
};

/** The values of all settings, by name. */
export type Settings = {
  readonly [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name] extends Setting<infer T> ? T : never;
};
