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
    `/* load.lost */ SELECT ${counts.join(', ')} FROM (
      SELECT d.interview_id, d.row_id FROM difference d JOIN staged s USING (n) WHERE d.stored AND s.source = $1
      UNION ALL
      SELECT interview_id, row_id FROM difference WHERE n IS NULL AND interview_id IN (
        SELECT d.interview_id FROM difference d JOIN staged s USING (n) WHERE NOT d.stored AND s.source = $1)
     ) losing JOIN appointment a USING (interview_id, row_id)`,
    [source],
  );
  return new Map(fields.map((key) => [key, Number(rows[0]?.[key])] as const).filter(([, count]) => count > 0));
}
