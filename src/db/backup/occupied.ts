import type pg from 'pg';
import { DERIVED } from '../derived/derive.ts';
import { FIRST_TOKEN_NAME } from '../tokens.ts';
import type { StoredTable } from './catalogue.ts';

/** A table that holds what somebody would miss. */
export interface Occupied {
  readonly table: string;
  readonly rows: number;
}

/** Tables whose rows are there from the start: the record of the migrations, and the one row of the dataset. */
const ALWAYS_FILLED = ['_prisma_migrations', 'dataset'];

const FROM_THE_EXTRACT = ['appointment', ...DERIVED.map(({ table }) => table)];

/**
 * The tables that hold more than a first start makes by itself: that is the sample extract and the token of the first start. The names that
 * people give to the sample's candidates and jobs count.
 */
export async function occupiedTables(client: pg.ClientBase, tables: readonly StoredTable[]): Promise<Occupied[]> {
  const sample = tables.some(({ name }) => name === 'dataset') && (await holdsSample(client));
  const occupied: Occupied[] = [];
  for (const { name, sql } of tables) {
    const condition = countedTables(name, sample);
    if (condition === null) continue;
    const { rows } = await client.query<{ rows: string }>(
      `/* restore.occupied */ SELECT count(*) AS rows FROM ${sql} WHERE ${condition}`,
    );
    const count = Number(rows[0]?.rows);
    if (count > 0) occupied.push({ table: name, rows: count });
  }
  return occupied;
}

async function holdsSample(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ sample: boolean }>('/* restore.sample */ SELECT sample FROM dataset');
  return rows[0]?.sample ?? false;
}

/** SQL that is true of a row that counts; null where none does. */
function countedTables(table: string, sample: boolean): string | null {
  if (ALWAYS_FILLED.includes(table)) return null;
  if (table === 'access_token') return `name <> '${FIRST_TOKEN_NAME}'`;
  if (!sample || !FROM_THE_EXTRACT.includes(table)) return 'true';
  return DERIVED.find((derived) => derived.table === table)?.keep ?? null;
}
