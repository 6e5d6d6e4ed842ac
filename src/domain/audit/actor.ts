import type { Viewer } from '../viewer.ts';
import type { AuditActor } from './entry.ts';

/** Returns a viewer as the audit log names it. */
export function actorOf({ name, issuer, isConfigured = false }: Viewer): AuditActor {
  const kind = issuer !== undefined ? 'JWT' : isConfigured ? 'ADMIN_TOKEN' : 'TOKEN';
  return { kind, name, issuer: issuer ?? null };
}
