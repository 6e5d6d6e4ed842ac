import type { FastifyReply, FastifyRequest } from 'fastify';

/** Returns a signal that is aborted when the client disconnects before it has the whole response, or already has. */
export function clientLeft({ socket }: FastifyRequest, { raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const onClose = () => {
    socket.off('close', onClose);
    if (!raw.writableFinished) controller.abort();
  };
  raw.once('close', onClose);
  // A pipelined response that waits for earlier ones gets no event when its connection ends.
  socket.once('close', onClose);
  if (socket.destroyed) controller.abort();
  return controller.signal;
}
