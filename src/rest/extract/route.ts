import type { FastifyInstance } from 'fastify';
import type { ExportLimits } from '../../domain/configuration/export-limits.ts';
import { secondsText } from '../../domain/import/as-of.ts';
import { parametersOf, type QueryParameters } from '../../domain/parameters.ts';
import { EXTRACT_PATH } from '../../domain/paths.ts';
import { requireScope } from '../../domain/viewer.ts';
import { attachmentName } from '../../extract/attachment-name.ts';
import { detailsOf, type ExportFacts } from '../../extract/details.ts';
import { PERIOD_PARAMETERS } from '../../extract/filters.ts';
import { type ExtractKeyset, writePageCursor } from '../../extract/page-cursor.ts';
import { type ExtractRequest, readRequest } from '../../extract/request.ts';
import { clientLeft } from '../../http/client-left.ts';
import { encoded, negotiatedCoding } from '../../http/compression.ts';
import { entityTag, matches } from '../../http/entity-tag.ts';
import { VARY } from '../../http/headers.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { abortSlowReaders } from '../../http/limits/slow-readers.ts';
import { negotiatedFormat } from '../../http/negotiate.ts';
import { recordOf } from '../../http/request-log/request-record.ts';

/** The version of the rows, and the time that they are known to be of, in milliseconds since 1970; null if no rows were imported. */
type DataState = Pick<ExportFacts, 'version' | 'knownAt'>;

/** The source of the rows. */
export interface ExportSource {
  /** Version of the program. */
  readonly program: string;
  /** Returns the current state of the data. */
  dataState(): Promise<DataState>;
  /** Starts an export; the signal aborts it. */
  openExport(request: ExtractRequest, signal: AbortSignal): Promise<ExportedExtract>;
  /** Returns the moment from which a period is counted, in milliseconds since 1970. */
  now(): number;
  readonly limits: Pick<ExportLimits, 'stallTimeoutMs' | 'maxDurationMs'>;
}

interface ExportedExtract extends ExportFacts {
  readonly rows: AsyncGenerator<Buffer>;
  /** Returns the number of rows that have been read so far. */
  readonly countRows: () => number;
}

/**
 * Returns the Link header with the URL of the next page. It is relative to this page (RFC 8288; RFC 3986, 5.2), which
 * may have a proxy's prefix.
 */
function linkTo(next: ExtractKeyset, parameters: QueryParameters, { period }: ExtractRequest): string {
  const query = new URLSearchParams([...parameters].flatMap(([name, values]) => values.map((value) => [name, value])));
  if (period) {
    // Pages read before and after midnight must be pages of the same days.
    for (const name of PERIOD_PARAMETERS) query.delete(name);
    query.set('startsFrom', period.startsFrom);
    query.set('startsBefore', period.startsBefore);
  }
  query.set('after', writePageCursor(next));
  return `<?${query}>; rel="next"`;
}

/** Serves `GET` and `HEAD` of the rows, in the form of the original. */
export function extractRoute(app: FastifyInstance, admit: Admit, source: ExportSource): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: EXTRACT_PATH,
    config: { basic: 'accepted' },
    handler: async (request, reply) => {
      const signal = clientLeft(request, reply);
      const { viewer } = await admit(request, reply);
      requireScope(viewer, 'read');
      const parameters = parametersOf(request);
      const negotiated = () => negotiatedFormat(request.headers.accept);
      const extractRequest = readRequest(parameters, negotiated, viewer, source.now());
      const { format, output } = extractRequest;
      const { audit } = recordOf(request);
      audit.isPersonal = output.personal && output.fields.some(({ personal }) => personal);
      const coding = format.isCompressed ? null : negotiatedCoding(request.headers['accept-encoding']);
      const { program } = source;
      /** Sets the headers that depend on the state of the data; returns the entity tag. */
      const describe = ({ version, knownAt }: DataState): string => {
        audit.dataVersion = version;
        const tag = entityTag({ program, version, request: extractRequest, coding });
        reply.header('etag', tag);
        if (knownAt !== null) reply.header('x-known-at', secondsText(knownAt));
        return tag;
      };
      reply.header('vary', VARY).header('cache-control', 'private, no-cache');

      const ifNoneMatch = request.headers['if-none-match'];
      const isHead = request.method === 'HEAD';
      if (isHead || ifNoneMatch !== undefined) {
        if (matches(ifNoneMatch, describe(await source.dataState()))) return reply.code(304).send();
      }
      reply.header('content-type', format.contentType);
      const file = attachmentName(extractRequest, parameters);
      if (file !== null) reply.header('content-disposition', `attachment; filename="${file}"`);
      if (coding) reply.header('content-encoding', coding.name);
      if (isHead) return reply.send();

      const exported = await source.openExport(extractRequest, signal);
      const { rows, next } = exported;
      recordOf(request).rows = exported.countRows;
      // An import may have ended in between: the headers must be those of these rows.
      describe(exported);
      if (next) reply.header('link', linkTo(next, parameters, extractRequest));
      // A failure from here on makes Fastify abort the connection: an incomplete file must not look complete.
      const document = format.encode(output, rows, detailsOf(extractRequest, exported, program));
      return reply.send(abortSlowReaders(encoded(document, coding), reply, source.limits));
    },
  });
}
