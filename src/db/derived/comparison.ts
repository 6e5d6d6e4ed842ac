import type pg from 'pg';
import { FOLLOWING } from './computed.ts';
import { DERIVED } from './derive.ts';
import { countWrongRowIds, WRONG_ROW_IDS } from './row-ids.ts';
import { compareSpellings } from './spelling-comparison.ts';
import type { Derived } from './tables/table.ts';

/** How the rows of a table compare with what they should be. */
interface Check {
  readonly table: string;
  /** The FROM clause: the stored rows as `t`, joined with the expected rows. */
  readonly source: string;
  /** The primary key of a row of `source`, as SQL. */
  readonly key: readonly string[];
  /** Branches of a CASE for the rows of `source` that exist on one side only; '' if there are none. */
  readonly oneSided: string;
  /** The columns to compare, each with SQL that is true of a row of `source` in which it differs. */
  readonly columns: readonly { readonly name: string; readonly differs: string }[];
}

/** What is wrong with a row. */
type RowFault = 'missing' | 'surplus' | 'different';

/** A wrong row. */
interface WrongRow {
  readonly fault: RowFault;
  /** The values of the primary key as text. */
  readonly key: readonly string[];
  /** The columns that differ; empty for a missing or surplus row. */
  readonly columns: readonly string[];
}

/** The comparison of a stored table with what follows from the rows of `appointment`, in numbers of rows. */
export interface TableComparison extends Record<RowFault, number> {
  readonly table: string;
  /** The number of stored rows. */
  readonly rows: number;
  /** The first of the wrong rows. */
  readonly examples: readonly WrongRow[];
}

/** Maximum number of wrong rows that are listed per table. */
const EXAMPLES = 10;

/**
 * Compares each row of `appointment` with what follows from its own values, and its row id, which also depends on the other rows of its
 * interview. If no row id is wrong the join is left out, because it would take as long as everything else.
 */
const appointmentCheck = (wrongRowIds: boolean): Check => ({
  table: 'appointment',
  source: `appointment t${wrongRowIds ? ` LEFT JOIN (${WRONG_ROW_IDS}) w USING (interview_id, row_id)` : ''}`,
  key: ['t.interview_id', 't.row_id'],
  oneSided: '',
  columns: [
    ...(wrongRowIds ? [{ name: 'row_id', differs: 'w.appointment_hash IS NOT NULL' }] : []),
    ...FOLLOWING.map(({ column, of }) => ({
      name: column,
      differs: `t.${column} IS DISTINCT FROM ${of('t')}`,
    })),
  ],
});

/** Compares a derived table in both directions: its rows with the expected rows and the reverse. */
function derivedCheck({ table, key, columns, select, keep }: Derived): Check {
  // A key is never null, so its first column tells on which side a row exists.
  const [first = ''] = key;
  const surplus = keep ? `CASE WHEN NOT (${keep}) THEN 'surplus' END` : `'surplus'`;
  return {
    table,
    source: `${table} t FULL JOIN (${select(() => 'true')}) e ON ${key.map((name) => `t.${name} = e.${name}`).join(' AND ')}`,
    key: key.map((name) => `coalesce(t.${name}, e.${name})`),
    oneSided: `WHEN t.${first} IS NULL THEN 'missing' WHEN e.${first} IS NULL THEN ${surplus}`,
    columns: columns.map((name) => ({ name, differs: `t.${name} IS DISTINCT FROM e.${name}` })),
  };
}

/**
 * Compares every table with what follows from the rows of `appointment`: the hash, id and computed columns of `appointment` itself and, in
 * both directions, each derived table, and the spellings with all names. The caller's transaction must be a snapshot. Errors: those of the database.
 */
export async function compareTables(client: pg.ClientBase): Promise<TableComparison[]> {
  const checks = [appointmentCheck((await countWrongRowIds(client)) > 0), ...DERIVED.map(derivedCheck)];
  const comparisons: TableComparison[] = [];
  for (const check of checks) comparisons.push(await compare(client, check));
  return [...comparisons, await compareSpellings(client, EXAMPLES)];
}

/** Whether a table has no wrong row. */
export const isRight = ({ missing, surplus, different }: TableComparison): boolean =>
  missing + surplus + different === 0;

async function compare(
  client: pg.ClientBase,
  { table, source, key, oneSided, columns }: Check,
): Promise<TableComparison> {
  const differing = columns.map(({ differs }) => differs).join(' OR ') || 'false';
  const fault = `CASE ${oneSided} WHEN ${differing} THEN 'different' END`;
  // Grouped, because FILTER would compute the fault of each row once per kind of fault.
  const { rows: faults } = await client.query<{ fault: RowFault | null; count: string; stored: string }>(
    `/* verify.${table} */ SELECT ${fault} AS fault, count(*) AS count, count(t.ctid) AS stored FROM ${source} GROUP BY 1`,
  );
  const count = (name: RowFault): number => Number(faults.find((group) => group.fault === name)?.count ?? 0);
  const comparison: TableComparison = {
    table,
    rows: faults.reduce((sum, { stored }) => sum + Number(stored), 0),
    missing: count('missing'),
    surplus: count('surplus'),
    different: count('different'),
    examples: [],
  };
  if (isRight(comparison)) return comparison;
  const { rows: examples } = await client.query<WrongRow>(
    `/* verify.${table}.examples */ SELECT fault, ARRAY[${key.map((_, at) => `key${at}::text`).join(', ')}] AS key,
       CASE WHEN fault = 'different' THEN array_remove(differing, NULL) ELSE '{}' END AS columns
     FROM (SELECT ${fault} AS fault, ${key.map((value, at) => `${value} AS key${at}`).join(', ')},
       ARRAY[${columns.map(({ name, differs }) => `CASE WHEN ${differs} THEN '${name}' END`).join(', ')}]::text[] AS differing
       FROM ${source}) compared
     WHERE fault IS NOT NULL ORDER BY fault, ${key.map((_, at) => `key${at}`).join(', ')} LIMIT ${EXAMPLES}`,
  );
  return { ...comparison, examples };
}
