import { expect } from 'vitest';
import { eventually } from './command.ts';
import { withClient } from './server.ts';
import type { Service } from './service.ts';

/** Does work while nobody can read a table: whoever wants to waits. */
export const whileLocked = <T>(service: Service, table: string, work: () => Promise<T>): Promise<T> =>
  withClient(service.connection, async (client) => {
    // The end of the connection takes the lock away.
    await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    return await work();
  });

/** Waits until so many statements of the database wait for a lock. */
export const untilBlocked = (service: Pick<Service, 'rows'>, count: number): Promise<void> =>
  eventually(async () =>
    expect(
      await service.rows(
        `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      ),
    ).toEqual([{ count }]),
  );
