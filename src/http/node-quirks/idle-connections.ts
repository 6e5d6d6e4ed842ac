import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Closes the connections without a request when the app closes. Node's own `closeIdleConnections` spares those that never had one, as
 * browsers open them in advance, and would let them hold up the end for a minute.
 */
export function closeIdleConnections(app: FastifyInstance): void {
  const requests = new Map<Socket, number>();
  let closing = false;
  const count = (socket: Socket, change: number) => {
    const before = requests.get(socket);
    // A response that was cut off closes after its connection, which is forgotten by then.
    if (before === undefined) return;
    const left = before + change;
    requests.set(socket, left);
    if (closing && left === 0) socket.destroy();
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
    for (const [socket, left] of requests) if (left === 0) socket.destroy();
  });
}
