import http from 'node:http';
import https from 'node:https';
import { Failure, shown } from '../../domain/errors.ts';
import { EXTRACT_PATH } from '../../domain/paths.ts';
import { receivedBytes } from './received-bytes.ts';
import { retryAfterMs } from './retry-after.ts';

/** Milliseconds until the headers of the response must be there. */
const HEADERS_TIMEOUT_MS = 60_000;

/** Another service that is asked for its rows. */
export interface Upstream {
  /** Its base URL, with or without a prefix. */
  readonly base: URL;
  readonly token: string;
}

/** Limits of a response: its bytes as sent, and the milliseconds without any while they are waited for. */
interface UpstreamLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** Thrown where another attempt may succeed: UPSTREAM_FAILED, with the milliseconds after which the upstream wants it; null if it doesn't say. */
export class UpstreamBusy extends Failure {
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfter: number | null, options?: ErrorOptions) {
    super('UPSTREAM_FAILED', message, options);
    this.retryAfterMs = retryAfter;
  }
}

/** Maximum number of characters of an ETag that is sent back. */
const MAX_ENTITY_TAG = 256;

/** Rows on their way. */
interface UpstreamRows {
  readonly bytes: AsyncGenerator<Uint8Array>;
  /** Their ETag; null if it gives none. */
  readonly entityTag: string | null;
  /** Closes the connection: also if no byte was asked for, after which `bytes` can’t. */
  close(): void;
}

/** What an upstream answers. */
interface UpstreamAnswer {
  /** Null if the rows still are those of the ETag that was sent. */
  readonly rows: UpstreamRows | null;
  /** The time that they are known to be of, in milliseconds since 1970; null if it doesn't say. */
  readonly knownAt: number | null;
}

/** The form of X-Known-At. */
const KNOWN_AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * Asks an upstream for its rows, unless they still are those of the ETag `stored`, and resolves once its headers are there. The bytes throw
 * unless the response comes to the end that its length or its chunks say. No redirect is followed, since the token would go with it.
 * Errors: UpstreamBusy; UPSTREAM_FAILED, which another attempt won't change. No message contains anything of a body.
 */
export async function openUpstream(
  { base, token }: Upstream,
  stored: string | null,
  limits: UpstreamLimits,
  signal: AbortSignal,
): Promise<UpstreamAnswer> {
  const response = await responseOf(addressOf(base), headersFor(token, stored), base.host, signal);
  const refuse = (problem: string): never => {
    response.destroy();
    throw new Failure('UPSTREAM_FAILED', `${base.host} ${problem}; nothing was changed.`);
  };
  const { statusCode: status = 0, headers } = response;
  if (status === 429 || status >= 500) {
    response.destroy();
    const wait = retryAfterMs(headers['retry-after'], Date.now());
    throw new UpstreamBusy(`${base.host} answered with ${status}; nothing was changed.`, wait);
  }
  const readKnownAt = (): number | null => {
    const text = headers['x-known-at'];
    if (text === undefined) return null;
    const known = typeof text === 'string' && KNOWN_AT.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(known)
      ? refuse(`sent the X-Known-At ${shown(String(text))}, not a time such as 2026-11-28T06:00:00Z`)
      : known;
  };
  if (status === 304 && stored !== null) {
    const knownAt = readKnownAt();
    response.destroy();
    return { rows: null, knownAt };
  }
  if (status >= 300 && status < 400 && status !== 304)
    refuse(`answered with ${status}, a redirect, which is not followed; name its target`);
  if (status !== 200) refuse(`answered with ${status}, not 200`);
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'text/csv') refuse(`sent ${shown(type)}, not "text/csv"`);
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (!['identity', 'gzip', 'x-gzip'].includes(coding)) refuse(`sent the content coding ${shown(coding)}, not "gzip"`);
  // What ends with its connection alone can't be told from what was cut.
  if (headers['content-length'] === undefined && !/\bchunked\s*$/i.test(headers['transfer-encoding'] ?? ''))
    refuse('said neither Content-Length nor chunks, so that its end can’t be told');
  if (Number(headers['content-length'] ?? 0) > limits.maxBytes)
    refuse(`announced more than ${limits.maxBytes} bytes (MAX_UPLOAD_BYTES)`);
  const knownAt = readKnownAt();
  const rows = {
    bytes: receivedBytes(response, base.host, limits),
    entityTag: entityTagOf(headers.etag),
    close: () => response.destroy(),
  };
  return { rows, knownAt };
}

const prefixOf = (base: URL): string => base.pathname.replace(/\/+$/, '');

function addressOf(base: URL): URL {
  const url = new URL(base);
  url.pathname = `${prefixOf(base)}${EXTRACT_PATH}`;
  return url;
}

/** Returns what the history calls an upstream: its host and prefix. */
export const nameOfUpstream = (base: URL): string => `${base.host}${prefixOf(base)}`;

/** Returns an ETag that can be stored and sent back; null for another header. */
const entityTagOf = (header: string | undefined): string | null =>
  header !== undefined && header.length <= MAX_ENTITY_TAG && /^(W\/)?"[\x21\x23-\x7e]*"$/.test(header) ? header : null;

const headersFor = (token: string, stored: string | null): http.OutgoingHttpHeaders => ({
  accept: 'text/csv',
  'accept-encoding': 'gzip',
  'x-smarttoken': token,
  ...(stored !== null && { 'if-none-match': stored }),
});

/** Sends the request and waits for the headers, of at most 16 KiB. Errors: UpstreamBusy. */
function responseOf(
  url: URL,
  headers: http.OutgoingHttpHeaders,
  host: string,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    // A connection of its own: a kept one may be closed just now.
    const sent = request(url, { headers, signal, agent: false });
    const late = () => sent.destroy(new Error(`no headers within ${HEADERS_TIMEOUT_MS / 1000} s`));
    const timer = setTimeout(late, HEADERS_TIMEOUT_MS);
    sent.on('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    sent.on('error', (error) => {
      clearTimeout(timer);
      reject(
        new UpstreamBusy(`${host} can’t be reached: ${error.message}; nothing was changed.`, null, { cause: error }),
      );
    });
    sent.end();
  });
}
