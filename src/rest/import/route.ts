import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FAILURES, Failure } from '../../domain/errors.ts';
import type { ImportSession } from '../../domain/import/import-session.ts';
import { parametersOf } from '../../domain/parameters.ts';
import { EXTRACT_PATH } from '../../domain/paths.ts';
import { requireScope } from '../../domain/viewer.ts';
import { clientLeft } from '../../http/client-left.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { type ImportOptions, importExtract } from '../../ingest/import/import-extract.ts';
import { checkBodyType, readImportOptions } from './request.ts';
import { type BodyLimits, textBody, uploaded } from './upload.ts';

/**
 * Starts an import, which the signal aborts. `onBusy` is called while another one is running; if it throws, none is
 * started.
 */
export type BeginImport = (onBusy: () => void, signal: AbortSignal) => Promise<ImportSession>;

function importBusy(): never {
  throw new Failure('CONFLICT', 'Another import is running; try again when it has finished.');
}

/**
 * Serves `POST` of an extract: `npm run import` over HTTP (docs/contract.md, "Import over HTTP"). `maxRemovalsPercent`:
 * maximum share of the stored rows that may be removed, unless the request allows more.
 */
export function importRoute(
  app: FastifyInstance,
  admit: Admit,
  beginImport: BeginImport,
  limits: Pick<BodyLimits, 'maxBytes' | 'timeoutMs'>,
  maxRemovalsPercent: number,
): void {
  const bodyLimits = { ...limits, instead: 'send it in parts, or use npm run import' };
  const admitted = new WeakMap<FastifyRequest, { signal: AbortSignal; options: ImportOptions }>();
  // Runs before Fastify reads Content-Type, so that an unreadable type is refused like any other error: to an admitted
  // token, with the headers of its limits.
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    const signal = clientLeft(request, reply);
    const { viewer } = await admit(request, reply);
    requireScope(viewer, 'write');
    const options = readImportOptions(parametersOf(request), maxRemovalsPercent);
    checkBodyType(request.headers);
    admitted.set(request, { signal, options });
  };
  app.post(EXTRACT_PATH, { onRequest }, async (request, reply) => {
    const { signal, options } = admitted.get(request) as { signal: AbortSignal; options: ImportOptions };
    let refusedText: string | null = null;
    const report = await importExtract(
      [{ name: 'the body', bytes: uploaded(request.raw, bodyLimits), maxBytes: limits.maxBytes }],
      options,
      () => beginImport(importBusy, signal),
      async (_source, csv) => {
        refusedText = await textBody(csv);
      },
    );
    // Refused rows are written only if the others are saved.
    const refusedCsv = report.refused === 0 && !report.unreadable ? '' : refusedText;
    const answer = { ...report, ...(options.skipInvalid && { refusedCsv }) };
    reply.header('cache-control', 'no-store');
    if (!report.errors) return answer;
    const message = report.errors.map((error) => error.message).join(' ');
    return reply.code(FAILURES.INVALID_EXTRACT.status).send({ message, ...answer });
  });
}
