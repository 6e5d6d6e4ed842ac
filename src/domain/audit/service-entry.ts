import { randomUUID } from 'node:crypto';
import type { AuditAction, AuditAttributes, AuditEntry } from './entry.ts';

/** Returns an entry of what the service does by itself. `target`: what it is about, in words. */
export const serviceEntry = (action: AuditAction, target: string, attributes: AuditAttributes = {}): AuditEntry => ({
  id: randomUUID(),
  at: Date.now(),
  requestId: null,
  actor: { kind: 'SERVICE', name: 'service', issuer: null },
  address: null,
  action,
  target,
  operation: null,
  attributes,
  subjects: [],
  rows: null,
  personal: false,
  status: null,
  outcome: 'SUCCESS',
  code: null,
  dataVersion: null,
  durationMs: 0,
  requests: 1,
});
