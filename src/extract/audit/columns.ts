import type { WrittenColumn } from '../output-options.ts';

const column = <K extends string>(key: K, label: string, kind: WrittenColumn['kind'] = 'text') => ({
  key,
  label,
  kind,
  personal: false,
});

/** The columns of the audit log in a download (docs/audit.md). */
export const AUDIT_COLUMNS = [
  column('at', 'At'),
  column('actor', 'Actor'),
  column('actorKind', 'Actor Kind'),
  column('issuer', 'Issuer'),
  column('address', 'Address'),
  column('action', 'Action'),
  column('outcome', 'Outcome'),
  column('target', 'Target'),
  column('subjects', 'Subjects'),
  column('attributes', 'Attributes'),
  column('rows', 'Rows', 'integer'),
  column('personal', 'Personal', 'boolean'),
  column('status', 'Status', 'integer'),
  column('code', 'Code'),
  column('dataVersion', 'Data Version', 'integer'),
  column('durationMs', 'Milliseconds', 'integer'),
  column('requests', 'Requests', 'integer'),
  column('operation', 'Operation'),
  column('requestId', 'Request ID'),
  column('id', 'ID', 'uuid'),
] as const satisfies readonly WrittenColumn[];

export type AuditColumn = (typeof AUDIT_COLUMNS)[number]['key'];
