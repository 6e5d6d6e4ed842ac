/** What a backup must contain, read from the catalogue of the database, so that no table can be forgotten. */
import pg from 'pg';
import type { Queryable } from '../migrations/migrations.ts';
import type { SequenceState, TableColumns } from './contents.ts';

/** A table of the program's schema. */
export interface StoredTable extends TableColumns {
  /** Its qualified name as SQL. */
  readonly sql: string;
  /** The server's estimate of its number of rows. */
  readonly estimate: number;
}

/** Relations of one kind in the schema of the migrations table, without those that belong to an extension. */
const relations = (kind: 'r' | 'S'): string => `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('_prisma_migrations')) AND c.relkind = '${kind}'
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;

const TABLES_QUERY = `/* backup.tables */ SELECT n.nspname AS schema, c.relname AS name, greatest(c.reltuples, 0)::float8 AS estimate,
    (SELECT coalesce(array_agg(a.attname::text ORDER BY a.attnum), '{}') FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
    (SELECT coalesce(array_agg(f.relname::text ORDER BY f.relname COLLATE "C"), '{}') FROM pg_constraint k
     JOIN pg_class f ON f.oid = k.confrelid AND f.relnamespace = c.relnamespace WHERE k.conrelid = c.oid AND k.contype = 'f') AS others
  FROM ${relations('r')} ORDER BY c.relname COLLATE "C"`;

const SEQUENCES_QUERY = `/* backup.sequences */ SELECT n.nspname AS schema, c.relname AS name FROM ${relations('S')} ORDER BY c.relname COLLATE "C"`;

const qualified = (schema: string, name: string): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;

/**
 * Returns all tables in the schema of the migrations table, including that one; none if there is no such table. They are sorted by name,
 * but referenced tables come before those that refer to them, so that a restored row finds the rows it refers to.
 */
export async function storedTables(client: Queryable): Promise<StoredTable[]> {
  const { rows } = await client.query<FoundTable>(TABLES_QUERY);
  return referredFirst(rows)
    .filter(({ columns }) => columns.length > 0)
    .map(({ schema, others: _, ...table }) => ({ ...table, sql: qualified(schema, table.name) }));
}

interface FoundTable extends Omit<StoredTable, 'sql'> {
  readonly schema: string;
  /** The names of the tables that its foreign keys refer to. */
  readonly others: readonly string[];
}

/** Sorts referenced tables first. A cycle is entered at its first table by name. */
function referredFirst(tables: readonly FoundTable[]): FoundTable[] {
  const waiting = new Map(tables.map((table) => [table.name, table]));
  const take = (name: string): FoundTable[] => {
    const table = waiting.get(name);
    waiting.delete(name);
    return table ? [...table.others.flatMap(take), table] : [];
  };
  return tables.flatMap(({ name }) => take(name));
}

/** Returns the names of the sequences in that schema, plain and as SQL. */
export async function storedSequences(client: Queryable): Promise<{ name: string; sql: string }[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(SEQUENCES_QUERY);
  return rows.map(({ schema, name }) => ({ name, sql: qualified(schema, name) }));
}

/** Returns the current state of a sequence. Sequences belong to no snapshot and never go back. */
export async function stateOf(client: Queryable, sequence: { name: string; sql: string }): Promise<SequenceState> {
  const { rows } = await client.query<Omit<SequenceState, 'name'>>(
    `/* backup.sequence */ SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM ${sequence.sql}`,
  );
  const [state] = rows;
  if (!state) throw new Error(`the sequence ${sequence.name} has no row`);
  return { name: sequence.name, ...state };
}

/** Returns a table's columns as SQL. */
export const columnList = (columns: readonly string[]): string =>
  columns.map((name) => pg.escapeIdentifier(name)).join(', ');
