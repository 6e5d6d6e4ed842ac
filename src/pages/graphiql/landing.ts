import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { property } from '../../domain/types/property.ts';
import { GRAPHIQL_HEADERS, graphiqlPage } from './page.ts';

/** What else the path gives (GraphQL over HTTP), which wins where Accept has no preference. */
const ANSWERS = ['application/graphql-response+json', 'application/json'];
const PAGE = 'text/html';

/**
 * Answers a request of the path of the GraphQL API with the page where somebody opens it in a browser: a GET that prefers HTML and carries no
 * operation. Gives null for all others. `rootOf` gives the root of the service relative to the address of a request.
 */
export const graphiql =
  (rootOf: (raw: IncomingMessage) => string) =>
  (request: FastifyRequest, reply: FastifyReply): FastifyReply | null => {
    if (request.method !== 'GET' || property(request.query, 'query') !== undefined) return null;
    if (new Negotiator(request).mediaType([...ANSWERS, PAGE]) !== PAGE) return null;
    return reply.headers(GRAPHIQL_HEADERS).send(graphiqlPage(rootOf(request.raw)));
  };
