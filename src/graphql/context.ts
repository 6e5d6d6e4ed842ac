import type { Database } from '../db/connection/open.ts';
import type { Snapshot } from '../db/connection/snapshot.ts';
import type { RateBudget, Viewer } from '../domain/viewer.ts';
import type { RequestLoaders } from './connection/request-loaders.ts';

/** Who asks for an operation, and what it may use. */
export interface OperationRequest {
  readonly db: Pick<Database, 'operations' | 'cancel'>;
  readonly viewer: Viewer;
  /** What is left to them. */
  readonly budget: RateBudget;
  /** The program's own id of the request, for its log. */
  readonly requestId: string;
  /** Is aborted when the client leaves. */
  readonly signal: AbortSignal;
}

/** What a resolver has: the database as it is at one moment, who asks, and what is gathered for one operation. */
export interface Context extends OperationRequest, Snapshot {
  readonly loaders: RequestLoaders;
}
