import type { FastifyReply, FastifyRequest } from 'fastify';

/** Aborts when the client goes before it has the whole answer, and where it has gone already. */
export function clientLeft(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  if (request.socket.destroyed) controller.abort();
  return controller.signal;
}
