import type { AuditLog } from '../domain/audit/entry.ts';
import { serviceEntry } from '../domain/audit/service-entry.ts';
import type { ServiceEvents } from '../domain/service-events.ts';

/** Lets the audit log tell of what the service does by itself. */
export function noteEvents(audit: AuditLog, events: ServiceEvents): void {
  events.on('sync', ({ outcome, rows }) =>
    audit.note({
      ...serviceEntry('IMPORT', 'SYNC_FROM'),
      personal: true,
      outcome: outcome === 'saved' || outcome === 'unchanged' ? 'SUCCESS' : 'FAILED',
      rows: rows && rows.inserted + rows.updated + rows.removed,
    }),
  );
  events.on('retention', ({ before, rows }) =>
    audit.note({ ...serviceEntry('ERASE', 'RETENTION_MONTHS', { before }), personal: true, rows }),
  );
}
