import type { FastifyRequest } from 'fastify';
import { recordOf } from './request-record.ts';

/** Counts the groups of metrics that are sent, for the log: they are the rows of such a response. Returns them. */
export function countGroups<Group>(
  request: FastifyRequest,
  groups: AsyncGenerator<readonly Group[]>,
): AsyncGenerator<readonly Group[]> {
  let count = 0;
  recordOf(request).rows = () => count;
  return counting();

  async function* counting(): AsyncGenerator<readonly Group[]> {
    for await (const batch of groups) {
      count += batch.length;
      yield batch;
    }
  }
}
