import type { Database } from '../db/connection/open.ts';
import type { Snapshot } from '../db/connection/snapshot.ts';
import type { KeptCounts } from '../db/kept/kept-counts.ts';
import type { ReadMetrics } from '../db/kept/metrics-reader.ts';
import type { RateBudget, Viewer } from '../domain/viewer.ts';
import type { RequestPoints } from '../http/limits/request-points.ts';
import type { RequestLoaders } from './connection/request-loaders.ts';
import type { Turns } from './operation/compiled/turns.ts';

/** The caller of an operation and the resources it may use. */
export interface OperationRequest {
  readonly db: Pick<Database, 'operations' | 'prepared' | 'cancel' | 'leaveReplica' | 'layout' | 'state'>;
  readonly readMetrics: ReadMetrics;
  readonly keptCounts: KeptCounts;
  readonly viewer: Viewer;
  /** The viewer's remaining rate limits. */
  readonly budget: RateBudget;
  /** What the request takes of the viewer's points. */
  readonly points: Pick<RequestPoints, 'take' | 'giveBack'>;
  /** The service's own ID of the request, as in the log. */
  readonly requestId: string;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
}

/** The context of a resolver: the snapshot, the viewer, the loaders and the turns of one operation. */
export interface Context extends OperationRequest, Snapshot {
  readonly loaders: RequestLoaders;
  readonly turns: Turns;
}
