import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { Failure } from '../../domain/errors.ts';

/** Limits of a request body. */
export interface BodyLimits {
  /** Maximum size in bytes, both as sent and decompressed. */
  readonly maxBytes: number;
  /** Milliseconds without a new byte, while waiting for one, after which the request is aborted. */
  readonly timeoutMs: number;
  /** What a client can do instead of sending a body that is too large. */
  readonly instead?: string;
}

/** Milliseconds after the response that a client has to send an unread body: it reads the response only then. */
const LINGER_MS = 5_000;

const tooLarge = ({ maxBytes, instead }: BodyLimits): Failure =>
  new Failure(
    'PAYLOAD_TOO_LARGE',
    `The body is larger than ${maxBytes} bytes${instead === undefined ? '' : `; ${instead}`}.`,
  );

/**
 * Streams the body of a request. Errors: PAYLOAD_TOO_LARGE, at once if Content-Length says so; REQUEST_TIMEOUT; that of
 * the stream if the client disconnects.
 */
export async function* uploaded(request: IncomingMessage, limits: BodyLimits): AsyncGenerator<Uint8Array> {
  const { maxBytes, timeoutMs } = limits;
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(limits);
  const chunks = request.iterator({ destroyOnReturn: false });
  let bytes = 0;
  try {
    for (;;) {
      const next = await withDeadline(chunks.next(), timeoutMs);
      if (next.done) return;
      bytes += (next.value as Uint8Array).length;
      if (bytes > maxBytes) throw tooLarge(limits);
      yield next.value;
    }
  } finally {
    // Lets Node discard the rest of the body. Not awaited, since a client that sends nothing would hold it up.
    void chunks.return?.();
  }
}

/**
 * Returns the whole body of a request as text. Errors: those of `uploaded`. For the small bodies of frequent requests: in a profile of those,
 * iterating took 4 percent of Node's time.
 */
export function uploadedText(request: IncomingMessage, limits: BodyLimits): Promise<string> {
  const { maxBytes, timeoutMs } = limits;
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const onData = (chunk: Uint8Array) => {
      timer.refresh();
      bytes += chunk.length;
      if (bytes > maxBytes) fail(tooLarge(limits));
      else chunks.push(chunk);
    };
    const onEnd = () => {
      stop();
      resolve(Buffer.concat(chunks).toString());
    };
    const onClose = () => fail(request.errored ?? new Error('the client disconnected'));
    const fail = (error: Error) => {
      stop();
      reject(error);
    };
    const stop = () => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose);
    };
    const timer = setTimeout(() => fail(timedOut(timeoutMs)), timeoutMs);
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) fail(tooLarge(limits));
    else if (request.destroyed) onClose();
    else request.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}

const timedOut = (timeoutMs: number): Failure =>
  new Failure('REQUEST_TIMEOUT', `No data arrived for ${timeoutMs / 1000} s; nothing was saved.`);

async function withDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timedOut(timeoutMs)), timeoutMs);
  });
  // After the timeout, nobody waits for the bytes any more, and the end of the stream is no fault.
  work.catch(() => {});
  return await Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}

/**
 * Discards the rest of the body after the response, and ends the connection of a client that keeps sending for long.
 */
export function limitLinger(request: IncomingMessage, reply: FastifyReply): void {
  reply.raw.once('finish', () => {
    const end = () => {
      if (!request.complete) request.socket.destroy();
    };
    if (request.complete) return;
    // Node itself discards only a body that nobody has begun to read.
    request.resume();
    setTimeout(end, LINGER_MS).unref();
  });
}

/**
 * Calls back when the body is there before a response after which Node closes the connection, and at once before others: a client that is
 * still sending would get a reset, and often not see the response.
 */
export function awaitBody(request: IncomingMessage, { raw }: FastifyReply, done: () => void): void {
  if (request.complete || raw.shouldKeepAlive) {
    done();
    return;
  }
  request.resume();
  const over = [once(request, 'end'), once(request, 'close'), sleep(LINGER_MS, undefined, { ref: false })];
  void Promise.race(over)
    .catch(() => {})
    .then(() => done());
}

/** Maximum length of the file of refused rows in a response, in UTF-16 code units. */
const MAX_REFUSED_LENGTH = 1 << 22;

/** Returns the text of a file of refused rows, or null if it is too long for a response. */
export async function textBody(chunks: AsyncIterable<string>): Promise<string | null> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    if (text.length > MAX_REFUSED_LENGTH) return null;
  }
  return text;
}
