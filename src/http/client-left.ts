import type { FastifyReply, FastifyRequest } from 'fastify';

/** Aborts when the client goes before it has the whole answer, and where it has gone already. */
export function clientLeft({ socket }: FastifyRequest, { raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const left = () => {
    socket.off('close', left);
    if (!raw.writableFinished) controller.abort();
  };
  raw.once('close', left);
  // A pipelined answer that still waits for those before it never hears of its connection's end.
  socket.once('close', left);
  if (socket.destroyed) controller.abort();
  return controller.signal;
}
