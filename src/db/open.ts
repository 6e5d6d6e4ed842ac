import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/** Milliseconds after which a short statement counts as failed: a database that hangs must not hang its clients. */
const PATIENCE = 10_000;

/** Imports run one at a time; one more is there to be told so at once. */
const MOST_STREAMS = 4;

/**
 * Milliseconds that what serves an operation has beyond it: Prisma’s transaction, the server’s own limit of a statement, and the connection
 * before it counts as dead. The operation ends before them.
 */
export const OPERATION_SLACK = 5_000;

/** GraphQL operations at once; more wait for a moment. */
const MOST_OPERATIONS = 10;

/** What the configuration says about connections. */
export interface PoolOptions {
  /** Connections for exports. */
  readonly mostExports: number;
  /** Milliseconds for a GraphQL operation. */
  readonly operationTimeout: number;
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
  close(): Promise<void>;
}

/**
 * Opens a database; connects only when it is first used. `onLost` hears of idle connections that break.
 */
export function openDatabase(
  connection: pg.PoolConfig,
  onLost: (error: Error) => void,
  { mostExports, operationTimeout }: PoolOptions,
): Database {
  const openPool = (config: pg.PoolConfig): pg.Pool => {
    const pool = new pg.Pool({
      application_name: 'interviews-data-service',
      max: 10,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      // The drivers read dates in this form only, whatever the server or the role is set to. PgBouncer keeps this setting for its client.
      onConnect: (client) => client.query("SET datestyle TO 'ISO'"),
      ...connection,
      ...config,
    });
    pool.on('error', onLost);
    // Whoever uses a connection sees its statement fail; without a listener the loss would also end the process.
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  };
  const pool = openPool({ query_timeout: PATIENCE });
  const streams = openPool({ max: MOST_STREAMS });
  const exports = openPool({ max: mostExports });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  // Fields of an operation ask side by side; their statements are sent at once and answered one after the other.
  const operationsPool = openPool({
    max: MOST_OPERATIONS,
    query_timeout: operationTimeout + OPERATION_SLACK,
    pipeline: true,
  });
  const operations = new PrismaClient({ adapter: new PrismaPg(operationsPool) });
  return {
    pool,
    streams,
    exports,
    prisma,
    operations,
    async close() {
      await Promise.all([prisma.$disconnect(), operations.$disconnect()]);
      await Promise.all([pool.end(), streams.end(), exports.end(), operationsPool.end()]);
    },
  };
}
