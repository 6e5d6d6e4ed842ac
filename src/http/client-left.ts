import type { FastifyReply, FastifyRequest } from 'fastify';
import { onceOver } from './response-over.ts';

const works = new WeakMap<FastifyRequest, AbortController>();

/** Returns a signal that is aborted when the client disconnects before it has the whole response, or already has. */
export function clientLeft(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  works.set(request, controller);
  onceOver(request, reply, () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Ends the work for a request as if its client had left: it is answered otherwise. */
export const endWork = (request: FastifyRequest): void => works.get(request)?.abort();
