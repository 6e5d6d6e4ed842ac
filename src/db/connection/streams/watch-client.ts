/**
 * SQL for a transaction with long statements: if its client dies, or the network between loses it, the transaction ends soon, even before its
 * next write, and releases its locks. Not every platform supports the first check, nor every connection the second; elsewhere nothing
 * changes (PostgreSQL manual, client_connection_check_interval, tcp_keepalives_idle). Without the second one, an import that waits for rows
 * from a client behind a lost network would refuse all others for two hours, the default of most systems.
 */
export const WATCH_CLIENT = `DO $$ BEGIN PERFORM set_config('client_connection_check_interval', '2s', true);
  EXCEPTION WHEN others THEN NULL; END $$;
  SET LOCAL tcp_keepalives_idle TO 10; SET LOCAL tcp_keepalives_interval TO 10; SET LOCAL tcp_keepalives_count TO 3`;
