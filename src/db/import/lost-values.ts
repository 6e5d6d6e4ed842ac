import type pg from 'pg';
import { FIELD_INDEX, FIELDS, type FieldKey } from '../../domain/fields.ts';

/**
 * Counts, by field, the stored rows that lose their value because the rows of one source lack it; fields without such rows are left out. If
 * the row's key includes one of the fields, the row does not match its successor: it is removed while another row of its interview is
 * inserted. Run it between the difference (./difference.ts) and its application. Errors: those of the database.
 */
export async function lostValues(
  client: pg.ClientBase,
  source: number,
  fields: readonly FieldKey[],
): Promise<ReadonlyMap<FieldKey, number>> {
  const counts = fields.map((key) => `count(a.${FIELDS[FIELD_INDEX[key]]?.column}) AS "${key}"`);
  const { rows } = await client.query<Record<string, string>>(
    `/* load.lost */ WITH coming AS (SELECT d.interview_id, d.row_id, d.stored FROM difference d JOIN staged s USING (n) WHERE s.source = $1)
     SELECT ${counts.join(', ')} FROM difference d JOIN appointment a USING (interview_id, row_id)
     WHERE d.stored AND CASE WHEN d.n IS NULL
       THEN EXISTS (SELECT 1 FROM coming c WHERE c.interview_id = d.interview_id AND NOT c.stored)
       ELSE EXISTS (SELECT 1 FROM coming c WHERE c.interview_id = d.interview_id AND c.row_id = d.row_id) END`,
    [source],
  );
  return new Map(fields.map((key) => [key, Number(rows[0]?.[key])] as const).filter(([, count]) => count > 0));
}
