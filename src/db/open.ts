import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/** Milliseconds after which a short statement counts as failed: a database that hangs must not hang its clients. */
const PATIENCE = 10_000;

/** The open database. */
export interface Database {
  /** For statements that answer at once; one that takes longer than 10 seconds fails as DATABASE_UNAVAILABLE. */
  readonly pool: pg.Pool;
  /** For exports and imports, which may take their time. */
  readonly streams: pg.Pool;
  /** Objects, over the connections of `pool`. */
  readonly prisma: PrismaClient;
  close(): Promise<void>;
}

/** Opens a database; connects only when it is first used. `onLost` hears of idle connections that break. */
export function openDatabase(connection: pg.PoolConfig, onLost: (error: Error) => void): Database {
  const openPool = (config: pg.PoolConfig): pg.Pool => {
    const pool = new pg.Pool({
      application_name: 'interviews-data-service',
      max: 10,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      // The drivers read dates in this form only, whatever the server or the role is set to.
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
  const streams = openPool({});
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    streams,
    prisma,
    async close() {
      await prisma.$disconnect();
      await Promise.all([pool.end(), streams.end()]);
    },
  };
}
