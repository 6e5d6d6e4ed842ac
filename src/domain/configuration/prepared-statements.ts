/** When Postgres keeps the statements of GraphQL operations prepared. `auto`: on connections that lead directly to Postgres. */
export const PREPARED_STATEMENTS = ['auto', 'on', 'off'] as const;
export type PreparedStatementsMode = (typeof PREPARED_STATEMENTS)[number];
