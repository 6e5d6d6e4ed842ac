import type { IncomingMessage } from 'node:http';
import { Failure } from '../../domain/errors.ts';

/**
 * The text of a request's body, of at most so many bytes. What is over is left unread, so that the client can still be told.
 * Errors: PAYLOAD_TOO_LARGE; ECONNRESET where the client leaves.
 */
export async function readText(request: IncomingMessage, most: number): Promise<string> {
  const tooLarge = () => new Failure('PAYLOAD_TOO_LARGE', `The body is larger than ${most} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > most) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
