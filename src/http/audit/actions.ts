import type { AuditAction } from '../../domain/audit/entry.ts';
import {
  AUDIT_PATH,
  CANDIDATES_PATH,
  ERASURES_PATH,
  EXTRACT_PATH,
  GRAPHQL_PATH,
  JOBS_PATH,
  METRICS_DEFINITIONS_PATH,
  METRICS_PATH,
  ODATA_PATH,
  REVOKE_PATH,
  ROTATE_PATH,
  SUMMARY_PATH,
  TOKENS_PATH,
} from '../../domain/paths.ts';

/** What each route does, for the audit log. */
const ACTIONS: Readonly<Record<string, AuditAction>> = {
  [`GET ${EXTRACT_PATH}`]: 'EXPORT',
  [`HEAD ${EXTRACT_PATH}`]: 'EXPORT',
  [`POST ${EXTRACT_PATH}`]: 'IMPORT',
  [`POST ${JOBS_PATH}`]: 'IMPORT',
  [`POST ${CANDIDATES_PATH}`]: 'IMPORT',
  [`GET ${SUMMARY_PATH}`]: 'READ',
  [`HEAD ${SUMMARY_PATH}`]: 'READ',
  [`GET ${METRICS_PATH}`]: 'READ',
  [`HEAD ${METRICS_PATH}`]: 'READ',
  [`GET ${METRICS_DEFINITIONS_PATH}`]: 'READ',
  [`HEAD ${METRICS_DEFINITIONS_PATH}`]: 'READ',
  [`GET ${ODATA_PATH}`]: 'READ',
  [`HEAD ${ODATA_PATH}`]: 'READ',
  [`GET ${ODATA_PATH}/*`]: 'READ',
  [`HEAD ${ODATA_PATH}/*`]: 'READ',
  [`GET ${GRAPHQL_PATH}`]: 'READ',
  [`POST ${GRAPHQL_PATH}`]: 'READ',
  [`POST ${ERASURES_PATH}`]: 'ERASE',
  [`GET ${TOKENS_PATH}`]: 'TOKEN_LIST',
  [`POST ${TOKENS_PATH}`]: 'TOKEN_CREATE',
  [`POST ${ROTATE_PATH}`]: 'TOKEN_ROTATE',
  [`POST ${REVOKE_PATH}`]: 'TOKEN_REVOKE',
  [`GET ${AUDIT_PATH}`]: 'AUDIT_READ',
};

/** What changes something, and is done before its answer is sent. */
const CHANGES: ReadonlySet<AuditAction> = new Set(['IMPORT', 'ERASE', 'TOKEN_CREATE', 'TOKEN_ROTATE', 'TOKEN_REVOKE']);

export const isChange = (action: AuditAction): boolean => CHANGES.has(action);

/** Returns what a route does. Errors: a route that has no action, so that none can be forgotten. */
export function actionOf(method: string, url: string): AuditAction {
  const action = ACTIONS[`${method} ${url}`];
  if (!action)
    throw new Error(`${method} ${url} has no action in the audit log; give it one in src/http/audit/actions.ts`);
  return action;
}
