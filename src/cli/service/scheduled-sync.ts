import type { Database } from '../../db/connection/open.ts';
import type { ServiceEvents } from '../../domain/service-events.ts';
import type { CommandContext } from '../command-context.ts';
import { syncRepeatedly } from '../upstream/sync-repeatedly.ts';

/** Syncs as configured until the signal is aborted; says in the log what each sync did, and tells `events`. Never rejects. */
export async function scheduledSync(
  db: Database,
  { config, log, signal }: CommandContext,
  events: ServiceEvents,
): Promise<void> {
  if (config.sync === null) return;
  const { base, token, everyMs } = config.sync;
  const upstream = base.host;
  await syncRepeatedly(
    { db, config, log },
    {
      ...{ base, everyMs },
      upstream: async () => ({ base, token }),
      onSynced(report) {
        if (report === null) {
          log.info({ upstream }, 'sync: the upstream still has the rows that are stored');
          events.emit('sync', { outcome: 'unchanged', rows: null });
        } else if (report.saved) {
          const { read, inserted, updated, removed, moved, seconds } = report;
          log.info({ upstream, read, inserted, updated, removed, moved, seconds }, 'sync: saved');
          events.emit('sync', { outcome: 'saved', rows: report });
        } else {
          // The message of a refused row quotes it; the log has no values of rows.
          const { read, refused, errors } = report;
          log.warn({ upstream, read, refused, code: errors?.[0]?.code }, 'sync: refused; nothing was changed');
          events.emit('sync', { outcome: 'refused', rows: report });
        }
      },
      onFailed(err) {
        log.warn({ upstream, err }, 'sync: failed; nothing was changed');
        events.emit('sync', { outcome: 'failed', rows: null });
      },
    },
    signal,
  );
}
