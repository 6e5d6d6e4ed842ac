import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What is called when a connection closes. One listener serves all requests of a connection. */
const ofConnections = new WeakMap<Socket, Set<() => void>>();

function callbacksOf(socket: Socket): Set<() => void> {
  const known = ofConnections.get(socket);
  if (known) return known;
  const callbacks = new Set<() => void>();
  ofConnections.set(socket, callbacks);
  socket.once('close', () => {
    for (const callback of callbacks) callback();
  });
  return callbacks;
}

/**
 * Calls back once when a response is over: sent to its end, or cut; at once if its connection is closed already. Node tells a response of the end
 * of its connection only while it is being sent; one that waits for those to earlier requests of the connection hears nothing of it.
 */
export function onceOver({ socket }: FastifyRequest, { raw }: FastifyReply, callback: () => void): void {
  const callbacks = callbacksOf(socket);
  const over = () => {
    if (!callbacks.delete(over)) return;
    raw.off('close', over);
    callback();
  };
  callbacks.add(over);
  raw.once('close', over);
  if (socket.destroyed) over();
}
