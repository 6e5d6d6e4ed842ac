import type { FastifyInstance } from 'fastify';
import type { ExportLimits } from '../../domain/configuration/export-limits.ts';
import { parametersOf } from '../../domain/parameters.ts';
import { METRICS_PATH } from '../../domain/paths.ts';
import { requireScope } from '../../domain/viewer.ts';
import { csv } from '../../extract/csv.ts';
import { FORMATS } from '../../extract/formats.ts';
import {
  formOf,
  metricsDocument,
  metricsFileName,
  type OpenedMetrics,
  periodsOf,
} from '../../extract/metrics/document.ts';
import { type MetricsDownload, type ResolvedDownload, readMetricsRequest } from '../../extract/metrics/request.ts';
import { clientLeft } from '../../http/client-left.ts';
import { type Coding, encoded, negotiatedCoding } from '../../http/compression.ts';
import { matches, opaqueTag } from '../../http/entity-tag.ts';
import { VARY } from '../../http/headers.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { abortSlowReaders } from '../../http/limits/slow-readers.ts';
import { negotiatedFormat } from '../../http/negotiate.ts';
import { countGroups } from '../../http/request-log/count-groups.ts';
import { recordOf } from '../../http/request-log/request-record.ts';

/** What metrics depend on besides the rows. */
interface DataState {
  readonly version: string;
  /** The time that the rows are known to be of, in milliseconds since 1970; null if no rows were imported. */
  readonly knownAt: number | null;
}

/** The source of the measures. */
export interface MetricsSource {
  /** Version of the program. */
  readonly program: string;
  /** Returns the current state of the data. */
  state(): Promise<DataState>;
  /**
   * Takes what is kept of this state, or starts to read what is asked at the state of a snapshot, which may be a later one; the signal
   * aborts it.
   */
  open(state: DataState, ask: (state: DataState) => ResolvedDownload, signal: AbortSignal): Promise<OpenedMetrics>;
  /** Returns the present time in milliseconds since 1970. */
  now(): number;
  readonly limits: Pick<ExportLimits, 'stallTimeoutMs' | 'maxDurationMs'>;
}

/** The formats, the default first. */
const METRIC_FORMATS = [csv, ...FORMATS.filter((format) => format !== csv)];

/** Returns the entity tag of everything that a response depends on. It is weak where that of the extract is. */
function tagOf(
  program: string,
  { version }: Pick<DataState, 'version'>,
  download: MetricsDownload,
  asked: ResolvedDownload,
  coding: Coding | null,
): string {
  const { format } = download.form;
  const { groups, total } = asked;
  const { fields, ...form } = formOf(download, asked);
  const columns = fields.map(({ key }) => key);
  const parts = [program, version, 'metrics', format.name, form, columns, groups, total !== null, coding?.name ?? null];
  return `${coding || format.isDated ? 'W/' : ''}${opaqueTag(parts)}`;
}

/** Serves `GET` and `HEAD` of measures of the rows, in groups. */
export function metricsRoute(app: FastifyInstance, admit: Admit, source: MetricsSource): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: METRICS_PATH,
    config: { basic: 'accepted' },
    handler: async (request, reply) => {
      const signal = clientLeft(request, reply);
      const { viewer } = await admit(request, reply);
      requireScope(viewer, 'read');
      const download = readMetricsRequest(parametersOf(request), () =>
        negotiatedFormat(request.headers.accept, METRIC_FORMATS),
      );
      const { format } = download.form;
      const coding = format.isCompressed ? null : negotiatedCoding(request.headers['accept-encoding']);
      const { program } = source;
      const now = source.now();
      const ask = ({ knownAt }: DataState) => download.resolve({ viewer, knownAt, now });
      reply.header('vary', VARY).header('cache-control', 'private, no-cache');
      const describe = (state: Pick<DataState, 'version'>, asked: ResolvedDownload): string => {
        const { audit } = recordOf(request);
        audit.dataVersion = state.version;
        audit.isPersonal = asked.columns.columns.some(({ personal }) => personal);
        const tag = tagOf(program, state, download, asked, coding);
        reply.header('etag', tag).header('x-metrics-at', asked.groups.at);
        const { period } = periodsOf(asked);
        if (period) reply.header('x-metrics-period', period.name);
        const file = metricsFileName(download, asked);
        if (file !== null) reply.header('content-disposition', `attachment; filename="${file}"`);
        return tag;
      };

      // What makes no sense is refused here, before it waits for a slot.
      const state = await source.state();
      const tag = describe(state, ask(state));
      if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send();
      reply.header('content-type', format.contentType);
      if (coding) reply.header('content-encoding', coding.name);
      if (request.method === 'HEAD') return reply.send();

      const opened = await source.open(state, ask, signal);
      // An import may have ended in between: the headers must be those of these rows.
      describe(opened, opened.asked);
      // A failure from here on makes Fastify abort the connection: an incomplete file must not look complete.
      const groups = countGroups(request, opened.groups);
      const document = metricsDocument(download, { ...opened, groups }, program);
      return reply.send(abortSlowReaders(encoded(document, coding), reply, source.limits));
    },
  });
}
