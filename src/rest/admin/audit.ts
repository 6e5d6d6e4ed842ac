import type { FastifyInstance } from 'fastify';
import type { ExportLimits } from '../../domain/configuration/export-limits.ts';
import { parametersOf } from '../../domain/parameters.ts';
import { AUDIT_PATH } from '../../domain/paths.ts';
import { requireScope } from '../../domain/viewer.ts';
import { AUDIT_FORMATS, type AuditDownload, auditDocument, readAuditDownload } from '../../extract/audit/request.ts';
import { clientLeft } from '../../http/client-left.ts';
import { encoded, negotiatedCoding } from '../../http/compression.ts';
import { VARY } from '../../http/headers.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { abortSlowReaders } from '../../http/limits/slow-readers.ts';
import { negotiatedFormat } from '../../http/negotiate.ts';
import { recordOf } from '../../http/request-log/request-record.ts';

/** The source of the entries. */
interface AuditSource {
  /** Version of the program. */
  readonly program: string;
  /** Begins to read entries; the signal aborts it. */
  open(
    download: AuditDownload,
    signal: AbortSignal,
  ): Promise<{ readonly rows: AsyncGenerator<Buffer>; readonly version: string; readonly countRows: () => number }>;
  readonly limits: Pick<ExportLimits, 'stallTimeoutMs' | 'maxDurationMs'>;
}

/** Serves `GET` of the audit log, for the scope `admin`: as `npm run audit` writes it, streamed, the newest entry first (docs/audit.md). */
export function auditRoute(app: FastifyInstance, admit: Admit, { program, open, limits }: AuditSource): void {
  app.get(AUDIT_PATH, async (request, reply) => {
    const signal = clientLeft(request, reply);
    reply.header('cache-control', 'no-store').header('vary', VARY);
    const { viewer } = await admit(request, reply);
    requireScope(viewer, 'admin');
    const fallback = () => negotiatedFormat(request.headers.accept, AUDIT_FORMATS);
    const download = readAuditDownload(parametersOf(request), fallback, Date.now());
    const { format } = download;
    const coding = negotiatedCoding(request.headers['accept-encoding']);
    const opened = await open(download, signal);
    recordOf(request).rows = opened.countRows;
    reply.header('content-type', format.contentType);
    if (format.attachment !== null) reply.header('content-disposition', 'attachment; filename="audit-log.csv"');
    if (coding) reply.header('content-encoding', coding.name);
    // A failure from here on makes Fastify abort the connection: an incomplete file must not look complete.
    return reply.send(abortSlowReaders(encoded(auditDocument(download, opened, program), coding), reply, limits));
  });
}
