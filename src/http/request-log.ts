import type { Socket } from 'node:net';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { Failure } from '../domain/errors.ts';
import { ODATA_PATH } from '../domain/paths.ts';
import { pathOf } from './request-target.ts';

/**
 * Logs one line per request, with its path but without its query, which may contain names; and one line for an aborted
 * transfer, which the client can tell from a complete one.
 */
export class RequestLog extends LogController {
  override incomingRequest(): void {}

  override routeNotFound(): void {}

  override requestCompleted(_error: Error | null, request: FastifyRequest, reply: FastifyReply): void {
    const { method } = request;
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.info({ method, path: loggedPath(request), status: reply.statusCode, milliseconds }, 'request');
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

/** Returns the path of a request without the key of a row that one of OData's has in parentheses. */
const loggedPath = (request: FastifyRequest): string => pathOf(request).replace(WITH_KEY, '$1(…)');

const WITH_KEY = new RegExp(`^(${ODATA_PATH}/.*?)(?:[(]|%28).*$`, 's');

/**
 * Resets a connection at once. `resetAndDestroy` first ends it in order if its buffer is not empty, and a client that
 * sees that end before the reset takes an incomplete file for a complete one. The property is the one that
 * `resetAndDestroy` sets.
 */
function reset(socket: Socket): void {
  Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}
