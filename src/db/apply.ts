import { FIELDS } from '../domain/fields.ts';
import { COMPUTED } from './computed.ts';
import { DERIVED, type Derived, deriveStatement, goneStatement } from './derive.ts';

const COLUMNS = FIELDS.map((f) => f.column);

/**
 * The keys of each derived table that a change can touch. `named`: a stored row named it, so that it may now be gone.
 */
const affected = DERIVED.filter(({ key }) => key[0] !== 'interview_id').map(
  ({ table, namedBy }) =>
    `/* load.affected */ CREATE TEMP TABLE affected_${table} ON COMMIT DROP AS
     SELECT key, bool_or(named) AS named FROM (${namedBy
       .flatMap(([name]) => [
         `SELECT a.${name} AS key, true AS named FROM appointment a JOIN difference d USING (interview_id, row_id) WHERE d.stored`,
         `SELECT s.${name}, false FROM staged s JOIN difference d USING (n)`,
       ])
       .join(' UNION ALL ')}) touched WHERE key IS NOT NULL GROUP BY key`,
);

const affectedTables = DERIVED.filter(({ key }) => key[0] !== 'interview_id').map(({ table }) => `affected_${table}`);

const changed = [
  `/* load.remove */ DELETE FROM appointment a USING difference d
   WHERE d.stored AND a.interview_id = d.interview_id AND a.row_id = d.row_id`,
  `/* load.insert */ INSERT INTO appointment (row_id, content_hash, ${[...COMPUTED.map(({ column }) => column), ...COLUMNS].join(', ')})
   SELECT d.row_id, s.content_hash, ${[...COMPUTED.map(({ of }) => of('s')), ...COLUMNS.map((column) => `s.${column}`)].join(', ')}
   FROM difference d JOIN staged s USING (n) ORDER BY n`,
];

/** True of the keys that a change can touch; `stored`: of those that a stored row named. */
const touched = ({ table, key }: Derived, stored: boolean) =>
  key[0] === 'interview_id'
    ? (name: string) => `${name} IN (SELECT interview_id FROM difference${stored ? ' WHERE stored' : ''})`
    : (name: string) => `${name} IN (SELECT key FROM affected_${table}${stored ? ' WHERE named' : ''})`;

const analyze = (tables: readonly string[]): string => `/* load.analyze */ ANALYZE ${tables.join(', ')}`;

/** Rows that a change must have for new statistics to be worth their half second. */
const MANY = 1_000;

/**
 * The statements that carry out a difference of `rows` rows: the rows first, then what is derived from them, then what nothing names any
 * more. The server's own statistics come long after; with those from before a great change its plans can take hours.
 */
export const apply = (rows: number): string[] => [
  ...affected,
  ...changed,
  ...(rows < MANY ? [] : [analyze(['appointment', ...affectedTables])]),
  ...DERIVED.map((derived) => deriveStatement(derived, touched(derived, false))),
  ...(rows < MANY ? [] : [analyze(DERIVED.map(({ table }) => table))]),
  ...DERIVED.map((derived) => goneStatement(derived, touched(derived, true))),
];
