import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { shown } from '../../domain/errors.ts';
import type { BackupReader, TableColumns } from './contents.ts';
import { refuseMisfit } from './misfit.ts';
import { columnList, type StoredTable } from './stored-tables.ts';

/** The audit log is only ever added to: a restore brings what was audited where the backup is from. */
export const AUDIT_TABLE = 'audit_entry';

/**
 * Loads the rows of a table of a backup. `stopReading`: called once the database takes no more. Returns the number of rows. Errors: INVALID_BACKUP for
 * rows that don't fit; those of the database and of the backup's source.
 */
export async function loadTable(
  client: pg.ClientBase,
  target: StoredTable,
  table: TableColumns,
  backup: BackupReader,
  stopReading: () => void,
): Promise<number> {
  const columns = columnList(table.columns);
  const isAdded = table.name === AUDIT_TABLE;
  if (isAdded)
    await client.query(
      `/* restore.audit */ CREATE TEMP TABLE restored_audit (LIKE ${target.sql} INCLUDING DEFAULTS) ON COMMIT DROP`,
    );
  const stream = client.query(
    copyFrom(`/* restore.rows */ COPY ${isAdded ? 'restored_audit' : target.sql} (${columns}) FROM STDIN`),
  );
  stream.once('error', stopReading);
  const misfit = (error: unknown) => refuseMisfit(error, `rows don’t fit the table ${shown(table.name)}`);
  await pipeline(backup.rowsOf(table), stream).catch(misfit);
  if (isAdded)
    await client
      .query(
        `/* restore.audit */ INSERT INTO ${target.sql} (${columns}) SELECT ${columns} FROM restored_audit ON CONFLICT DO NOTHING`,
      )
      .catch(misfit);
  return stream.rowCount;
}
