import { withClient } from './server.ts';
import type { Service } from './service.ts';

/** Does work while nobody can read a table: whoever wants to waits. */
export const whileLocked = <T>(service: Service, table: string, work: () => Promise<T>): Promise<T> =>
  withClient(service.connection, async (client) => {
    // The end of the connection takes the lock away.
    await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    return await work();
  });
