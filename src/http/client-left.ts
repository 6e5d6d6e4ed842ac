import type { FastifyReply, FastifyRequest } from 'fastify';

const works = new WeakMap<FastifyRequest, AbortController>();

/** Returns a signal that is aborted when the client disconnects before it has the whole response, or already has. */
export function clientLeft(request: FastifyRequest, { raw }: FastifyReply): AbortSignal {
  const { socket } = request;
  const controller = new AbortController();
  works.set(request, controller);
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

/** Ends the work for a request as if its client had left: it is answered otherwise. */
export const endWork = (request: FastifyRequest): void => works.get(request)?.abort();
