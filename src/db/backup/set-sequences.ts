import type pg from 'pg';
import { Failure, shown } from '../../domain/errors.ts';
import type { SequenceState } from './contents.ts';
import { refuseMisfit } from './misfit.ts';
import { storedSequences } from './stored-tables.ts';

/**
 * Sets the sequences to the backup's state; returns those that were skipped. RESTART gives a sequence a new file, so that a rollback also
 * undoes what is set afterwards, which otherwise does not hold for sequences (PostgreSQL manual, "ALTER SEQUENCE").
 * `skipUnknown`: skips those that the database doesn't have. Errors: INVALID_BACKUP.
 */
export async function setSequences(
  client: pg.ClientBase,
  sequences: readonly SequenceState[],
  skipUnknown: boolean,
): Promise<string[]> {
  const stored = new Map((await storedSequences(client)).map(({ name, sql }) => [name, sql]));
  const skipped: string[] = [];
  for (const { name, lastValue, isCalled } of sequences) {
    const sql = stored.get(name);
    if (sql) {
      await client.query(`/* restore.restart */ ALTER SEQUENCE ${sql} RESTART`);
      await client
        .query('/* restore.sequence */ SELECT setval($1::regclass, $2::bigint, $3)', [sql, lastValue, isCalled])
        .catch((error) => refuseMisfit(error, `state of the sequence ${shown(name)} doesn’t fit`));
    } else if (skipUnknown) skipped.push(name);
    else
      throw new Failure(
        'INVALID_BACKUP',
        `The backup contains the sequence ${shown(name)}, which this database doesn’t have. Create it after \`npm run migrate\`, or skip it with --skip-unknown.`,
      );
  }
  return skipped;
}
