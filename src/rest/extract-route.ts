import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure, shown } from '../domain/errors.ts';
import { EXTRACT_PATH } from '../domain/paths.ts';
import { requireScope } from '../domain/viewer.ts';
import type { Format } from '../extract/format.ts';
import { formatNamed } from '../extract/formats.ts';
import { authenticate, type FindViewer } from './authenticate.ts';
import { negotiatedFormat } from './negotiate.ts';

/** Runs a COPY … TO STDOUT and gives its bytes; the signal cancels it. */
export type CopyRows = (statement: string, signal: AbortSignal) => Promise<AsyncGenerator<Buffer>>;

const PARAMETERS = ['format'];

/** Errors: BAD_USER_INPUT for a parameter that doesn't exist or is given twice. */
function formatOf(request: FastifyRequest): Format {
  const query = request.query as Record<string, string | string[]>;
  for (const [name, value] of Object.entries(query)) {
    if (!PARAMETERS.includes(name))
      throw new Failure('BAD_USER_INPUT', `${shown(name)} is not a parameter; accepted: ${PARAMETERS.join(', ')}.`);
    if (Array.isArray(value))
      throw new Failure('BAD_USER_INPUT', `${name} is given ${value.length} times; give it once.`);
  }
  return typeof query.format === 'string' ? formatNamed(query.format) : negotiatedFormat(request.headers.accept);
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

/** `GET` and `HEAD` of all rows, as the original gives them. */
export function extractRoute(app: FastifyInstance, findViewer: FindViewer, copyRows: CopyRows): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: EXTRACT_PATH,
    handler: async (request, reply) => {
      const left = clientLeft(request, reply);
      const viewer = await authenticate(request, findViewer);
      requireScope(viewer, 'read');
      const format = formatOf(request);
      reply
        .header('content-type', format.contentType)
        .header('vary', 'Accept')
        .header('cache-control', 'private, no-cache');
      if (format.attachment) reply.header('content-disposition', `attachment; filename="${format.attachment}"`);
      if (request.method === 'HEAD') return reply.send();
      const rows = await copyRows(format.statement(), left);
      // A failure from here on makes Fastify break the connection: a cut file must not look whole.
      return reply.send(Readable.from(format.frame(rows), { objectMode: false }));
    },
  });
}
