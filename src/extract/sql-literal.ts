/**
 * Quotes a constant text as an SQL literal (standard_conforming_strings is on since Postgres 9.1). Input values are bound, never quoted.
 */
export const sqlLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;
