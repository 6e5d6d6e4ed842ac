import { DECIDE_NEWEST, NEWEST } from './rows-of-item.ts';
import type { Derived } from './table.ts';

export const application: Derived = {
  table: 'application',
  key: ['application_id'],
  namedBy: [['application_id']],
  columns: ['candidate_profile_id', 'job_id', 'stage', 'step'],
  reads: [
    'application_id',
    'candidate_profile_id',
    'job_id',
    'application_stage',
    'application_step',
    ...DECIDE_NEWEST,
  ],
  select: (scope) => `SELECT DISTINCT ON (application_id) application_id, candidate_profile_id, job_id,
    application_stage AS stage, application_step AS step
    FROM appointment WHERE application_id IS NOT NULL AND ${scope('application_id')} ORDER BY application_id, ${NEWEST}`,
};
