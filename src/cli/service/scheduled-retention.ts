import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../db/connection/open.ts';
import { isStandby } from '../../db/connection/standby.ts';
import { retain } from '../../db/retention/retain.ts';
import { isRetentionDue } from '../../db/retention/retained-day.ts';
import { importBusy } from '../../domain/import/import-busy.ts';
import type { ServiceEvents } from '../../domain/service-events.ts';
import type { CommandContext } from '../command-context.ts';

/** Milliseconds between two looks whether another day has begun, and until it is tried again. */
const LOOK_AGAIN_MS = 600_000;

/**
 * Lets names and reviews expire as configured, at the start and then daily, until the signal is aborted; says in the log what was done, and tells
 * `events`. One instance on the database does it, and none at a standby. `onExpired`: called after rows have changed. Never rejects.
 */
export async function scheduledRetention(
  db: Database,
  { config, log, signal }: CommandContext,
  events: ServiceEvents,
  onExpired: () => Promise<void>,
): Promise<void> {
  const months = config.retentionMonths;
  if (months === null) return;
  while (!signal.aborted) {
    await retainIfDue(db, months, { log, signal }, events, onExpired);
    await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
  }
}

async function retainIfDue(
  db: Database,
  months: number,
  { log, signal }: Pick<CommandContext, 'log' | 'signal'>,
  events: ServiceEvents,
  onExpired: () => Promise<void>,
): Promise<void> {
  let isBusy = false;
  const onWait = () => {
    isBusy = true;
    importBusy();
  };
  try {
    if ((await isStandby(db.pool)) || !(await isRetentionDue(db.pool, months))) return;
    const options = { months, dryRun: false, rewrite: false, onlyIfDue: true, anyClock: false, onWait };
    const expired = await retain(db.streams, options, signal);
    if (expired === null) return;
    const { before, rows, interviews, names, vacuumed } = expired;
    const changed = rows + names > 0;
    log.info({ before, rows, interviews, names, ...(changed && { vacuumed }) }, 'retention: applied');
    events.emit('retention', { before, rows, names });
    if (changed) await onExpired();
  } catch (err) {
    if (signal.aborted) return;
    if (isBusy) log.debug('retention: an import is running; after it is soon enough');
    else log.warn({ err }, 'retention: failed; nothing has expired');
  }
}
