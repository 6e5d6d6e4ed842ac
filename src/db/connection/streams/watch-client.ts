/**
 * SQL for a transaction with long statements: if its client dies, the transaction ends soon, even before its next write, and releases its
 * locks. Not every platform supports the check; elsewhere nothing changes (PostgreSQL manual, client_connection_check_interval).
 */
export const WATCH_CLIENT = `DO $$ BEGIN PERFORM set_config('client_connection_check_interval', '2s', true);
  EXCEPTION WHEN others THEN NULL; END $$`;
