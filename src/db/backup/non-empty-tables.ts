import type pg from 'pg';
import { DERIVED } from '../derived/derive.ts';
import { FIRST_TOKEN_NAME } from '../tokens/tokens.ts';
import type { StoredTable } from './stored-tables.ts';

/** A table with rows that somebody would miss. */
export interface NonEmptyTable {
  readonly table: string;
  readonly rows: number;
}

/**
 * Tables whose rows nobody would miss: the migrations table, `dataset` with its one row, what follows from the names of other tables, the
 * history of imports, which a backup brings, and the audit log, which stays.
 */
const NOT_COUNTED = ['_prisma_migrations', 'dataset', 'spelling', 'import_record', 'audit_entry'];

const FROM_THE_EXTRACT = ['appointment', ...DERIVED.map(({ table }) => table)];

/**
 * Returns the tables that contain more than a first start creates, which is the sample extract with its names and the token of the first
 * start. Other names of the sample's candidates and jobs count.
 */
export async function nonEmptyTables(client: pg.ClientBase, tables: readonly StoredTable[]): Promise<NonEmptyTable[]> {
  const sample = tables.some(({ name }) => name === 'dataset') && (await holdsSample(client));
  const occupied: NonEmptyTable[] = [];
  for (const { name, sql, columns } of tables) {
    const condition = countedRows(name, columns, sample);
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

/** Returns SQL that is true of rows that count; null if none do. */
function countedRows(table: string, columns: readonly string[], sample: boolean): string | null {
  if (NOT_COUNTED.includes(table)) return null;
  if (table === 'access_token') return `name <> '${FIRST_TOKEN_NAME}'`;
  if (!sample || !FROM_THE_EXTRACT.includes(table)) return 'true';
  const keep = DERIVED.find((derived) => derived.table === table)?.keep;
  if (!keep) return null;
  // The tables of an older version don't tell, and its sample had no names.
  return columns.includes('sample') ? `(${keep}) AND NOT sample` : keep;
}
