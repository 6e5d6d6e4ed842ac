import { FIELDS } from '../../domain/fields.ts';
import { COMPUTED } from '../derived/computed.ts';
import { DERIVED, type Derived, deleteOrphans, upsertDerived } from '../derived/derive.ts';

const COLUMNS = FIELDS.map((f) => f.column);

/**
 * The first key columns of each derived table's rows that a change can affect: from rows that are inserted or removed, or whose fields that
 * the table reads are changed. `named`: a stored row named it, so that it may now be an orphan.
 */
const affected = DERIVED.map(({ table, namedBy, reads }) => {
  const read = (row: string): string => reads.map((name) => `${row}.${name}`).join(', ');
  const keys = namedBy.map(([name]) => `(a.${name}, true), (s.${name}, false)`).join(', ');
  return `/* load.affected */ CREATE TEMP TABLE affected_${table} ON COMMIT DROP AS
     SELECT key, bool_or(named) AS named FROM difference d
       LEFT JOIN appointment a ON d.stored AND a.interview_id = d.interview_id AND a.row_id = d.row_id
       LEFT JOIN staged s ON s.n = d.n
       CROSS JOIN LATERAL (VALUES ${keys}) touched (key, named)
     WHERE key IS NOT NULL AND (${read('a')}) IS DISTINCT FROM (${read('s')}) GROUP BY key`;
});

const affectedTables = DERIVED.map(({ table }) => `affected_${table}`);

const REMOVE = `/* load.remove */ DELETE FROM appointment a USING difference d
  WHERE d.stored AND a.interview_id = d.interview_id AND a.row_id = d.row_id`;

const INSERT = `/* load.insert */ INSERT INTO appointment (row_id, content_hash, ${[...COMPUTED.map(({ column }) => column), ...COLUMNS].join(', ')})
  SELECT d.row_id, s.content_hash, ${[...COMPUTED.map(({ of }) => of('s')), ...COLUMNS.map((column) => `s.${column}`)].join(', ')}
  FROM staged s JOIN difference d USING (n)`;

/** The extent of a difference. */
export interface ChangeExtent {
  /** The number of inserted, changed and removed rows. */
  readonly rows: number;
  /** The number of those that are stored. */
  readonly stored: number;
  /** The number of all stored rows before the change. */
  readonly storedBefore: number;
  /** The tables without rows before the change. */
  readonly empty: readonly string[];
}

/** Reads what is stored before a difference is applied. */
export const ROWS_BEFORE = `/* load.before */ SELECT (SELECT count(*) FROM appointment) AS stored, array_remove(ARRAY[${DERIVED.map(
  ({ table }) => `CASE WHEN NOT EXISTS (SELECT FROM ${table}) THEN '${table}' END`,
).join(', ')}], NULL) AS empty`;

/** Minimum number of changed rows for which new statistics are worth their half second. */
const MANY = 1_000;

/** Returns the keys that a change can affect: all, or those of its rows. `stored`: those that a stored row named. */
const touched =
  (all: boolean, { table }: Derived, stored: boolean) =>
  (name: string) =>
    all ? 'true' : `${name} IN (SELECT key FROM affected_${table}${stored ? ' WHERE named' : ''})`;

const analyze = (tables: readonly string[]): string => `/* load.analyze */ ANALYZE ${tables.join(', ')}`;

/**
 * Returns the statements that apply a difference: first the rows, then the derived tables, then the deletion of orphans. If half of the
 * stored rows change, or more are inserted than were stored, recomputing everything costs less than finding out what is affected. The
 * server updates its own statistics much later; with those from before a large change its plans can take hours.
 */
export function apply({ rows, stored, storedBefore, empty }: ChangeExtent): string[] {
  const all = rows * 2 >= storedBefore;
  const many = rows >= MANY;
  return [
    ...(all ? [] : affected),
    ...(stored > 0 ? [REMOVE] : []),
    INSERT,
    ...(many ? [analyze(['appointment', ...(all ? [] : affectedTables)])] : []),
    ...DERIVED.map((derived) => upsertDerived(derived, touched(all, derived, false), empty.includes(derived.table))),
    ...(many ? [analyze(DERIVED.map(({ table }) => table))] : []),
    ...(stored > 0 ? DERIVED.map((derived) => deleteOrphans(derived, touched(all, derived, true))) : []),
  ];
}
