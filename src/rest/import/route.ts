import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FAILURES } from '../../domain/errors.ts';
import { importBusy } from '../../domain/import/import-busy.ts';
import type { RecordFailure } from '../../domain/import/import-record.ts';
import type { ImportSession } from '../../domain/import/import-session.ts';
import { CANDIDATES, JOBS, type NameList } from '../../domain/import/name-lists.ts';
import { parametersOf, type QueryParameters } from '../../domain/parameters.ts';
import { CANDIDATES_PATH, EXTRACT_PATH, JOBS_PATH } from '../../domain/paths.ts';
import { requireScope } from '../../domain/viewer.ts';
import { clientLeft } from '../../http/client-left.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { recordOf } from '../../http/request-log/request-record.ts';
import { type ImportOptions, importExtract } from '../../ingest/import/import-extract.ts';
import { recordedImport } from '../../ingest/import/recorded-import.ts';
import { checkBodyType, readImportOptions, readNamesOptions } from './request.ts';
import { type BodyLimits, textBody, uploaded } from './upload.ts';

/**
 * Starts an import, which the signal aborts. `onBusy` is called while another one is running; if it throws, none is
 * started.
 */
export type BeginImport = (onBusy: () => void, signal: AbortSignal) => Promise<ImportSession>;

/** What an import over HTTP needs. */
interface ImportService {
  readonly beginImport: BeginImport;
  readonly recordFailure: RecordFailure;
  readonly limits: Pick<BodyLimits, 'maxBytes' | 'timeoutMs'>;
  /** Maximum percentage of the stored rows that may be removed, unless the request allows more. */
  readonly maxRemovalsPercent: number;
}

/** Serves `POST` of an extract, and of names of jobs and candidates: `npm run import` over HTTP (docs/contract.md, "Import over HTTP"). */
export function importRoutes(app: FastifyInstance, admit: Admit, service: ImportService): void {
  const { maxRemovalsPercent } = service;
  importRoute(app, admit, service, EXTRACT_PATH, null, (parameters) =>
    readImportOptions(parameters, maxRemovalsPercent),
  );
  importRoute(app, admit, service, JOBS_PATH, JOBS, readNamesOptions);
  importRoute(app, admit, service, CANDIDATES_PATH, CANDIDATES, readNamesOptions);
}

/** `list`: the list whose names the body has; null if it is an extract. */
function importRoute(
  app: FastifyInstance,
  admit: Admit,
  { beginImport, recordFailure, limits }: ImportService,
  url: string,
  list: NameList | null,
  readOptions: (parameters: QueryParameters) => ImportOptions,
): void {
  const bodyLimits = { ...limits, instead: 'send it in parts, or use npm run import' };
  const admitted = new WeakMap<FastifyRequest, { signal: AbortSignal; options: ImportOptions }>();
  // Runs before Fastify reads Content-Type, so that an unreadable type is refused like any other error: to an admitted
  // token, with the headers of its limits.
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    const signal = clientLeft(request, reply);
    const { viewer } = await admit(request, reply);
    requireScope(viewer, 'write');
    const options = readOptions(parametersOf(request));
    checkBodyType(request.headers);
    admitted.set(request, { signal, options });
  };
  app.post(url, { onRequest }, async (request, reply) => {
    const { signal, options } = admitted.get(request) as { signal: AbortSignal; options: ImportOptions };
    const record = recordOf(request);
    // Also if it is cut: some may have been read by then.
    record.audit.isPersonal = list !== JOBS;
    let refusedText: string | null = null;
    const source = { name: 'the body', bytes: uploaded(request.raw, bodyLimits), maxBytes: limits.maxBytes };
    const report = await recordedImport({ dryRun: options.dryRun, signal }, recordFailure, () =>
      importExtract(
        list === null ? [source] : [],
        options,
        () => beginImport(importBusy, signal),
        async (_source, csv) => {
          refusedText = await textBody(csv);
        },
        list === null ? [] : [{ list, source }],
      ),
    );
    // Refused rows are written only if the others are saved.
    const refusedCsv = report.refused === 0 && !report.unreadable ? '' : refusedText;
    record.rows = () => report.read;
    record.imported = report;
    record.code = report.errors?.[0]?.code;
    const answer = { ...report, ...(options.skipInvalid && { refusedCsv }) };
    reply.header('cache-control', 'no-store');
    if (!report.errors) return answer;
    const message = report.errors.map((error) => error.message).join(' ');
    reply.code(FAILURES.INVALID_EXTRACT.status);
    return { message, ...answer };
  });
}
