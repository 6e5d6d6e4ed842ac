import type pg from 'pg';
import { changeRows } from '../erasure/change-rows.ts';
import { vacuumErased } from '../erasure/vacuum.ts';
import { type Expired, expireStored } from './expire-stored.ts';
import { isRetentionDue, moveRetainedFrom } from './retained-day.ts';

/** How to apply retention. */
interface RetainOptions {
  /** For how many months after their last appointment names and reviews of interviews are kept. */
  readonly months: number;
  /** Saves nothing and only reports. */
  readonly dryRun: boolean;
  /** Also removes what is left of the former rows in the free space of the tables' files (../erasure/vacuum.ts). */
  readonly rewrite: boolean;
  /** Does nothing if it was applied today, as by another instance. */
  readonly onlyIfDue: boolean;
  /** Also if the clock of the database may be wrong. */
  readonly anyClock: boolean;
  /** Called if an import is running, for which this then waits. */
  readonly onWait: () => void;
}

/**
 * Empties names and reviews of the interviews that are too old, in one transaction, and those of every later import (docs/retention.md). Readers
 * see all of it or nothing. Aborting the signal rolls it back; once it is saved, what is left of the former rows is removed from the tables.
 * Returns null if it was not due. Errors: CONFLICT on a standby, or if the clock may be wrong; DATABASE_UNAVAILABLE.
 */
export async function retain(
  pool: pg.Pool,
  { months, dryRun, rewrite, onlyIfDue, anyClock, onWait }: RetainOptions,
  signal?: AbortSignal,
): Promise<(Expired & { readonly vacuumed: boolean }) | null> {
  const expired = await changeRows(pool, onWait, signal, async (client) => {
    if (onlyIfDue && !(await isRetentionDue(client, months))) return { result: null, save: false };
    const day = await moveRetainedFrom(client, months, anyClock);
    return { result: await expireStored(client, day), save: !dryRun };
  });
  if (expired === null) return null;
  const cleared = !dryRun && (rewrite || expired.rows + expired.names > 0);
  // It is saved: what fails from here on is left to the server's own VACUUM.
  const vacuumed = cleared && (await vacuumErased(pool, rewrite, signal).catch(() => false));
  return { ...expired, vacuumed };
}
