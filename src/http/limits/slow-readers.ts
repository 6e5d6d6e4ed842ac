import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { ExportLimits } from '../../domain/configuration/export-limits.ts';
import { Failure } from '../../domain/errors.ts';
import { onceOver } from '../response-over.ts';

/**
 * Aborts a response whose client has read nothing for too long although data were waiting, or that takes too long
 * altogether: it holds a connection and a snapshot of the data. Returns the body, which then fails with a
 * REQUEST_TIMEOUT for the log.
 */
export function abortSlowReaders(
  body: Readable,
  reply: FastifyReply,
  { stallTimeoutMs, maxDurationMs }: Pick<ExportLimits, 'stallTimeoutMs' | 'maxDurationMs'>,
): Readable {
  const { raw, request } = reply;
  const abort = (message: string) => {
    body.destroy(new Failure('REQUEST_TIMEOUT', message));
    // The socket's buffer outlives a body that was produced to its end.
    if (body.readableEnded) raw.destroy();
  };
  // Node's own timeout: it also counts the bytes that the system takes of a large chunk. It also passes while the
  // database is slow.
  if (stallTimeoutMs > 0)
    raw.setTimeout(stallTimeoutMs, () => {
      if (raw.socket?.writableLength) abort(`The client read nothing for ${stallTimeoutMs / 1000} s.`);
    });
  if (maxDurationMs > 0) {
    const timer = setTimeout(
      () => abort(`The export took more than ${maxDurationMs / 60_000} minutes.`),
      maxDurationMs,
    );
    // The timer holds the body, and with it the memory of its compressor.
    onceOver(request, reply, () => clearTimeout(timer));
  }
  return body;
}
