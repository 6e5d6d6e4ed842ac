import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Closes the connections without a request when the app closes. Node's own `closeIdleConnections` spares connections
 * that never had a request, as browsers open them in advance, and they would delay the end for a minute.
 */
export function closeIdleConnections(app: FastifyInstance): void {
  const requests = new Map<Socket, number>();
  let closing = false;
  const count = (socket: Socket, change: number) => {
    const before = requests.get(socket);
    // An aborted response closes after its connection, which is no longer in the map.
    if (before === undefined) return;
    const remaining = before + change;
    requests.set(socket, remaining);
    if (closing && remaining === 0) socket.destroy();
  };
  app.server.on('connection', (socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  app.server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  app.addHook('preClose', async () => {
    closing = true;
    for (const [socket, remaining] of requests) if (remaining === 0) socket.destroy();
  });
}
