import type { Derived } from './table.ts';

export const job: Derived = {
  table: 'job',
  key: ['job_id'],
  namedBy: [['job_id']],
  columns: [],
  reads: ['job_id'],
  select: (scope) => `SELECT DISTINCT job_id FROM appointment WHERE job_id IS NOT NULL AND ${scope('job_id')}`,
  keep: 'title IS NOT NULL OR department IS NOT NULL',
};
