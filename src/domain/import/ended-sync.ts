import type { ChangeCounts } from './import-session.ts';

/**
 * How a sync ended: saved; the upstream still has the rows that are stored; refused for what it contains; or it failed. `rows`: what became of
 * them; null if none were read.
 */
export interface EndedSync {
  readonly outcome: 'saved' | 'unchanged' | 'refused' | 'failed';
  readonly rows: ChangeCounts | null;
}
