import type { EventEmitter } from 'node:events';
import type { EndedSync } from './import/ended-sync.ts';

/** Retention that was applied: interviews before a day (`yyyy-MM-dd`, UTC), in so many rows and candidates' names. */
export interface AppliedRetention {
  readonly before: string;
  readonly rows: number;
  readonly names: number;
}

/** Tells of what an instance does by itself. */
export type ServiceEvents = EventEmitter<{ sync: [EndedSync]; retention: [AppliedRetention] }>;
