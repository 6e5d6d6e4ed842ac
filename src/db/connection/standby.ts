import type pg from 'pg';
import { Failure } from '../../domain/errors.ts';

/** Whether the server is a hot standby, which only reads. It can become the primary at any time. Errors: those of the database. */
export async function isStandby(connection: pg.ClientBase | pg.Pool): Promise<boolean> {
  const { rows } = await connection.query<{ standby: boolean }>(
    '/* standby.ask */ SELECT pg_is_in_recovery() AS standby',
  );
  return rows[0]?.standby === true;
}

/** Errors: DATABASE_UNAVAILABLE if the server is a hot standby; those of the database. */
export async function refuseOnStandby(client: pg.ClientBase): Promise<void> {
  if (await isStandby(client))
    throw new Failure(
      'DATABASE_UNAVAILABLE',
      'The database of this instance is a standby, which only reads; nothing was saved. Import through an instance whose DATABASE_URL names the primary server.',
      { isRoutine: true },
    );
}
