import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../generated/client.ts';
import { cancelBackend, type ReportError } from './cancel-backend.ts';
import { explainErrors } from './explain-errors.ts';
import { limitResultSize } from './result-size.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from './with-timeout.ts';

/** Milliseconds of silence after which the system asks whether the other end is still there. */
const KEEP_ALIVE_MS = 10_000;

/** Statements that answer at once, side by side; more wait for a moment. */
const MAX_STATEMENT_CONNECTIONS = 10;

/** Imports run one at a time; one more is there to be told so at once. */
const MAX_STREAM_CONNECTIONS = 4;

/**
 * Milliseconds that what serves an operation has beyond it: Prisma’s transaction, the server’s own limit of a statement, and the connection
 * before it counts as dead. The operation ends before them.
 */
export const OPERATION_GRACE_MS = 5_000;

/** GraphQL operations at once; more wait for a moment. */
const MAX_OPERATION_CONNECTIONS = 10;

/** The connections of an instance at most, `mostExports` of them for exports. */
export const maxConnections = ({ maxExports }: Pick<PoolOptions, 'maxExports'>): number =>
  MAX_STATEMENT_CONNECTIONS + MAX_STREAM_CONNECTIONS + MAX_OPERATION_CONNECTIONS + maxExports;

/** What the configuration says about connections. */
export interface PoolOptions {
  /** Connections for exports. */
  readonly maxExports: number;
  /** Milliseconds for a GraphQL operation. */
  readonly operationTimeoutMs: number;
}

/** The open database. */
export interface Database {
  /** For statements that answer at once; one that takes longer than 10 seconds fails as DATABASE_UNAVAILABLE. */
  readonly pool: pg.Pool;
  /** For imports, and what else may take its time and changes rows or looks at all of them. */
  readonly streams: pg.Pool;
  /** For exports: they are apart, so that no import waits for clients that read slowly. */
  readonly exports: pg.Pool;
  /** Objects, over the connections of `pool`. */
  readonly prisma: PrismaClient;
  /** Objects for GraphQL operations, each on a connection of its own for as long as it lasts. */
  readonly operations: PrismaClient;
  /** Cancels what a backend with this process id works on, while its transaction is open. It doesn't throw. */
  cancel(pid: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a database; connects only when it is first used. `report` hears of idle connections that break, and of cancellations that fail.
 */
export function openDatabase(
  connection: pg.PoolConfig,
  report: ReportError,
  { maxExports, operationTimeoutMs }: PoolOptions,
): Database {
  const openPool = (config: pg.PoolConfig & { max: number }): pg.Pool => {
    const pool = new pg.Pool({
      application_name: 'interviews-data-service',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      // While a statement is at work nothing passes on its connection, which the network must not take for one that is no more, or the other way round.
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      // The drivers read dates in this form only, whatever the server or the role is set to. PgBouncer keeps this setting for its client.
      onConnect: (client) => withTimeout(STATEMENT_TIMEOUT_MS, client.query("SET datestyle TO 'ISO'")),
      ...connection,
      ...config,
    });
    pool.on('error', (error) => report(error, 'a connection to the database was lost'));
    pool.on('connect', (client) => {
      // Whoever uses a connection sees its statement fail; without a listener the loss would also end the process.
      client.on('error', () => {});
      explainErrors(client);
    });
    return pool;
  };
  const pool = openPool({ max: MAX_STATEMENT_CONNECTIONS, query_timeout: STATEMENT_TIMEOUT_MS });
  const streams = openPool({ max: MAX_STREAM_CONNECTIONS });
  const exports = openPool({ max: maxExports });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  // Fields of an operation ask side by side; their statements are sent at once and answered one after the other.
  const operationsPool = openPool({
    max: MAX_OPERATION_CONNECTIONS,
    query_timeout: operationTimeoutMs + OPERATION_GRACE_MS,
    pipeline: true,
  });
  operationsPool.on('connect', limitResultSize);
  const operations = new PrismaClient({ adapter: new PrismaPg(operationsPool) });
  return {
    pool,
    streams,
    exports,
    prisma,
    operations,
    cancel: (pid) => cancelBackend(pool, pid, report),
    async close() {
      await Promise.all([prisma.$disconnect(), operations.$disconnect()]);
      await Promise.all([pool.end(), streams.end(), exports.end(), operationsPool.end()]);
    },
  };
}
