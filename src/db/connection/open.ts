import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { PreparedStatementsMode } from '../../domain/configuration/prepared-statements.ts';
import { PrismaClient } from '../generated/client.ts';
import { ServerPool } from '../servers/server-pool.ts';
import { Servers } from '../servers/servers.ts';
import { cancelBackend, type ReportError } from './cancel-backend.ts';
import { recognizeDirect } from './direct-connections.ts';
import { explainErrors } from './errors/explain-errors.ts';
import { limitResultSize } from './errors/result-size.ts';
import { AskedLayout, type Layout } from './layout.ts';
import { OneState } from './one-state.ts';
import { PreparedStatements } from './prepared-statements.ts';
import { traceStatements } from './trace-statements.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from './with-timeout.ts';

/** Idle milliseconds after which TCP keep-alive probes the other end. */
const KEEP_ALIVE_MS = 10_000;

/** Maximum number of concurrent short statements; others wait for a moment. */
const MAX_STATEMENT_CONNECTIONS = 10;

/** Imports run one at a time. One more connection lets the next import be refused at once. */
const MAX_STREAM_CONNECTIONS = 4;

/**
 * Milliseconds beyond an operation's timeout for what serves it: the server’s timeouts, and the time until its connection counts as dead. The
 * operation ends before them.
 */
export const OPERATION_GRACE_MS = 5_000;

/** Milliseconds for which an operation waits for a free connection. */
const CONNECTION_TIMEOUT_MS = 4_000;

/** Milliseconds after which an idle connection for operations is closed. */
const IDLE_TIMEOUT_MS = 60_000;

/** Maximum number of concurrent GraphQL operations; others wait for a moment. */
const MAX_OPERATION_CONNECTIONS = 10;

/** Returns the maximum number of connections of an instance, `maxExports` of them for exports. */
export const maxConnections = ({ maxExports }: Pick<PoolOptions, 'maxExports'>): number =>
  MAX_STATEMENT_CONNECTIONS + MAX_STREAM_CONNECTIONS + MAX_OPERATION_CONNECTIONS + maxExports;

/** The settings of the connection pools. */
export interface PoolOptions {
  /** Number of connections for exports. */
  readonly maxExports: number;
  /** Timeout of a GraphQL operation in milliseconds. */
  readonly operationTimeoutMs: number;
  readonly preparedStatements: PreparedStatementsMode;
  /** Whether statements are spans of the requests that are traced. Default: they are not. */
  readonly isTraced?: boolean;
}

/** An open database. */
export interface Database {
  /** For short statements. One that takes longer than 10 seconds fails with DATABASE_UNAVAILABLE. */
  readonly pool: pg.Pool;
  /** For imports and other long work that changes rows or reads all of them. */
  readonly streams: pg.Pool;
  /** For exports: a separate pool, so that imports never wait for clients that read slowly. */
  readonly exports: pg.Pool;
  /** Prisma over the connections of `pool`. */
  readonly prisma: PrismaClient;
  /** For GraphQL operations, each of which holds one connection. */
  readonly operations: pg.Pool;
  /** The prepared statements of these connections. */
  readonly prepared: PreparedStatements;
  /** How its tables lie. It is known as soon as there is a connection. */
  readonly layout: Layout;
  /** What opens one state of its rows on a connection. */
  readonly state: OneState;
  /** Cancels the current statement of the backend of a connection that the caller holds, by its process ID. Does not throw. */
  cancel(pid: number, client: pg.ClientBase): Promise<void>;
  /**
   * Lets connections go to the primary, until the replica is looked for again: what it replays has canceled a read there. Returns false if there is no
   * replica, or nothing but it.
   */
  leaveReplica(): boolean;
  /** How often connections have moved to another server, which may be at another state. */
  moves(): number;
  close(): Promise<void>;
}

const STATEMENTS_LOST =
  'the pooler before the database loses prepared statements, so they are off from now on; set PREPARED_STATEMENTS=off';

const setDateStyle = (client: pg.ClientBase) => client.query("SET datestyle TO 'ISO'");

/**
 * Opens a database: `connection` says how to reach it, or which servers it has. It connects on first use. `report` receives errors of idle
 * connections and of failed cancellations.
 */
export function openDatabase(
  connection: pg.PoolConfig | Servers,
  report: ReportError,
  { maxExports, operationTimeoutMs, preparedStatements, isTraced = false }: PoolOptions,
): Database {
  const layout = new AskedLayout();
  const onConnect = (client: pg.ClientBase) =>
    withTimeout(
      STATEMENT_TIMEOUT_MS,
      setDateStyle(client).then(() => layout.ask(client)),
    );
  const openPool = (config: pg.PoolConfig & { max: number }): pg.Pool => {
    const options = {
      application_name: 'interviews-data-service',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      // A connection is silent while its statement runs. Neither the network nor the database may take it for dead.
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      // The drivers parse dates in this style only, whatever the server's or the role's setting. PgBouncer keeps the setting per client.
      onConnect,
      ...config,
    };
    const pool =
      connection instanceof Servers
        ? new ServerPool(options, connection)
        : new pg.Pool({ ...options, ...connection, ...config });
    pool.on('error', (error) => report(error, 'a connection to the database was lost'));
    pool.on('connect', (client) => {
      // The user of a connection sees its statement fail. Without a listener the lost connection would also end the process.
      client.on('error', () => {});
      explainErrors(client);
    });
    if (isTraced) traceStatements(pool);
    return pool;
  };
  const pool = openPool({ max: MAX_STATEMENT_CONNECTIONS, query_timeout: STATEMENT_TIMEOUT_MS });
  const streams = openPool({ max: MAX_STREAM_CONNECTIONS });
  const exports = openPool({ max: maxExports });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  // The fields of an operation query concurrently; their statements are sent at once and answered one after the other.
  const serverTimeout = operationTimeoutMs + OPERATION_GRACE_MS;
  const operations = openPool({
    max: MAX_OPERATION_CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    query_timeout: serverTimeout,
    // What is prepared on a connection is worth keeping longer than the pool would.
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    pipeline: true,
    onConnect: async (client: pg.ClientBase) => {
      await onConnect(client);
      await withTimeout(STATEMENT_TIMEOUT_MS, recognizeDirect(client, serverTimeout));
    },
  });
  operations.on('connect', limitResultSize);
  const prepared = new PreparedStatements(preparedStatements, (cause) => report(cause, STATEMENTS_LOST));
  return {
    pool,
    streams,
    exports,
    prisma,
    operations,
    prepared,
    layout,
    state: new OneState(layout),
    cancel: (pid, client) => cancelBackend(pool, pid, client, report),
    leaveReplica: () =>
      connection instanceof Servers && connection.leavePreferred('a read there was canceled by what it had to replay'),
    moves: () => (connection instanceof Servers ? connection.moves : 0),
    async close() {
      await prisma.$disconnect();
      await Promise.all([pool.end(), streams.end(), exports.end(), operations.end()]);
    },
  };
}
