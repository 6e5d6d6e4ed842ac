import type { Socket } from 'node:net';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { Failure } from '../../domain/errors.ts';
import { ODATA_PATH } from '../../domain/paths.ts';
import { reset } from '../node-quirks/reset.ts';
import { pathOf } from '../request-target.ts';
import { onceOver } from '../response-over.ts';
import { traceIdOf } from './request-id.ts';
import { type RequestRecord, recordOf } from './request-record.ts';
import { clientAddress } from './trusted-proxies.ts';

/** Node warns of a leak from one more on. */
const MAX_LISTENERS = 20;

/** A request that has ended, completely or not. */
export interface EndedRequest {
  readonly request: FastifyRequest;
  readonly status: number;
  /** Whether the client has less than the whole response. */
  readonly isCut: boolean;
  readonly milliseconds: number;
  /** The bytes that were sent, headers included. */
  readonly bytes: number;
  readonly record: RequestRecord;
}

/** Is told of a request that has ended. */
export type ObserveRequest = (ended: EndedRequest) => void;

/**
 * Logs one line per request, with its path but without its query, which may contain names; and one line for an aborted
 * transfer, which the client can tell from a complete one.
 */
export class RequestLog extends LogController {
  readonly #observers: ObserveRequest[];
  readonly #sent = new WeakMap<Socket, number>();

  /** `logsRequests`: whether the level of the log has the lines of requests. */
  constructor(logsRequests: boolean) {
    super();
    this.#observers = logsRequests ? [logRequest] : [];
  }

  /** `observe` is told of each request from now on, too. */
  observe(observe: ObserveRequest): void {
    this.#observers.push(observe);
  }

  /** Fastify tells of responses that were sent to their end only. */
  watchCut(app: FastifyInstance): void {
    app.addHook('onRequest', (request, reply, done) => {
      if (this.#observers.length === 0) return done();
      const { socket } = request;
      // Streams, limits and this one wait for the end of a response: about a dozen, all of which end with it.
      reply.raw.setMaxListeners(MAX_LISTENERS);
      onceOver(request, reply, () => {
        if (!reply.raw.writableFinished) this.#end(request, reply, socket, true);
      });
      return done();
    });
  }

  override incomingRequest(): void {}

  override routeNotFound(): void {}

  override requestCompleted(_error: Error | null, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.raw.writableFinished) this.#end(request, reply, request.socket, false);
  }

  #end(request: FastifyRequest, reply: FastifyReply, socket: Socket, isCut: boolean): void {
    if (this.#observers.length === 0) return;
    const { statusCode: status, elapsedTime: milliseconds } = reply;
    const ended = { request, status, isCut, milliseconds, bytes: this.#bytesSince(socket), record: recordOf(request) };
    for (const observe of this.#observers) observe(ended);
  }

  /**
   * Returns the bytes that a connection has sent since the last response ended. So none is missed or counted twice; of
   * requests that were sent before the responses to earlier ones, one may have some bytes of the next.
   */
  #bytesSince(socket: Socket): number {
    const { bytesWritten } = socket;
    const before = this.#sent.get(socket) ?? 0;
    this.#sent.set(socket, bytesWritten);
    return bytesWritten - before;
  }

  override streamError(error: Error, request: FastifyRequest): void {
    const wasCut = error instanceof Failure && error.code === 'REQUEST_TIMEOUT';
    // A client that disconnects early closes the stream; that is no fault.
    if (wasCut) request.log.warn(`${error.message} The transfer was cut off.`);
    else if (request.socket.destroyed) request.log.info('the client left before the end');
    else request.log.error({ err: error.cause ?? error }, 'a transfer was interrupted, and its connection was closed');
    // HTTP/1.0 has no chunks: there, the end of the connection ends the body, unless the connection is reset.
    if (request.raw.httpVersion === '1.0') reset(request.socket);
  }
}

function logRequest({ request, status, isCut, milliseconds, bytes, record }: EndedRequest): void {
  const { caller, address = clientAddress(request), operation, rows, code, traceId = traceIdOf(request.raw) } = record;
  request.log.info(
    {
      ...{ method: request.method, path: loggedPath(request), status, milliseconds: Math.round(milliseconds), bytes },
      ...(isCut && { isCut }),
      ...(address !== '' && { address }),
      ...(caller !== undefined && { caller }),
      ...(operation !== undefined && { operation }),
      ...(rows && { rows: rows() }),
      ...(code !== undefined && { code }),
      ...(traceId !== undefined && { traceId }),
    },
    'request',
  );
}

/** Returns the path of a request without the key of a row that one of OData's has in parentheses. */
const loggedPath = (request: FastifyRequest): string => pathOf(request).replace(WITH_KEY, '$1(…)');

const WITH_KEY = new RegExp(`^(${ODATA_PATH}/.*?)(?:[(]|%28).*$`, 's');
