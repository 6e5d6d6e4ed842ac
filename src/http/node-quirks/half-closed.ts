import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { reset } from './reset.ts';

/**
 * Resets the connections of HTTP/1.0 whose clients say that they send no more while their response is under way. Node ends such a connection
 * in order, in the middle of the response; over HTTP/1.0 only the end of the connection ends a body, so an incomplete one would look
 * complete. (To go on with the response instead, Node would have to take no client that left for one: both look the same until something is
 * written, and what nobody waits for any more is to stop.)
 */
export function resetHalfClosed(app: FastifyInstance): void {
  const responses = new WeakMap<Socket, ServerResponse>();
  app.server.on('request', ({ httpVersion, socket }, response) => {
    if (httpVersion === '1.0') responses.set(socket, response);
  });
  app.server.on('connection', (socket) => {
    // Before Node's own listener, which ends the connection.
    socket.prependListener('end', () => {
      const response = responses.get(socket);
      if (response?.headersSent && !response.writableEnded) reset(socket);
    });
  });
}
