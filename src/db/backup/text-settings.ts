/**
 * SQL for a transaction, so that COPY's texts do not depend on settings of the server, the role or the database, and so that no policy
 * silently hides rows (pg_dump sets the same).
 */
export const TEXT_SETTINGS = `SET LOCAL client_encoding TO 'UTF8'; SET LOCAL datestyle TO 'ISO'; SET LOCAL intervalstyle TO 'postgres';
  SET LOCAL timezone TO 'UTC'; SET LOCAL extra_float_digits TO 3; SET LOCAL bytea_output TO 'hex'; SET LOCAL lc_monetary TO 'C';
  SET LOCAL row_security TO off`;
