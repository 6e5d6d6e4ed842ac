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

/** Begins an import that the signal ends. `onBusy` is called where another one runs; where it throws, none is begun. */
export type BeginImport = (onBusy: () => void, signal: AbortSignal) => Promise<ImportSession>;

function importBusy(): never {
  throw new Failure('CONFLICT', 'Another import is running; try again when it has ended.');
}

/**
 * `POST` of an extract: `npm run import` over HTTP (docs/contract.md, "Import over HTTP"). `maxRemovalsPercent`: of the stored rows that
 * may go, where the request doesn't allow more.
 */
export function importRoute(
  app: FastifyInstance,
  admit: Admit,
  beginLoad: BeginImport,
  limits: Pick<BodyLimits, 'maxBytes' | 'timeoutMs'>,
  maxRemovalsPercent: number,
): void {
  const bodyLimits = { ...limits, instead: 'send it in parts, or use npm run import' };
  const admitted = new WeakMap<FastifyRequest, { left: AbortSignal; options: ImportOptions }>();
  // Before Fastify looks at Content-Type, so that a type it can't read is refused as any other: to an admitted token, with what is left to it.
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    const left = clientLeft(request, reply);
    const { viewer } = await admit(request, reply);
    requireScope(viewer, 'write');
    const options = readImportOptions(parametersOf(request), maxRemovalsPercent);
    checkBodyType(request.headers);
    admitted.set(request, { left, options });
  };
  app.post(EXTRACT_PATH, { onRequest }, async (request, reply) => {
    const { left, options } = admitted.get(request) as { left: AbortSignal; options: ImportOptions };
    let written: string | null = null;
    const report = await importExtract(
      [{ name: 'the body', bytes: uploaded(request.raw, bodyLimits), mostBytes: limits.maxBytes }],
      options,
      () => beginLoad(importBusy, left),
      async (_source, csv) => {
        written = await textBody(csv);
      },
    );
    // Refused rows are written only where the others are saved.
    const refusedCsv = report.refused === 0 && !report.unreadable ? '' : written;
    const answer = { ...report, ...(options.skipInvalid && { refusedCsv }) };
    reply.header('cache-control', 'no-store');
    if (!report.errors) return answer;
    const message = report.errors.map((error) => error.message).join(' ');
    return reply.code(FAILURES.INVALID_EXTRACT.status).send({ message, ...answer });
  });
}
