import type pg from 'pg';
import { FIELDS, isDate } from '../../domain/fields.ts';
import type {
  HeldBackRow,
  ImportOutcome,
  ImportSession,
  LocatedWarning,
  PlanOptions,
  RefusedRow,
} from '../../domain/import/import-session.ts';
import { throwDatabaseError } from '../connection/database-errors.ts';
import { type HeldConnection, holdConnection } from '../connection/held-connection.ts';
import { NEXT_VERSION } from '../query/data-version.ts';
import { apply, ROWS_BEFORE } from './apply.ts';
import { DIFFERENCE_COUNTS, difference, incoming, REFUSED, REPEATED } from './difference.ts';
import { IMPORT_SETTINGS, lockImports } from './import-transaction.ts';
import { lostValues } from './lost-values.ts';
import { importNames } from './names.ts';
import { removalsOf } from './removals.ts';
import { CREATE_STAGED, Staging } from './staging.ts';
import { gatherWarnings, WARNED, WARNINGS } from './warnings.ts';
import { timeZones } from './zones.ts';

/** How many rows to fetch at once for the CSV of refused rows, and approximately the maximum number of their characters. */
const FETCH_ROWS = { rows: 1000, characters: 1 << 24 };

const REFUSED_INTERVIEW = '(refusal IS NOT NULL OR interview_id IN (SELECT interview_id FROM refused))';

const REFUSED_IN = `/* load.refused-in */ SELECT DISTINCT source FROM staged WHERE ${REFUSED_INTERVIEW} ORDER BY source`;

const REFUSED_ROWS = `/* load.refused-rows */ DECLARE refused_rows NO SCROLL CURSOR FOR
  SELECT source, line, refusal, raw, ${FIELDS.map((field) => {
    const text = `${field.column}::text`;
    return isDate(field) ? `replace(${text}, ' ', 'T') AS ${field.column}` : text;
  }).join(', ')}
  FROM staged WHERE source = $1 AND ${REFUSED_INTERVIEW} ORDER BY n`;

/**
 * Begins an import: acquires a connection, a transaction and the import lock. `onWait` is called if another import holds the lock; then
 * this one waits for it. Aborting the signal ends it at any time before its commit; its statements then fail.
 * Errors: DATABASE_UNAVAILABLE.
 */
export async function beginImport(pool: pg.Pool, onWait: () => void, signal?: AbortSignal): Promise<ImportSession> {
  const client = await pool.connect().catch(throwDatabaseError);
  const connection = holdConnection(client, pool, signal);
  try {
    signal?.throwIfAborted();
    await client.query(`BEGIN; ${IMPORT_SETTINGS}`);
    await lockImports(client, onWait);
    const zones = await timeZones(client);
    await client.query(CREATE_STAGED);
    return importSession(client, connection, zones, new Staging(client));
  } catch (error) {
    connection.release(true);
    throwDatabaseError(error);
  }
}

function importSession(
  client: pg.PoolClient,
  connection: HeldConnection,
  zones: ReadonlyMap<string, string>,
  staging: Staging,
): ImportSession {
  /** The changes that the commit applies, in order. */
  const changes: (() => Promise<void>)[] = [];
  return {
    zones,
    add: (position, row, warnings) => staging.add(position, row, warnings),
    refuse: (refused, interviewId) => staging.refuse(refused, interviewId),
    flush: () => staging.flush().catch(throwDatabaseError),
    async plan(options) {
      try {
        await staging.end();
        const settled = await planImport(client, staging.hasWarnings, options);
        changes.push(settled.apply);
        return settled.settlement;
      } catch (error) {
        throwDatabaseError(error);
      }
    },
    countLostValues: (source, fields) => lostValues(client, source, fields).catch(throwDatabaseError),
    async nameEntities(list, columns, rows, listed) {
      try {
        await staging.end();
        const settled = await importNames(client, list, columns, rows, listed);
        changes.push(settled.apply);
        return settled.settlement;
      } catch (error) {
        throwDatabaseError(error);
      }
    },
    refusedRows: (source) => refusedRows(client, source, staging.largest),
    async commit() {
      try {
        for (const change of changes) await change();
        connection.retain();
        await client.query('COMMIT');
        connection.release(false);
      } catch (error) {
        connection.release(true);
        throwDatabaseError(error);
      }
    },
    async rollback() {
      connection.release(true);
    },
  };
}

const UNCHANGED = { inserted: 0, updated: 0, unchanged: 0, removed: 0, refused: 0 };
const NO_ROWS: ImportOutcome = {
  rows: { ...UNCHANGED, duplicates: 0, moved: 0 },
  interviews: UNCHANGED,
  warned: 0,
  warnings: [],
  refusedIn: [],
  sampleRemoved: false,
  removals: null,
};

/** Computes what an import changes, and returns a function that applies it. `ofReading`: some rows came with warnings of their reading. */
async function planImport(
  client: pg.PoolClient,
  ofReading: boolean,
  options: PlanOptions,
): Promise<{ settlement: ImportOutcome; apply: () => Promise<void> }> {
  const { rows: datasets } = await client.query<{ sample: boolean; imported: boolean }>(
    '/* load.stored */ SELECT sample, imported_at IS NOT NULL AS imported FROM dataset',
  );
  // Checked again under the lock, because a first import may have run in the meantime.
  if (options.sample && datasets[0]?.imported) return { settlement: NO_ROWS, apply: async () => {} };
  const sampleRemoved = datasets[0]?.sample === true && !options.sample;
  await client.query('/* load.analyze */ ANALYZE staged (n, interview_id, refusal, key_hash)');
  const { rowCount: refused } = await client.query(REFUSED);
  const { rowCount: repeated } = await client.query(REPEATED);
  await client.query(incoming({ refused: refused !== 0, repeated: repeated !== 0 }));
  await client.query('/* load.analyze */ ANALYZE incoming');
  await client.query(difference(sampleRemoved ? 'sample' : options.replaceAll ? 'all' : 'interviews'));
  await client.query('/* load.analyze */ ANALYZE difference');
  const { rows } = await client.query<Record<string, string>>(DIFFERENCE_COUNTS);
  const count = (name: string): number => Number(rows[0]?.[name]);
  for (const statement of gatherWarnings({ all: refused === 0 && repeated === 0, ofReading }))
    await client.query(statement);
  const { rows: warned } = await client.query<{ warned: string }>(WARNED);
  const { rows: warnings } = await client.query<LocatedWarning & { line: string }>(WARNINGS, [options.maxListed]);
  const { rows: refusedIn } = await client.query<{ source: number }>(REFUSED_IN);
  const removals = await removalsOf(client, count('gone'));
  const changes = count('inserted') + count('updated') + count('gone');
  const changed = changes > 0;
  return {
    settlement: {
      rows: {
        inserted: count('inserted'),
        updated: count('updated'),
        unchanged: count('incoming') - count('inserted') - count('updated'),
        removed: removals.removed,
        moved: removals.moved,
        refused: count('refused'),
        duplicates: count('read') - count('refused') - count('incoming'),
      },
      interviews: {
        inserted: count('interviews_inserted'),
        updated: count('interviews_updated'),
        unchanged: count('interviews_incoming') - count('interviews_inserted') - count('interviews_updated'),
        removed: count('interviews_removed'),
        refused: count('interviews_refused'),
      },
      warned: Number(warned[0]?.warned),
      warnings: warnings.map((warning) => ({ ...warning, line: Number(warning.line) })),
      refusedIn: refusedIn.map(({ source }) => source),
      sampleRemoved: sampleRemoved && changed,
      removals: sampleRemoved && count('read') > 0 ? null : removals,
    },
    async apply() {
      if (changed) {
        const { rows: before } = await client.query<{ stored: string; empty: string[] }>(ROWS_BEFORE);
        const extent = {
          rows: changes,
          stored: count('updated') + count('gone'),
          storedBefore: Number(before[0]?.stored),
          empty: before[0]?.empty ?? [],
        };
        for (const statement of apply(extent)) await client.query(statement);
      }
      await client.query(
        `/* load.dataset */ UPDATE dataset SET sample = $2, imported_at = clock_timestamp(),
           version = CASE WHEN $1 THEN ${NEXT_VERSION} ELSE version END`,
        // Importing the downloaded sample leaves it the sample.
        [changed, options.sample || (sampleRemoved && !changed && count('incoming') > 0)],
      );
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
