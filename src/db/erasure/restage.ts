import type pg from 'pg';
import { FIELDS } from '../../domain/fields.ts';
import { applyChanges, chooseIncoming, compareWithStored, countChanges } from '../import/changes.ts';
import { appointmentHashSql } from '../import/row-id.ts';
import { CREATE_STAGED } from '../import/staging.ts';

const COLUMNS = FIELDS.map(({ column }) => column);

/** Stages all stored rows of some interviews: an import replaces interviews as a whole. */
const stage = (
  interviews: string,
): string => `/* restage.rows */ INSERT INTO staged (n, source, line, content_hash, key_hash, ${COLUMNS.join(', ')})
  SELECT n, 0, n, content_hash, ${appointmentHashSql('a')}, ${COLUMNS.map((name) => `a.${name}`).join(', ')}
  FROM (SELECT row_number() OVER (ORDER BY interview_id, row_id) AS n, * FROM appointment WHERE interview_id IN (${interviews})) a`;

/**
 * Changes stored rows as if an import brought them so: they go through its steps, which find what else follows. `interviews`: a SELECT of the
 * interviews, with its `parameters`; `change`: changes their rows in `staged`, and returns how many. Returns that number. Runs in the caller's
 * transaction, which must hold the import lock. Errors: those of the database and of `change`.
 */
export async function restage(
  client: pg.ClientBase,
  interviews: string,
  parameters: readonly unknown[],
  change: () => Promise<number>,
): Promise<number> {
  await client.query(CREATE_STAGED);
  await client.query(stage(interviews), [...parameters]);
  const rows = await change();
  if (rows === 0) return 0;
  const { incoming } = await chooseIncoming(client, false);
  await compareWithStored(client, incoming, 'interviews');
  await applyChanges(client, await countChanges(client), false);
  return rows;
}
