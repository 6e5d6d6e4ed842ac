import type { Socket } from 'node:net';

/**
 * Resets a connection at once. `resetAndDestroy` first ends it in order if its buffer is not empty, and a client that
 * sees that end before the reset takes an incomplete file for a complete one. The property is the one that
 * `resetAndDestroy` sets.
 */
export function reset(socket: Socket): void {
  Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}
