import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { property } from '../../domain/types/property.ts';
import { GRAPHIQL_HEADERS, graphiqlPage } from './page.ts';

/** The other media types of the path (GraphQL over HTTP); they win if Accept has no preference. */
const OTHER_MEDIA_TYPES = ['application/graphql-response+json', 'application/json'];
const PAGE = 'text/html';

/**
 * Returns a handler that answers a request to the GraphQL path with GraphiQL if it comes from a person's browser: a GET
 * that prefers HTML and has no operation. The handler returns null for all other requests. `rootOf` returns the root of
 * the service relative to the URL of a request.
 */
export const graphiql =
  (rootOf: (raw: IncomingMessage) => string) =>
  (request: FastifyRequest, reply: FastifyReply): FastifyReply | null => {
    if (request.method !== 'GET' || property(request.query, 'query') !== undefined) return null;
    if (new Negotiator(request).mediaType([...OTHER_MEDIA_TYPES, PAGE]) !== PAGE) return null;
    return reply.headers(GRAPHIQL_HEADERS).send(graphiqlPage(rootOf(request.raw)));
  };
