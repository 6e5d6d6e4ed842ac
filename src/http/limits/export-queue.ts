import { type ExportLimits, MAX_PAGE_ROWS } from '../../domain/configuration/export-limits.ts';
import { Failure } from '../../domain/errors.ts';
import type { ExtractRequest } from '../../extract/request.ts';
import { Semaphore, type SlotRefusal } from './semaphore.ts';

/** For each place there may be so many who wait. */
const MAX_WAITING_PER_SLOT = 10;

const ADVICE = `Try again later, or ask for pages of up to ${MAX_PAGE_ROWS} rows (limit), which have places of their own.`;

type OpenExport<T> = (request: ExtractRequest, signal: AbortSignal) => Promise<T>;

/**
 * Gives exports a place before they are begun: so many downloads run at once and as many pages, the others wait in the order of arrival.
 * The place is given back with the last byte, or when the signal is aborted.
 * Errors, besides those of `open`: EXPORTS_BUSY where there is no place in time, or too many wait already.
 */
export function limitExports<T extends { readonly rows: AsyncGenerator<Buffer> }>(
  open: OpenExport<T>,
  { maxConcurrent, waitTimeoutMs: timeoutMs }: Pick<ExportLimits, 'maxConcurrent' | 'waitTimeoutMs'>,
): OpenExport<T> {
  const semaphoreFor = (what: string, advice: string) =>
    new Semaphore(
      { maxConcurrent, maxWaiting: MAX_WAITING_PER_SLOT * maxConcurrent, timeoutMs },
      (why: SlotRefusal) => {
        const taken = `All places for ${what} (${maxConcurrent}) are taken`;
        const rest =
          why === 'full'
            ? `${MAX_WAITING_PER_SLOT * maxConcurrent} more are waiting already`
            : `none became free for this one within ${timeoutMs / 1000} s`;
        return new Failure('EXPORTS_BUSY', `${taken}, and ${rest}. ${advice}`);
      },
    );
  const downloads = semaphoreFor('exports', ADVICE);
  const pages = semaphoreFor(`exports of up to ${MAX_PAGE_ROWS} rows`, 'Try again later.');
  return async (request, signal) => {
    const isPage = request.limit !== null && request.limit <= MAX_PAGE_ROWS;
    const release = await (isPage ? pages : downloads).acquire(signal);
    // One that is given up may never be read, and its rows then never end.
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
