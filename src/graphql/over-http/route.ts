import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../../db/connection/open.ts';
import type { KeptCounts } from '../../db/kept/kept-counts.ts';
import type { ReadMetrics } from '../../db/kept/metrics-reader.ts';
import type { Failure } from '../../domain/errors.ts';
import { parametersOf } from '../../domain/parameters.ts';
import { GRAPHQL_PATH } from '../../domain/paths.ts';
import { requireScope } from '../../domain/viewer.ts';
import { VARY } from '../../http/headers.ts';
import type { Admit, AdmittedOperation } from '../../http/limits/rate-limits.ts';
import { recordOf } from '../../http/request-log/request-record.ts';
import { MAX_BODY_BYTES, REQUEST_POINTS } from '../limits.ts';
import type { Caching } from '../operation/compiled/cached-answer.ts';
import { createServer, type ServerOptions } from '../server.ts';
import { withoutBody } from './status-codes.ts';

interface GraphqlParts extends ServerOptions {
  readonly db: Pick<Database, 'operations' | 'prepared' | 'cancel' | 'leaveReplica' | 'layout' | 'state' | 'moves'>;
  /** Version of the program. */
  readonly program: string;
  /** Returns the current data version. */
  readonly dataVersion: Caching['dataVersion'];
  /** Returns the current data version and the clock of the data. */
  readonly dataState: Caching['dataState'];
  /** Reads metrics, for all requests of the instance. */
  readonly readMetrics: ReadMetrics;
  readonly keptCounts: KeptCounts;
  /** Returns a signal that is aborted when the client disconnects before it has its response. */
  readonly clientLeft: (request: FastifyRequest, reply: FastifyReply) => AbortSignal;
  /** Returns the body of a request, of at most `maxBytes` bytes. Its errors become the response. */
  readonly bodyOf: (request: FastifyRequest, maxBytes: number) => Promise<string>;
  /** Answers requests that are no operation, without a token. Returns null for operations. */
  readonly landing: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null;
}

/** Registers `GET` and `POST` of GraphQL operations (GraphQL over HTTP), for tokens with the scope `read`. */
export function graphqlRoute(
  app: FastifyInstance,
  admit: Admit<AdmittedOperation>,
  {
    db,
    readMetrics,
    keptCounts,
    clientLeft,
    bodyOf,
    landing,
    program,
    dataVersion,
    dataState,
    ...options
  }: GraphqlParts,
): void {
  const { yoga, fast } = createServer(options);

  /** Converts the request for Yoga. The URL does not use the Host header, which may be any text. */
  const asFetched = ({ url, method, headers }: FastifyRequest, body: string | null): Request => {
    const [, ...query] = url.split('?');
    return new yoga.fetchAPI.Request(`http://localhost${GRAPHQL_PATH}?${query.join('?')}`, {
      method,
      headers: headers as Record<string, string>,
      ...(body !== null && { body }),
    });
  };

  const cachingOf = ({ headers }: FastifyRequest): Caching => ({
    ifNoneMatch: headers['if-none-match'],
    varies: [program, headers.accept],
    dataVersion,
    dataState,
    tag: null,
    isNotModified: false,
  });

  app.route({
    method: ['GET', 'POST'],
    url: GRAPHQL_PATH,
    handler: async (request, reply) => {
      const page = landing(request, reply);
      if (page) return page;
      const { viewer, budget, points } = await admit(request, reply);
      await points.take(REQUEST_POINTS);
      requireScope(viewer, 'read');
      // Refuses malformed URLs. Yoga reads the URL itself, and would guess.
      parametersOf(request);
      const { id: requestId, log } = request;
      const moves = db.moves();
      const caching = request.method === 'GET' ? cachingOf(request) : undefined;
      const context = {
        db,
        readMetrics,
        keptCounts,
        viewer,
        budget,
        points,
        requestId,
        signal: clientLeft(request, reply),
        log,
        record: recordOf(request),
        ...(caching && { caching }),
      };
      const body = request.method === 'POST' ? await bodyOf(request, MAX_BODY_BYTES) : null;
      const answer = body !== null && (await fast?.(request, body, context));
      if (points.refusal) throw pointsRefused(request, points.refusal);
      if (answer) return reply.code(answer.status).headers(answer.headers).send(answer.body);
      const response = await yoga.handleRequest(asFetched(request, body), context);
      if (points.refusal) throw pointsRefused(request, points.refusal);
      if (caching) {
        // The version may be that of one server, and the rows older ones of another.
        if (db.moves() !== moves && !caching.isNotModified) caching.tag = null;
        reply.header('vary', VARY).header('cache-control', caching.tag ? 'private, no-cache' : 'no-store');
        if (caching.tag) reply.header('etag', caching.tag);
        if (caching.isNotModified) return reply.code(304).send();
      }
      const refusal = response.body === null && withoutBody(response.status, request.headers['content-type']);
      if (refusal) throw refusal;
      for (const [name, value] of response.headers) reply.header(name, value);
      return reply.code(response.status).send(response.body ?? '');
    },
  });
}

/** Notes which limit the request exceeded. Returns the refusal. */
function pointsRefused(request: FastifyRequest, refusal: Failure): Failure {
  recordOf(request).limit = 'points';
  return refusal;
}
