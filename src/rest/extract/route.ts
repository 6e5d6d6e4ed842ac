import type { FastifyInstance } from 'fastify';
import type { ExportLimits } from '../../domain/configuration/export-limits.ts';
import { parametersOf, type QueryParameters } from '../../domain/parameters.ts';
import { EXTRACT_PATH } from '../../domain/paths.ts';
import { requireScope } from '../../domain/viewer.ts';
import { type ExtractKeyset, writePageCursor } from '../../extract/page-cursor.ts';
import { type ExtractRequest, readRequest } from '../../extract/request.ts';
import { clientLeft } from '../../http/client-left.ts';
import { encoded, negotiatedCoding } from '../../http/compression.ts';
import { entityTag, matches } from '../../http/entity-tag.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { cutSlowReaders } from '../../http/limits/slow-readers.ts';
import { negotiatedFormat } from '../../http/negotiate.ts';

/** Where the rows come from. */
export interface ExportSource {
  /** The version of the program. */
  readonly program: string;
  /** The current version of the data. */
  dataVersion(): Promise<string>;
  /** Begins an export; the signal ends it. */
  openExport(request: ExtractRequest, signal: AbortSignal): Promise<ExportedExtract>;
  readonly limits: Pick<ExportLimits, 'stallTimeoutMs' | 'maxDurationMs'>;
}

interface ExportedExtract {
  /** The version of the data that the rows are from. */
  readonly version: string;
  readonly rows: AsyncGenerator<Buffer>;
  readonly next: ExtractKeyset | null;
}

/** The request headers that decide what the answer is (RFC 9110, 12.5.5). */
const VARY = 'Accept, Accept-Encoding, Authorization, X-SmartToken';

/** The address of the next page relative to that of this one (RFC 8288, RFC 3986, 5.2), which may stand behind a proxy's prefix. */
function linkTo(next: ExtractKeyset, parameters: QueryParameters): string {
  const query = new URLSearchParams([...parameters].flatMap(([name, values]) => values.map((value) => [name, value])));
  query.set('after', writePageCursor(next));
  return `<?${query}>; rel="next"`;
}

/** `GET` and `HEAD` of the rows, as the original gives them. */
export function extractRoute(app: FastifyInstance, admit: Admit, source: ExportSource): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: EXTRACT_PATH,
    handler: async (request, reply) => {
      const left = clientLeft(request, reply);
      const { viewer } = await admit(request, reply);
      requireScope(viewer, 'read');
      const parameters = parametersOf(request);
      const asked = readRequest(parameters, () => negotiatedFormat(request.headers.accept), viewer);
      const { format, output } = asked;
      const coding = negotiatedCoding(request.headers['accept-encoding']);
      const { program } = source;
      const tagOf = (version: string) => entityTag({ program, version, asked, coding });
      reply.header('vary', VARY).header('cache-control', 'private, no-cache');

      const known = request.headers['if-none-match'];
      const isHead = request.method === 'HEAD';
      if (isHead || known !== undefined) {
        const tag = tagOf(await source.dataVersion());
        reply.header('etag', tag);
        if (matches(known, tag)) return reply.code(304).send();
      }
      reply.header('content-type', format.contentType);
      if (format.attachment) reply.header('content-disposition', `attachment; filename="${format.attachment}"`);
      if (coding) reply.header('content-encoding', coding.name);
      if (isHead) return reply.send();

      const { version, rows, next } = await source.openExport(asked, left);
      // An import may have come in between: the tag must be that of these rows.
      reply.header('etag', tagOf(version));
      if (next) reply.header('link', linkTo(next, parameters));
      // A failure from here on makes Fastify break the connection: a cut file must not look whole.
      return reply.send(cutSlowReaders(encoded(format.encode(output, rows), coding), reply, source.limits));
    },
  });
}
