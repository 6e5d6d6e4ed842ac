import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { Failure } from '../../domain/errors.ts';

/** What a body may be. */
export interface BodyLimits {
  /** Bytes, as they come and unpacked. */
  readonly maxBytes: number;
  /** Milliseconds without a byte, while one is waited for, after which the client is given up. */
  readonly timeoutMs: number;
  /** What the client of too large a body can do instead. */
  readonly instead?: string;
}

/** Milliseconds that a client has left to send a body that nobody will read, after its answer: it reads that only then. */
const LINGER_MS = 5_000;

const tooLarge = ({ maxBytes, instead }: BodyLimits): Failure =>
  new Failure(
    'PAYLOAD_TOO_LARGE',
    `The body is larger than ${maxBytes} bytes${instead === undefined ? '' : `; ${instead}`}.`,
  );

/**
 * The body of a request as it comes. Errors: PAYLOAD_TOO_LARGE, at once where Content-Length says so; REQUEST_TIMEOUT; that of the stream
 * where the client goes.
 */
export async function* uploaded(request: IncomingMessage, limits: BodyLimits): AsyncGenerator<Uint8Array> {
  const { maxBytes, timeoutMs } = limits;
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(limits);
  const pieces = request.iterator({ destroyOnReturn: false });
  let bytes = 0;
  try {
    for (;;) {
      const next = await withDeadline(pieces.next(), timeoutMs);
      if (next.done) return;
      bytes += (next.value as Uint8Array).length;
      if (bytes > maxBytes) throw tooLarge(limits);
      yield next.value;
    }
  } finally {
    // Lets Node drop what is left of the body; not awaited, since a client that sends nothing holds it up.
    void pieces.return?.();
  }
}

/** The whole body of a request as a text. Errors: as of `uploaded`. */
export async function uploadedText(request: IncomingMessage, limits: BodyLimits): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of uploaded(request, limits)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

async function withDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Failure('REQUEST_TIMEOUT', `Nothing came for ${timeoutMs / 1000} s; nothing was saved.`));
    }, timeoutMs);
  });
  // Where time is up nobody waits for the bytes any more, and the end of the stream is no fault.
  work.catch(() => {});
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Drops what still comes of a body after the answer, and ends the connection of a client that goes on sending for long. */
export function limitLinger(request: IncomingMessage, reply: FastifyReply): void {
  reply.raw.once('finish', () => {
    const end = () => {
      if (!request.complete) request.socket.destroy();
    };
    if (request.complete) return;
    // Node drops by itself only what nobody has begun to read.
    request.resume();
    setTimeout(end, LINGER_MS).unref();
  });
}

/**
 * Waits until the body has come, before an answer after which Node closes the connection: a client that still sends then would meet a reset,
 * and often not see the answer.
 */
export async function awaitBody(request: IncomingMessage, { raw }: FastifyReply): Promise<void> {
  if (request.complete || raw.shouldKeepAlive) return;
  request.resume();
  await Promise.race([once(request, 'end'), once(request, 'close'), sleep(LINGER_MS, undefined, { ref: false })]).catch(
    () => {},
  );
}

/** The most of the file of refused rows that an answer carries. */
const MAX_REFUSED_TEXT = 1 << 22;

/** The text of a file of refused rows, or null where it is too long for an answer. */
export async function textBody(pieces: AsyncIterable<string>): Promise<string | null> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length > MAX_REFUSED_TEXT) return null;
  }
  return text;
}
