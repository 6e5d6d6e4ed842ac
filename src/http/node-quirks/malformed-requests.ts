import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Failure, shown } from '../../domain/errors.ts';
import { bodyOf } from '../errors.ts';
import { FIXED_HEADERS } from '../headers.ts';

/** The error of Node's parser: HPE_…, or ERR_HTTP_REQUEST_TIMEOUT. */
type ParserError = Error & { code?: string };

/** A host with an optional port, or nothing (RFC 9110, 7.2; RFC 3986, 3.2.2). */
const HOST = /^(?:\[[\w.~%!$&'()*+,;=:-]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::\d*)?$/i;

/** A request whose headers Node has read and whose response is not closed. */
interface OpenResponse {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Milliseconds that a client has to read why it was refused. It may still be sending; closing at once would discard the
 * response.
 */
const LINGER_MS = 2_000;

function failureOf({ code = '' }: ParserError): Failure {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Failure('HEADERS_TOO_LARGE', 'The request line and the headers exceed 16 KiB in total.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Failure('REQUEST_TIMEOUT', 'The rest of the request did not arrive in time.');
  return new Failure('BAD_USER_INPUT', 'This is not a well-formed HTTP request.');
}

/** Returns why a request is refused for its Host header; undefined if it is not. */
function hostFailure({ headers: { host }, httpVersion, rawHeaders }: IncomingMessage): Failure | undefined {
  const names = rawHeaders.filter((text, index) => index % 2 === 0 && text.length === 4 && /^host$/i.test(text));
  if (names.length > 1 || (host === undefined && httpVersion !== '1.0'))
    return new Failure('BAD_USER_INPUT', 'A request must have exactly one Host header.');
  if (host === undefined || HOST.test(host)) return undefined;
  return new Failure(
    'BAD_USER_INPUT',
    `The Host header is ${shown(host)}; it must name a host, such as example.org:4000.`,
  );
}

/** Returns a response without Fastify, which never sees bytes that are no request. */
function responseText(failure: Failure, headers: readonly string[]): string {
  const body = JSON.stringify(bodyOf(failure));
  return [
    `HTTP/1.1 ${failure.status} ${STATUS_CODES[failure.status]}`,
    `date: ${new Date().toUTCString()}`,
    `x-request-id: ${randomUUID()}`,
    ...Object.entries(FIXED_HEADERS).map(([name, value]) => `${name}: ${value}`),
    'cache-control: no-store',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    ...headers,
    '',
    body,
  ].join('\r\n');
}

/**
 * Answers requests that Node refuses before Fastify sees them, in the form of every error. If other responses to that
 * client are in progress, nothing is sent, since it would look like a part of them, or like the response to another
 * request; then the connection just ends.
 */
export class MalformedRequests {
  readonly #openResponses = new WeakMap<Socket, Set<OpenResponse>>();
  readonly #refused = new WeakSet<Socket>();
  readonly #headers: readonly string[];

  /**
   * `corsOrigins`: the origins whose pages may read responses (src/http/cors.ts). The origin of a malformed request is
   * unknown, so only a single origin, or `*`, can be sent.
   */
  constructor(corsOrigins: readonly string[]) {
    this.#headers = corsOrigins.length === 1 ? [`access-control-allow-origin: ${corsOrigins[0]}`] : [];
  }

  /** For Fastify's `clientErrorHandler`. */
  readonly refuse = (error: ParserError, socket: Socket): void => {
    // The parser reports the error again with every chunk that still arrives.
    if (this.#refused.has(socket)) return;
    this.#refused.add(socket);
    if (!socket.writable || !this.#canRespond(socket)) {
      socket.destroy();
      return;
    }
    const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
    socket.once('close', () => clearTimeout(timer));
    socket.end(responseText(failureOf(error), this.#headers));
  };

  /**
   * Tracks the open responses. Also refuses requests without a Host header or with an invalid one (RFC 9112, 3.2),
   * which Node would do without a body or not at all.
   */
  watch(app: FastifyInstance): void {
    app.server.on('request', (request, response) => {
      const { socket } = request;
      const open = this.#openResponses.get(socket) ?? new Set();
      this.#openResponses.set(socket, open);
      const opened = { request, response };
      open.add(opened);
      response.once('close', () => open.delete(opened));
    });
    // An unknown expectation may be ignored (RFC 9110, 10.1.1).
    app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
    app.addHook('onRequest', ({ raw }, _reply, done) => done(hostFailure(raw)));
  }

  /**
   * Returns whether an error can be sent: no response is in progress, or only that to the malformed request itself, and
   * none of it has been sent.
   */
  #canRespond(socket: Socket): boolean {
    const open = [...(this.#openResponses.get(socket) ?? [])];
    return open.length === 0 || (open.length === 1 && !open[0]?.request.complete && !open[0]?.response.headersSent);
  }
}
