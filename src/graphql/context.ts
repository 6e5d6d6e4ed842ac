import type pg from 'pg';
import type { PrismaClient } from '../db/generated/client.ts';
import type { Viewer } from '../domain/viewer.ts';
import type { Batches } from './batches.ts';

/** What a resolver has: the database, who asks, and what is gathered for one request. */
export interface Context {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  readonly viewer: Viewer;
  /** The program's own id of the request, for its log. */
  readonly requestId: string;
  readonly batches: Batches;
}
