import { FIELDS } from '../../domain/fields.ts';
import { COMPUTED } from '../derived/computed.ts';
import { DERIVED, deleteOrphans, upsertDerived } from '../derived/derive.ts';
import type { Derived } from '../derived/tables/table.ts';

const COLUMNS = FIELDS.map((f) => f.column);

/** The fields of a row that decide which rows of the derived tables it affects. */
const READ = [...new Set(DERIVED.flatMap(({ namedBy, reads }) => [...namedBy.map(([name = '']) => name), ...reads]))];

/** Its fields as columns with a prefix. `from`: what a row is called. */
const readAs = (prefix: 'old' | 'new', from: string): string =>
  READ.map((name) => `${from}.${name} AS ${prefix}_${name}`).join(', ');

/**
 * The stored row and the new one of each change; without a stored row, or a new one, the values are null. Where the stored rows are on other
 * servers, only those that change are fetched from them.
 */
const CHANGE = `/* load.change */ CREATE TEMP TABLE change ON COMMIT DROP AS
  WITH former AS MATERIALIZED (
    SELECT d.n, ${readAs('old', 'a')} FROM difference d JOIN appointment a USING (interview_id, row_id) WHERE d.stored
  )
  SELECT ${READ.map((name) => `old_${name}, new_${name}`).join(', ')}
  FROM former FULL JOIN (SELECT n, ${readAs('new', 's')} FROM difference d JOIN staged s USING (n)) coming USING (n)`;

const affectedTable = ({ table }: Derived): string => `affected_${table}`;

/**
 * The first key columns of each derived table's rows that a change can affect: from rows that are inserted or removed, or whose fields that
 * the table reads are changed. `named`: a stored row named it, so that it may now be an orphan; not if a new row names it as well, unless there
 * is more to a key than its first column.
 */
const affected = DERIVED.map((derived) => {
  const { key, namedBy, reads } = derived;
  const read = (row: 'old' | 'new'): string => reads.map((name) => `${row}_${name}`).join(', ');
  const keys = namedBy.map(([name]) => `(old_${name}, true), (new_${name}, false)`).join(', ');
  return `/* load.affected */ CREATE TEMP TABLE ${affectedTable(derived)} ON COMMIT DROP AS
     SELECT key, ${key.length > 1 ? 'bool_or' : 'bool_and'}(named) AS named FROM change CROSS JOIN LATERAL (VALUES ${keys}) touched (key, named)
     WHERE key IS NOT NULL AND (${read('old')}) IS DISTINCT FROM (${read('new')}) GROUP BY key`;
});

const REMOVE = `/* load.remove */ DELETE FROM appointment a USING difference d
  WHERE d.stored AND a.interview_id = d.interview_id AND a.row_id = d.row_id`;

const INSERT = `/* load.insert */ INSERT INTO appointment (row_id, content_hash, ${[...COMPUTED.map(({ column }) => column), ...COLUMNS].join(', ')})
  SELECT d.row_id, s.content_hash, ${[...COMPUTED.map(({ ofStaged }) => ofStaged('s')), ...COLUMNS.map((column) => `s.${column}`)].join(', ')}
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

/** Reads what is stored before a difference is applied. Without LIMIT, Citus would gather all rows to tell that there is one. */
export const ROWS_BEFORE = `/* load.before */ SELECT (SELECT count(*) FROM appointment) AS stored, array_remove(ARRAY[${DERIVED.map(
  ({ table }) => `CASE WHEN NOT EXISTS (SELECT 1 FROM ${table} LIMIT 1) THEN '${table}' END`,
).join(', ')}], NULL) AS empty`;

/**
 * Whether a change of so many rows is worth new statistics of the stored tables, which take half a second: it must be a tenth of the
 * stored rows, after which the server would update them itself, some time later.
 */
const outdatesStatistics = ({ rows, storedBefore }: ChangeExtent): boolean =>
  rows >= 1_000 && rows * 10 >= storedBefore;

/** Whether so much changes that recomputing everything costs less than finding out what is affected. */
export const changesAll = ({ rows, storedBefore }: ChangeExtent): boolean => rows * 2 >= storedBefore;

/** Returns the keys that a change can affect: all, or those of its rows. `stored`: those that a stored row named. */
const touched = (all: boolean, derived: Derived, stored: boolean) => (name: string) =>
  all ? 'true' : `${name} IN (SELECT key FROM ${affectedTable(derived)}${stored ? ' WHERE named' : ''})`;

const analyze = (tables: readonly string[]): string => `/* load.analyze */ ANALYZE ${tables.join(', ')}`;

/**
 * Returns the statements that apply a difference: first the rows, then the derived tables, then the deletion of orphans. If half of the
 * stored rows change, or more are inserted than were stored, recomputing everything costs less than finding out what is affected. The
 * server updates its own statistics later; with those from before a large change its plans can take hours.
 */
export function apply(extent: ChangeExtent): string[] {
  const { stored, empty } = extent;
  const all = changesAll(extent);
  const statistics = (tables: readonly string[]) => (outdatesStatistics(extent) ? [analyze(tables)] : []);
  return [
    ...(all ? [] : [CHANGE, ...affected, analyze(DERIVED.map(affectedTable))]),
    ...(stored > 0 ? [REMOVE] : []),
    INSERT,
    ...statistics(['appointment']),
    ...DERIVED.map((derived) => upsertDerived(derived, touched(all, derived, false), empty.includes(derived.table))),
    ...statistics(DERIVED.map(({ table }) => table)),
    ...(stored > 0 ? DERIVED.map((derived) => deleteOrphans(derived, touched(all, derived, true))) : []),
  ];
}
