import { setTimeout as sleep } from 'node:timers/promises';
import { isStandby } from '../../db/connection/standby.ts';
import { lastSync } from '../../db/history/read-imports.ts';
import { exclusiveSync } from '../../db/history/sync-lock.ts';
import type { ImportReport } from '../../ingest/import/report.ts';
import { nameOfUpstream, type Upstream } from '../../ingest/upstream/open-upstream.ts';
import { type SyncContext, syncRows } from './sync-rows.ts';

/**
 * Milliseconds until the next look while another instance syncs, or the database is away or a standby; and until the next sync after one that
 * failed, which double with each that fails up to the interval.
 */
const LOOK_AGAIN_MS = 60_000;

/** How often is synced, and who is told what each sync did: its report, null if nothing had changed, or the error of one that failed. */
interface Schedule {
  readonly everyMs: number;
  readonly upstream: () => Promise<Upstream>;
  readonly base: URL;
  readonly onSynced: (report: ImportReport | null) => void;
  readonly onFailed: (error: unknown) => void;
}

/**
 * Syncs again and again, until the signal is aborted, which also ends a sync that is running. The interval is counted from the end of the last
 * sync of this upstream by whichever instance on the database, so that several instances ask it no more often than one. Never rejects.
 */
export async function syncRepeatedly(context: SyncContext, schedule: Schedule, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const pause = await syncWhenDue(context, schedule, signal).catch((error) => {
      if (!signal.aborted) schedule.onFailed(error);
      return Math.min(LOOK_AGAIN_MS, schedule.everyMs);
    });
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
}

/** Syncs if it is time to. Returns the milliseconds until the next look. Errors: those of the database and of `syncRows`. */
async function syncWhenDue(context: SyncContext, schedule: Schedule, signal: AbortSignal): Promise<number> {
  const { db } = context;
  const { everyMs, base } = schedule;
  const lookAgain = Math.min(LOOK_AGAIN_MS, everyMs);
  if (await isStandby(db.pool)) return lookAgain;
  const untilDue = async (): Promise<number> => {
    const last = await lastSync(db.pool, nameOfUpstream(base));
    // An end that is still to come was recorded before the clock of the database was set back: it doesn’t tell how long ago that was.
    if (last === null || last.endedMsAgo < 0) return 0;
    const pause =
      last.failures === 0 ? everyMs : Math.min(everyMs, LOOK_AGAIN_MS * 2 ** Math.min(last.failures - 1, 20));
    return Math.max(0, pause - last.endedMsAgo);
  };
  const wait = await untilDue();
  if (wait > 0) return wait;
  try {
    await exclusiveSync(db.streams, signal, async () => {
      // Another instance may have synced until a moment ago.
      if ((await untilDue()) === 0) schedule.onSynced(await syncRows(context, await schedule.upstream(), signal));
    });
  } catch (error) {
    if (signal.aborted) return 0;
    schedule.onFailed(error);
    // If it never began, the history does not tell when to look again.
    return (await untilDue()) || lookAgain;
  }
  return await untilDue();
}
