import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/** The open database: statements of our own go through `pool`, objects through `prisma`, which shares it. */
export interface Database {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  close(): Promise<void>;
}

/** Opens a pool for a connection; connects only when it is first used. `onLost` hears of idle connections that break. */
export function openDatabase(connection: pg.PoolConfig, onLost: (error: Error) => void): Database {
  const pool = new pg.Pool({
    application_name: 'interviews-data-service',
    max: 10,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...connection,
  });
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', () => {}));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    prisma,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
