import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EXTRACT_PATH } from '../domain/paths.ts';
import { requireScope } from '../domain/viewer.ts';
import { type PagePlace, writePlace } from '../extract/page.ts';
import { type ExtractRequest, readRequest } from '../extract/request.ts';
import { authenticate, type FindViewer } from './authenticate.ts';
import { encoded, negotiatedCoding } from './compression.ts';
import { negotiatedFormat } from './negotiate.ts';

/** Begins an export; the signal ends it. */
export type OpenExport = (request: ExtractRequest, signal: AbortSignal) => Promise<Export>;

/** The request headers that decide what the answer is (RFC 9110, 12.5.5). */
const VARY = 'Accept, Accept-Encoding, Authorization, X-SmartToken';

interface Export {
  readonly rows: AsyncGenerator<Buffer>;
  readonly next: PagePlace | null;
}

/** The parameters of a request by name, in the order of the query string. */
function parametersOf(request: FastifyRequest): Map<string, string[]> {
  const query = request.query as Record<string, string | string[]>;
  return new Map(Object.entries(query).map(([name, value]) => [name, [value].flat()]));
}

/** The address of the next page, relative to this one (RFC 8288). */
function linkTo(next: PagePlace, request: FastifyRequest): string {
  const parameters = new URLSearchParams(request.url.split('?')[1]);
  parameters.set('after', writePlace(next));
  return `<${EXTRACT_PATH}?${parameters}>; rel="next"`;
}

/** Aborts when the client goes before it has the whole answer, and where it has gone already. */
function clientLeft(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  if (request.socket.destroyed) controller.abort();
  return controller.signal;
}

/** `GET` and `HEAD` of the rows, as the original gives them. */
export function extractRoute(app: FastifyInstance, findViewer: FindViewer, openExport: OpenExport): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: EXTRACT_PATH,
    handler: async (request, reply) => {
      const left = clientLeft(request, reply);
      const viewer = await authenticate(request, findViewer);
      requireScope(viewer, 'read');
      const asked = readRequest(parametersOf(request), () => negotiatedFormat(request.headers.accept));
      const { format, shape } = asked;
      const coding = negotiatedCoding(request.headers['accept-encoding']);
      reply
        .header('content-type', format.contentType)
        .header('vary', VARY)
        .header('cache-control', 'private, no-cache');
      if (format.attachment) reply.header('content-disposition', `attachment; filename="${format.attachment}"`);
      if (coding) reply.header('content-encoding', coding.name);
      if (request.method === 'HEAD') return reply.send();
      const { rows, next } = await openExport(asked, left);
      if (next) reply.header('link', linkTo(next, request));
      // A failure from here on makes Fastify break the connection: a cut file must not look whole.
      return reply.send(encoded(format.frame(shape, rows), coding));
    },
  });
}
