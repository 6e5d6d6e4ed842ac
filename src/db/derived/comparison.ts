import type pg from 'pg';
import { COMPUTED } from './computed.ts';
import { DERIVED } from './derive.ts';

/** A table, and what its rows should be. */
interface Expectation {
  readonly table: string;
  /** The columns of its primary key. */
  readonly key: readonly string[];
  /** The columns to compare beside the key. */
  readonly columns: readonly string[];
  /** A SELECT of key and columns as they should be. */
  readonly expected: string;
  /** SQL that is true of a stored row that may be there although nothing expects it. */
  readonly keep?: string;
}

/** What is wrong with a row. */
type RowFault = 'missing' | 'surplus' | 'different';

/** A row that isn't as it should be. */
interface WrongRow {
  readonly fault: RowFault;
  /** The values of the primary key as text. */
  readonly key: readonly string[];
  /** The columns that differ; none of a missing or surplus row. */
  readonly columns: readonly string[];
}

/** How a stored table compares with what the rows of `appointment` say, in rows. */
export interface TableComparison extends Record<RowFault, number> {
  readonly table: string;
  /** All the rows that are stored. */
  readonly rows: number;
  /** The first of the wrong rows. */
  readonly examples: readonly WrongRow[];
}

/** How many wrong rows of a table are named. */
const EXAMPLES = 10;

const EXPECTATIONS: readonly Expectation[] = [
  {
    table: 'appointment',
    key: ['interview_id', 'row_id'],
    columns: COMPUTED.map(({ column }) => column),
    expected: `SELECT a.interview_id, a.row_id, ${COMPUTED.map(({ column, of }) => `${of('a')} AS ${column}`).join(', ')}
      FROM appointment a`,
  },
  ...DERIVED.map((derived): Expectation => ({ ...derived, expected: derived.select(() => 'true') })),
];

/**
 * Compares, both ways, every table with what the rows of `appointment` say: what an import computes in `appointment` itself, then each
 * derived table. The caller's transaction has to see one state of them all. Errors: those of the database.
 */
export async function compareTables(client: pg.ClientBase): Promise<TableComparison[]> {
  const comparisons: TableComparison[] = [];
  for (const expectation of EXPECTATIONS) comparisons.push(await compare(client, expectation));
  return comparisons;
}

/** Whether a table is as it should be. */
export const isRight = ({ missing, surplus, different }: TableComparison): boolean =>
  missing + surplus + different === 0;

async function compare(client: pg.ClientBase, expectation: Expectation): Promise<TableComparison> {
  const { table, key, columns, expected, keep } = expectation;
  const differing = columns.map((name) => `t.${name} IS DISTINCT FROM e.${name}`);
  const source = `${table} t FULL JOIN (${expected}) e ON ${key.map((name) => `t.${name} = e.${name}`).join(' AND ')}`;
  // A key is never null, so its first column tells on which side a row stands.
  const fault = `CASE WHEN t.${key[0]} IS NULL THEN 'missing'
    WHEN e.${key[0]} IS NULL THEN ${keep ? `CASE WHEN NOT (${keep}) THEN 'surplus' END` : `'surplus'`}
    WHEN ${differing.join(' OR ') || 'false'} THEN 'different' END`;
  const { rows } = await client.query<Record<'rows' | RowFault, string>>(
    `/* verify.${table} */ SELECT count(t.${key[0]}) AS rows, ${(['missing', 'surplus', 'different'] as const)
      .map((name) => `count(*) FILTER (WHERE fault = '${name}') AS ${name}`)
      .join(', ')}
     FROM (SELECT t.${key[0]}, ${fault} AS fault FROM ${source}) t`,
  );
  const count = (name: 'rows' | RowFault): number => Number(rows[0]?.[name]);
  const comparison: TableComparison = {
    table,
    rows: count('rows'),
    missing: count('missing'),
    surplus: count('surplus'),
    different: count('different'),
    examples: [],
  };
  if (isRight(comparison)) return comparison;
  const names = key.map((name) => `coalesce(t.${name}, e.${name})`);
  const { rows: examples } = await client.query<WrongRow>(
    `/* verify.${table}.examples */ SELECT fault, ARRAY[${names.map((name) => `${name}::text`).join(', ')}] AS key,
       CASE WHEN fault = 'different' THEN array_remove(ARRAY[${columns
         .map((name, at) => `CASE WHEN ${differing[at]} THEN '${name}' END`)
         .join(', ')}]::text[], NULL) ELSE '{}' END AS columns
     FROM ${source} CROSS JOIN LATERAL (SELECT ${fault} AS fault) f WHERE fault IS NOT NULL
     ORDER BY fault, ${names.join(', ')} LIMIT ${EXAMPLES}`,
  );
  return { ...comparison, examples };
}
