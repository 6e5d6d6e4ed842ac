import type { IncomingMessage } from 'node:http';
import { Failure } from '../../domain/errors.ts';

/**
 * Streams the body of a response. Errors: UPSTREAM_FAILED if it is cut, stalls, or exceeds the maximum. Time counts only while bytes are
 * waited for, not while the import works.
 */
export async function* receivedBytes(
  response: IncomingMessage,
  host: string,
  { maxBytes, timeoutMs }: Readonly<{ maxBytes: number; timeoutMs: number }>,
): AsyncGenerator<Uint8Array> {
  const failed = (problem: string, cause?: unknown): Failure =>
    new Failure('UPSTREAM_FAILED', `${host} ${problem}; nothing was changed.`, { cause });
  const chunks = response[Symbol.asyncIterator]();
  let bytes = 0;
  try {
    for (;;) {
      const timer = setTimeout(() => response.destroy(new Error(`nothing came for ${timeoutMs / 1000} s`)), timeoutMs);
      const next = await chunks
        .next()
        .catch((error: Error) => {
          throw failed(`broke off after ${bytes} bytes: ${error.message}`, error);
        })
        .finally(() => clearTimeout(timer));
      if (next.done) break;
      bytes += next.value.length;
      if (bytes > maxBytes) throw failed(`sent more than ${maxBytes} bytes (MAX_UPLOAD_BYTES)`);
      yield next.value;
    }
    if (!response.complete) throw failed(`broke off after ${bytes} bytes`);
  } finally {
    response.destroy();
  }
}
