import type pg from 'pg';

/**
 * How the tables lie: all on one server, or the rows of some distributed over the nodes of Citus (docs/decisions.md). What needs
 * another text there asks this, and nothing else.
 */
export interface Layout {
  readonly distributed: boolean;
}

export const ONE_SERVER: Layout = { distributed: false };

/** The tables that are distributed, all by DISTRIBUTION_COLUMN: rows with the same value lie on one node. Other tables are local. */
export const DISTRIBUTED_TABLES = ['appointment', 'interview', 'time_slot'] as const;
export const DISTRIBUTION_COLUMN = 'interview_id';

/** Whether the rows of a table are distributed, where any are. */
export const isDistributed = (table: string): boolean => DISTRIBUTED_TABLES.some((one) => one === table);

/** Gives a function the layout of the database to which it belongs. */
export const withLayout = <F extends object>(of: F, { distributed }: Layout): F & Layout =>
  Object.assign(of, { distributed });

/** The layout of an open database, asked once, on its first connection. Until then nothing could have been sent. */
export class AskedLayout implements Layout {
  #distributed: boolean | undefined;

  get distributed(): boolean {
    return this.#distributed === true;
  }

  /** Asks, unless it is known. Errors: those of the database. */
  async ask(client: pg.ClientBase): Promise<void> {
    this.#distributed ??= await areRowsDistributed(client);
  }
}

/** Asks whether the rows are distributed. Errors: those of the database. */
async function areRowsDistributed(client: pg.ClientBase): Promise<boolean> {
  const { rows: found } = await client.query<{ exists: boolean }>(
    `/* layout.extension */ SELECT to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL AS exists`,
  );
  if (!found[0]?.exists) return false;
  const { rows } = await client.query(
    `/* layout.ask */ SELECT 1 FROM pg_catalog.pg_dist_partition WHERE logicalrelid = to_regclass('${DISTRIBUTED_TABLES[0]}')`,
  );
  return rows.length > 0;
}
