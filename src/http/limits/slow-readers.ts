import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { ExportLimits } from '../../domain/configuration/export-limits.ts';
import { Failure } from '../../domain/errors.ts';

/**
 * Breaks an answer off whose client has read nothing for too long while there was something to read, or that takes too long altogether:
 * it holds a connection and a snapshot of the data. Gives the answer, which then fails with a REQUEST_TIMEOUT for the log.
 */
export function cutSlowReaders(
  answer: Readable,
  { raw }: FastifyReply,
  { stallTimeoutMs, maxDurationMs }: Pick<ExportLimits, 'stallTimeoutMs' | 'maxDurationMs'>,
): Readable {
  const cut = (message: string) => {
    answer.destroy(new Failure('REQUEST_TIMEOUT', message));
    // What stands in the socket's buffer outlives an answer that was produced to its end.
    if (answer.readableEnded) raw.destroy();
  };
  // Node's own timeout: bytes that the system takes of a large piece count, too. It also passes while the database is slow.
  if (stallTimeoutMs > 0)
    raw.setTimeout(stallTimeoutMs, () => {
      if (raw.socket?.writableLength) cut(`The client read nothing for ${stallTimeoutMs / 1000} s.`);
    });
  if (maxDurationMs > 0) {
    const timer = setTimeout(() => cut(`The export took more than ${maxDurationMs / 60_000} minutes.`), maxDurationMs);
    raw.once('close', () => clearTimeout(timer));
  }
  return answer;
}
