import { FIELDS } from '../domain/fields.ts';
import { COMPUTED } from './computed.ts';
import { DERIVED, deriveStatement, goneStatement } from './derive.ts';

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

const rows = [
  `/* load.remove */ DELETE FROM appointment a USING difference d
   WHERE d.stored AND a.interview_id = d.interview_id AND a.row_id = d.row_id`,
  `/* load.insert */ INSERT INTO appointment (row_id, content_hash, ${[...COMPUTED.map(({ column }) => column), ...COLUMNS].join(', ')})
   SELECT d.row_id, s.content_hash, ${[...COMPUTED.map(({ of }) => of('s')), ...COLUMNS.map((column) => `s.${column}`)].join(', ')}
   FROM difference d JOIN staged s USING (n) ORDER BY n`,
];

const derive = DERIVED.flatMap((derived) => {
  const touched = (stored: boolean) => (key: string) =>
    derived.key[0] === 'interview_id'
      ? `${key} IN (SELECT interview_id FROM difference${stored ? ' WHERE stored' : ''})`
      : `${key} IN (SELECT key FROM affected_${derived.table}${stored ? ' WHERE named' : ''})`;
  return [deriveStatement(derived, touched(false)), goneStatement(derived, touched(true))];
});

/** The statements that carry out a difference: the rows first, then what is derived from them. */
export const APPLY: readonly string[] = [
  ...affected,
  ...rows,
  // Plans for the rest must know how many rows there are by now; the server's own statistics come later.
  'ANALYZE appointment',
  ...derive,
];
