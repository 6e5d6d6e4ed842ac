import { type ExportLimits, MAX_PAGE_ROWS } from '../../domain/configuration/export-limits.ts';
import { Failure } from '../../domain/errors.ts';
import type { ExtractRequest } from '../../extract/request.ts';
import { Semaphore, type SlotRefusal } from './semaphore.ts';

/** Exports that may wait for each slot. */
const MAX_WAITING_PER_SLOT = 10;

const ADVICE = `Try again later, or request pages of up to ${MAX_PAGE_ROWS} rows (limit), which have slots of their own.`;

type OpenExport<T> = (request: ExtractRequest, signal: AbortSignal) => Promise<T>;

/**
 * Wraps `open` so that an export starts only once it has a slot. Downloads and pages have separate semaphores of the
 * same size; further exports wait in the order of arrival. The slot is released after the last byte, or when the signal
 * is aborted.
 *
 * Errors, besides those of `open`: EXPORTS_BUSY if no slot becomes free in time, or too many exports are waiting
 * already.
 */
export function limitExports<T extends { readonly rows: AsyncGenerator<Buffer> }>(
  open: OpenExport<T>,
  { maxConcurrent, waitTimeoutMs: timeoutMs }: Pick<ExportLimits, 'maxConcurrent' | 'waitTimeoutMs'>,
): OpenExport<T> {
  const semaphoreFor = (what: string, advice: string) =>
    new Semaphore(
      { maxConcurrent, maxWaiting: MAX_WAITING_PER_SLOT * maxConcurrent, timeoutMs },
      (why: SlotRefusal) => {
        const inUse = `All slots for ${what} (${maxConcurrent}) are in use`;
        const refusal =
          why === 'full'
            ? `${MAX_WAITING_PER_SLOT * maxConcurrent} more are already waiting`
            : `none became free within ${timeoutMs / 1000} s`;
        return new Failure('EXPORTS_BUSY', `${inUse}, and ${refusal}. ${advice}`);
      },
    );
  const downloads = semaphoreFor('exports', ADVICE);
  const pages = semaphoreFor(`exports of up to ${MAX_PAGE_ROWS} rows`, 'Try again later.');
  return async (request, signal) => {
    const isPage = request.limit !== null && request.limit <= MAX_PAGE_ROWS;
    const release = await (isPage ? pages : downloads).acquire(signal);
    // The rows of an aborted export may never be read, and then never end.
    signal.addEventListener('abort', release, { once: true });
    try {
      const opened = await open(request, signal);
      return { ...opened, rows: releaseAtEnd(opened.rows, release) };
    } catch (error) {
      release();
      throw error;
    }
  };
}

async function* releaseAtEnd(rows: AsyncGenerator<Buffer>, release: () => void): AsyncGenerator<Buffer> {
  try {
    yield* rows;
  } finally {
    release();
  }
}
