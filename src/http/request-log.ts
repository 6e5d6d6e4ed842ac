import type { Socket } from 'node:net';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { Failure } from '../domain/errors.ts';
import { pathOf } from './request-target.ts';

/** One line a request, with its path but not its query, which may name people; and one for a transfer that broke, which is made to look it. */
export class RequestLog extends LogController {
  override incomingRequest(): void {}

  override routeNotFound(): void {}

  override requestCompleted(_error: Error | null, request: FastifyRequest, reply: FastifyReply): void {
    const { method } = request;
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.info({ method, path: pathOf(request), status: reply.statusCode, milliseconds }, 'request');
  }

  override streamError(error: Error, request: FastifyRequest): void {
    const wasCut = error instanceof Failure && error.code === 'REQUEST_TIMEOUT';
    // Who leaves early closes the stream; that is no fault.
    if (wasCut) request.log.warn(`${error.message} The transfer was cut off.`);
    else if (request.socket.destroyed) request.log.info('the client left before the end');
    else request.log.error({ err: error.cause ?? error }, 'a transfer broke, and its connection with it');
    // HTTP/1.0 has no chunks: there the end of the connection is the end of the body, unless it is reset.
    if (request.raw.httpVersion === '1.0') reset(request.socket);
  }
}

/**
 * Resets a connection at once. `resetAndDestroy` ends it in order first where something waits to be written, and a client that sees that end
 * before the reset takes a cut file for a whole one; the property is what that sets.
 */
function reset(socket: Socket): void {
  Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}
