import { FAILURES, Failure, type FailureCode } from '../../domain/errors.ts';
import { FIELD_KEYS } from '../../domain/fields.ts';
import type { FailedImport, RecordFailure } from '../../domain/import/import-record.ts';
import type { ImportReport } from './report.ts';

/** The failures whose message has no value of a row. */
const TOLD: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'DATABASE_FULL',
  'DATABASE_UNAVAILABLE',
  'PAYLOAD_TOO_LARGE',
  'REQUEST_TIMEOUT',
  'UPSTREAM_FAILED',
]);

/** The failures of imports that never began. */
const NOT_BEGUN: ReadonlySet<FailureCode> = new Set<FailureCode>(['CONFLICT', 'BAD_USER_INPUT']);

/**
 * Runs an import, and has it recorded if it saves nothing; an import that is saved records itself, in its transaction. A dry run is not
 * recorded, nor one that never began because another was running; null is for one that had nothing to import. Errors: those of `run`.
 */
export async function recordedImport<R extends ImportReport | null>(
  { dryRun, signal }: { readonly dryRun: boolean; readonly signal?: AbortSignal },
  record: RecordFailure,
  run: () => Promise<R>,
): Promise<R> {
  const began = performance.now();
  const took = () => performance.now() - began;
  try {
    const report = await run();
    if (report?.saved === false && !dryRun) await record(refusedImport(report, took()));
    return report;
  } catch (error) {
    const failed = failedImport(error, signal?.aborted === true, took());
    if (failed && !dryRun) await record(failed);
    throw error;
  }
}

function refusedImport(report: ImportReport, milliseconds: number): FailedImport {
  const { read, refused, errors, refusedRows } = report;
  const error = errors?.find(({ code }) => code === 'REMOVALS_REFUSED') ?? errors?.[0];
  const fault = [refusedRows, report.jobs?.refusedRows ?? [], report.candidates?.refusedRows ?? []].flat()[0];
  const column = FIELD_KEYS.some((key) => key === fault?.column) ? `, ${fault?.column}` : '';
  const where = fault ? ` The first: line ${fault.line}${column}.` : '';
  const message =
    error?.code === 'REMOVALS_REFUSED'
      ? error.message
      : report.unreadable
        ? `Nothing was saved: a file can’t be read to its end.${where}`
        : `Nothing was saved: rows were refused.${where}`;
  return { outcome: 'REFUSED', milliseconds, read, refused, code: error?.code ?? 'INVALID_EXTRACT', message };
}

function failedImport(error: unknown, interrupted: boolean, milliseconds: number): FailedImport | null {
  const failed = { outcome: 'FAILED', milliseconds, read: 0, refused: 0 } as const;
  if (error instanceof Failure && NOT_BEGUN.has(error.code)) return null;
  if (interrupted) return { ...failed, code: 'INTERRUPTED', message: 'Interrupted; nothing was saved.' };
  if (!(error instanceof Failure))
    return { ...failed, code: 'INTERNAL_ERROR', message: 'The service failed; its log has the details.' };
  return { ...failed, code: error.code, message: TOLD.has(error.code) ? error.message : FAILURES[error.code].about };
}
