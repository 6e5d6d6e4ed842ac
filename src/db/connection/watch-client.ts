/**
 * SQL for a transaction whose statements may take long: one whose process died ends soon, even before it next writes, and gives its locks
 * back. Not every system can look; there it is left as it is (PostgreSQL manual, client_connection_check_interval).
 */
export const WATCH_CLIENT = `DO $$ BEGIN PERFORM set_config('client_connection_check_interval', '2s', true);
  EXCEPTION WHEN others THEN NULL; END $$`;
