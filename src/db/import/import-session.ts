import type pg from 'pg';
import { FIELDS, isDate } from '../../domain/fields.ts';
import type { ImportFrom } from '../../domain/import/import-record.ts';
import type { HeldBackRow, ImportOutcome, ImportSession, RefusedRow } from '../../domain/import/import-session.ts';
import { endsConnection, throwDatabaseError } from '../connection/errors/database-errors.ts';
import { type HeldConnection, holdConnection } from '../connection/locks/held-connection.ts';
import { COMMIT_CHANGES } from '../connection/one-state.ts';
import { refuseOnStandby } from '../connection/standby.ts';
import { isSaved } from '../history/is-saved.ts';
import { recordSaved, type SavedRecord } from '../history/record-import.ts';
import { REFUSED_INTERVIEW } from './difference.ts';
import { awaitUnlocked, IMPORT_SETTINGS, lockImports, SMALL_SAMPLES } from './import-transaction.ts';
import { lostValues } from './lost-values.ts';
import { importNames } from './names.ts';
import { planImport } from './plan-import.ts';
import { CREATE_STAGED, Staging } from './staging.ts';
import { timeZones } from './zones.ts';

/** How many rows to fetch at once for the CSV of refused rows, and approximately the maximum number of their characters. */
const FETCH_ROWS = { rows: 1000, characters: 1 << 24 };

const REFUSED_ROWS = `/* load.refused-rows */ DECLARE refused_rows NO SCROLL CURSOR FOR
  SELECT source, line, refusal, raw, ${FIELDS.map((field) => {
    const text = `${field.column}::text`;
    return isDate(field) ? `replace(${text}, ' ', 'T') AS ${field.column}` : text;
  }).join(', ')}
  FROM staged WHERE source = $1 AND ${REFUSED_INTERVIEW} ORDER BY n`;

/**
 * Begins an import: acquires a connection, a transaction and the import lock. `onWait` is called if another import holds the lock; then
 * this one waits for it. Aborting the signal ends it at any time before its commit; its statements then fail. `from`: where it is from, for
 * the history, to which its commit adds it. `onLost` is called once if the database is lost meanwhile, also while no statement waits for it.
 * Errors: DATABASE_UNAVAILABLE, also on a standby.
 */
export async function beginImport(
  pool: pg.Pool,
  from: ImportFrom,
  onWait: () => void,
  signal?: AbortSignal,
  onLost?: () => void,
): Promise<ImportSession> {
  const client = await pool.connect().catch(throwDatabaseError);
  const connection = holdConnection(client, pool, signal, onLost);
  try {
    signal?.throwIfAborted();
    const pid = await connection.begin(`BEGIN; ${IMPORT_SETTINGS}; ${SMALL_SAMPLES}`);
    await refuseOnStandby(client);
    await lockImports(client, onWait);
    const zones = await timeZones(pool, client);
    await client.query(CREATE_STAGED);
    const unlocked = () => awaitUnlocked(pool, pid);
    const isRecorded = (record: SavedRecord) => isSaved(pool, pid, record);
    return importSession(client, connection, from, zones, new Staging(client), { unlocked, isRecorded });
  } catch (error) {
    connection.release(true);
    throwDatabaseError(error);
  }
}

/** What is asked once the connection is closed. */
interface Afterwards {
  /** Waits until the database has noticed. */
  readonly unlocked: () => Promise<void>;
  /** Returns whether a record is in the history. */
  readonly isRecorded: (record: SavedRecord) => Promise<boolean>;
}

function importSession(
  client: pg.PoolClient,
  connection: HeldConnection,
  from: ImportFrom,
  zones: ReadonlyMap<string, string>,
  staging: Staging,
  { unlocked, isRecorded }: Afterwards,
): ImportSession {
  /** The changes that the commit applies, in order. */
  const changes: (() => Promise<void>)[] = [];
  /** Whether the rows are the sample, and whether it is left out because something was imported before. */
  let sample: { readonly skipped: boolean } | null = null;
  let outcome: ImportOutcome | null = null;
  let namesChanged = 0;
  return {
    zones,
    add: (position, row, warnings, coarse) => staging.add(position, row, warnings, coarse),
    refuse: (refused, interviewId) => staging.refuse(refused, interviewId),
    flush: () => staging.flush().catch(throwDatabaseError),
    async plan(options) {
      try {
        await staging.end();
        const settled = await planImport(client, staging, options);
        changes.push(settled.apply);
        sample = options.sample ? settled : null;
        outcome = settled.settlement;
        return outcome;
      } catch (error) {
        throwDatabaseError(error);
      }
    },
    countLostValues: (source, fields) => lostValues(client, source, fields).catch(throwDatabaseError),
    async nameEntities(list, columns, rows, listed) {
      try {
        await staging.end();
        const settled = await importNames(client, list, columns, rows, listed, sample !== null);
        if (!sample?.skipped) changes.push(settled.apply);
        namesChanged += settled.settlement.inserted + settled.settlement.updated;
        return settled.settlement;
      } catch (error) {
        throwDatabaseError(error);
      }
    },
    refusedRows: (source) => refusedRows(client, source, staging.largest),
    async commit() {
      let committing: SavedRecord | null = null;
      try {
        for (const change of changes) await change();
        if (!sample?.skipped) {
          const { rows = null, asOf = null } = outcome ?? {};
          committing = await recordSaved(client, from, { rows, read: staging.rows, namesChanged, asOf });
        }
        connection.retain();
        await client.query(COMMIT_CHANGES);
        connection.release(false);
      } catch (error) {
        connection.release(true);
        if (committing && endsConnection(error) && (await isRecorded(committing))) return;
        throwDatabaseError(error);
      }
    },
    async rollback() {
      if (connection.release(true)) await unlocked();
    },
  };
}

/** `largest`: the number of characters of the largest row. */
async function* refusedRows(
  client: pg.PoolClient,
  of: number,
  largest: number,
): AsyncGenerator<RefusedRow | HeldBackRow> {
  const atOnce = Math.max(1, Math.min(FETCH_ROWS.rows, Math.floor(FETCH_ROWS.characters / largest)));
  await client.query(REFUSED_ROWS, [of]).catch(throwDatabaseError);
  for (;;) {
    const { rows } = await client
      .query(`/* load.refused-rows */ FETCH ${atOnce} FROM refused_rows`)
      .catch(throwDatabaseError);
    for (const { source, line, refusal, raw, ...values } of rows) {
      const position = { source, line: Number(line) };
      if (refusal !== null) yield { ...position, reason: refusal, cells: JSON.parse(raw) };
      else yield { ...position, row: FIELDS.map(({ column }) => values[column]) };
    }
    if (rows.length < atOnce) break;
  }
  await client.query('CLOSE refused_rows').catch(throwDatabaseError);
}
