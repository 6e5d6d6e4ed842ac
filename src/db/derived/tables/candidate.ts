import type { Derived } from './table.ts';

export const candidate: Derived = {
  table: 'candidate',
  key: ['candidate_profile_id'],
  namedBy: [['candidate_profile_id']],
  columns: [],
  reads: ['candidate_profile_id'],
  select: (scope) => `SELECT DISTINCT candidate_profile_id FROM appointment
    WHERE candidate_profile_id IS NOT NULL AND ${scope('candidate_profile_id')}`,
  keep: 'first_name IS NOT NULL OR last_name IS NOT NULL',
};
