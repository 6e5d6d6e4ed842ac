import { isDistributed } from '../connection/layout.ts';
import { application } from './tables/application.ts';
import { candidate } from './tables/candidate.ts';
import { employee } from './tables/employee.ts';
import { interview } from './tables/interview.ts';
import { job } from './tables/job.ts';
import type { Derived } from './tables/table.ts';
import { timeSlot } from './tables/time-slot.ts';

/**
 * The tables that are derived from `appointment`, each as one SELECT. They take the values of the newest row
 * (docs/contract.md, "Rows that disagree").
 */
export const DERIVED: readonly Derived[] = [interview, timeSlot, employee, application, candidate, job];

/** The tables of the rows, and of all that follows from them. */
export const TABLES_OF_ROWS: readonly string[] = ['appointment', ...DERIVED.map(({ table }) => table), 'spelling'];

const list = (names: readonly string[], prefix = ''): string => names.map((name) => `${prefix}${name}`).join(', ');

/**
 * Returns the statement that upserts a derived table where `scope` holds: `scope` takes the expression of a key and returns a condition on
 * it. Rows that are already right are not touched. `empty`: the table has no rows yet; then the search for existing ones is left out, which
 * takes a quarter of the time.
 */
export function upsertDerived(derived: Derived, scope: (key: string) => string, empty = false): string {
  const { table, key, columns } = derived;
  const update =
    columns.length === 0
      ? 'NOTHING'
      : `UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}
         WHERE (${list(columns, 't.')}) IS DISTINCT FROM (${list(columns, 'excluded.')})`;
  return `/* derive.${table} */ INSERT INTO ${table} AS t (${list([...key, ...columns])}) ${derived.select(scope)}
    ${empty ? '' : `ON CONFLICT (${list(key)}) DO ${update}`}`;
}

/** Returns the statement that deletes the orphans of a derived table where `scope` holds. */
export function deleteOrphans({ table, key, namedBy, keep }: Derived, scope: (key: string) => string): string {
  const isOrphan = namedBy.map((names) => {
    // Where rows are distributed, each node finds the orphans of its own tables.
    const named = isDistributed(table)
      ? 'appointment'
      : `(SELECT DISTINCT ${names.join(', ')} FROM appointment WHERE ${scope(names[0] ?? '')})`;
    return `NOT EXISTS (SELECT 1 FROM ${named} a WHERE ${names.map((name, at) => `a.${name} = t.${key[at]}`).join(' AND ')})`;
  });
  const conditions = [scope(`t.${key[0]}`), ...isOrphan, ...(keep ? [`NOT (${keep})`] : [])];
  return `/* derive.${table}.gone */ DELETE FROM ${table} t WHERE ${conditions.join(' AND ')}`;
}
