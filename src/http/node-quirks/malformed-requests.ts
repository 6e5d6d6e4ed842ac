import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Failure, shown } from '../../domain/errors.ts';
import { bodyOf } from '../errors.ts';

/** What Node's parser says of a request: HPE_…, or ERR_HTTP_REQUEST_TIMEOUT. */
type ParserError = Error & { code?: string };

/** A host and perhaps a port, or nothing (RFC 9110, 7.2; RFC 3986, 3.2.2). */
const HOST = /^(?:\[[\w.~%!$&'()*+,;=:-]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::\d*)?$/i;

/** A request that Node has read the head of, while its answer is not closed. */
interface OpenAnswers {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Milliseconds that a client has left to read why it was refused; it may still be sending, and a close would take the answer along. */
const LINGER_MS = 2_000;

function failureOf({ code = '' }: ParserError): Failure {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Failure('HEADERS_TOO_LARGE', 'The request line and the headers are larger than 16 KiB together.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Failure('REQUEST_TIMEOUT', 'The rest of the request did not come in time.');
  return new Failure('BAD_USER_INPUT', 'This is no well-formed HTTP request.');
}

/** An answer that Fastify has no part in: for bytes that make no request there is none. */
function answerTo(failure: Failure, headers: readonly string[]): string {
  const body = JSON.stringify(bodyOf(failure));
  return [
    `HTTP/1.1 ${failure.status} ${STATUS_CODES[failure.status]}`,
    `date: ${new Date().toUTCString()}`,
    `x-request-id: ${randomUUID()}`,
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
 * Answers what Node refuses before Fastify sees it in the form of every error. Where other answers to that client are under way nothing is
 * said, since it would look like a part of them, or stand in place of one; then the end of the connection says it.
 */
export class MalformedRequests {
  readonly #underWay = new WeakMap<Socket, Set<OpenAnswers>>();
  readonly #refused = new WeakSet<Socket>();
  readonly #headers: readonly string[];

  /**
   * `corsOrigins`: the origins whose pages may read answers (src/http/cors.ts). Which one a page has is not known here, so only one by itself, or
   * `*`, can be named.
   */
  constructor(corsOrigins: readonly string[]) {
    this.#headers = corsOrigins.length === 1 ? [`access-control-allow-origin: ${corsOrigins[0]}`] : [];
  }

  /** For Fastify's `clientErrorHandler`. */
  readonly refuse = (error: ParserError, socket: Socket): void => {
    // The parser says it again with every piece that still comes.
    if (this.#refused.has(socket)) return;
    this.#refused.add(socket);
    if (!socket.writable || !this.#maySpeak(socket)) {
      socket.destroy();
      return;
    }
    const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
    socket.once('close', () => clearTimeout(timer));
    socket.end(answerTo(failureOf(error), this.#headers));
  };

  /** Follows what is under way, and answers what lacks a Host or has one that is none (RFC 9112, 3.2), which Node would do without a body or not at all. */
  watch(app: FastifyInstance): void {
    app.server.on('request', (request, response) => {
      const { socket } = request;
      const all = this.#underWay.get(socket) ?? new Set();
      this.#underWay.set(socket, all);
      const one = { request, response };
      all.add(one);
      response.once('close', () => all.delete(one));
    });
    // An expectation that isn't known may be passed over (RFC 9110, 10.1.1).
    app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
    app.addHook('onRequest', async ({ raw }) => {
      const [host = '', ...others] = raw.headersDistinct.host ?? [];
      if (others.length > 0 || (raw.headers.host === undefined && raw.httpVersion !== '1.0'))
        throw new Failure('BAD_USER_INPUT', 'A request has one Host header.');
      if (!HOST.test(host))
        throw new Failure('BAD_USER_INPUT', `The Host header is ${shown(host)}; it names a host, as example.org:4000.`);
    });
  }

  /** Where nothing is under way, or only the very request whose body is malformed, and nothing has been said to it. */
  #maySpeak(socket: Socket): boolean {
    const all = [...(this.#underWay.get(socket) ?? [])];
    return all.length === 0 || (all.length === 1 && !all[0]?.request.complete && !all[0]?.response.headersSent);
  }
}
