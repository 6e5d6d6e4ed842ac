import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../db/open.ts';
import { GRAPHQL_PATH } from '../domain/paths.ts';
import { requireScope, type Viewer } from '../domain/viewer.ts';
import { Batches } from './batches.ts';
import { createServer } from './server.ts';

/** `GET` and `POST` of GraphQL operations (GraphQL over HTTP), for tokens with the scope `read`. */
export function graphqlRoute(
  app: FastifyInstance,
  admit: (request: FastifyRequest, reply: FastifyReply) => Promise<Viewer>,
  { pool, prisma }: Pick<Database, 'pool' | 'prisma'>,
): void {
  const server = createServer();
  app.route({
    method: ['GET', 'POST'],
    url: GRAPHQL_PATH,
    handler: async (request, reply) => {
      const viewer = await admit(request, reply);
      requireScope(viewer, 'read');
      const { id: requestId, log } = request;
      const context = { pool, prisma, viewer, requestId, batches: new Batches(), log };
      const response = await server.handleNodeRequestAndResponse(request, reply, context);
      for (const [name, value] of response.headers) reply.header(name, value);
      return reply.code(response.status).send(response.body ?? '');
    },
  });
}
