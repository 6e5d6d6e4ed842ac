/**
 * SQL for a transaction, so that the texts of COPY are the same whatever the server, the role and the database are set to, and no policy
 * hides a row without a word (as pg_dump sets them).
 */
export const TEXT_SETTINGS = `SET LOCAL client_encoding TO 'UTF8'; SET LOCAL datestyle TO 'ISO'; SET LOCAL intervalstyle TO 'postgres';
  SET LOCAL timezone TO 'UTC'; SET LOCAL extra_float_digits TO 3; SET LOCAL bytea_output TO 'hex'; SET LOCAL lc_monetary TO 'C';
  SET LOCAL row_security TO off`;
