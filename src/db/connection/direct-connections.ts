import type pg from 'pg';

/** The process IDs of the backends of the connections that lead directly to Postgres. */
const backends = new WeakMap<pg.ClientBase, number>();

/**
 * Finds out whether a connection leads directly to Postgres: a pooler tells its clients a process ID of its own. On such a connection
 * settings last, the process ID is the backend's, and prepared statements stay. Sets the server's timeouts on it, in milliseconds: a
 * safeguard in case that this program can't cancel a statement.
 */
export async function recognizeDirect(client: pg.ClientBase, timeout: number): Promise<void> {
  // Not in the driver's types: the process ID from the start of the connection (PostgreSQL manual, "BackendKeyData").
  const { processID } = client as pg.ClientBase & { readonly processID: number | null };
  const { rows } = await client.query<{ pid: number }>('/* snapshot.backend */ SELECT pg_backend_pid() AS pid');
  if (processID !== null && rows[0]?.pid === processID) {
    backends.set(client, processID);
    await client.query(`SET statement_timeout = ${timeout}; SET idle_in_transaction_session_timeout = ${timeout}`);
  }
}

/** Whether a connection leads directly to Postgres. */
export const isDirect = (client: pg.ClientBase): boolean => backends.has(client);

/** Returns the process ID of the backend of a direct connection; undefined behind a pooler. */
export const backendOf = (client: pg.ClientBase): number | undefined => backends.get(client);
