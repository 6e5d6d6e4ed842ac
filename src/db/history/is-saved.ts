import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../connection/with-timeout.ts';
import type { SavedRecord } from './record-import.ts';

/** Milliseconds until the database has to say it, and between two attempts. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 250;

/** Nothing that is read later than this can still change: the process of the transaction holds no lock any more. */
const IS_OPEN = `/* history.open */ SELECT pg_is_in_recovery() OR EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = $1) AS open`;

const IS_SAVED = `/* history.is-saved */ SELECT EXISTS (SELECT 1 FROM import_record WHERE id = $1 AND ended_at = $2) AS saved`;

/**
 * Returns whether an import is in the history whose connection was lost while it was being committed, so that nobody was told. `backend`: the
 * process of the database that committed it. Errors: DATABASE_UNAVAILABLE if the database can't be reached in time, and it stays unknown.
 */
export async function isSaved(pool: pg.Pool, backend: number, { id, endedAt }: SavedRecord): Promise<boolean> {
  const look = async (): Promise<boolean> => {
    const client = await pool.connect();
    let broken = true;
    try {
      const ask = async (statement: string, values: unknown[]): Promise<unknown> =>
        Object.values((await withTimeout(STATEMENT_TIMEOUT_MS, client.query(statement, values))).rows[0])[0];
      if (await ask(IS_OPEN, [backend])) throw new Error('the transaction has not ended');
      const saved = await ask(IS_SAVED, [id, endedAt]);
      broken = false;
      return saved === true;
    } finally {
      client.release(broken);
    }
  };
  for (const end = performance.now() + PATIENCE_MS; ; await sleep(PAUSE_MS)) {
    try {
      return await look();
    } catch (cause) {
      if (performance.now() < end) continue;
      throw new Failure(
        'DATABASE_UNAVAILABLE',
        'The database can’t be reached at the moment, and it is not known whether the import was saved. Send it again: that changes nothing if it was.',
        { cause },
      );
    }
  }
}
