import { type ExportLimits, MAX_PAGE_ROWS } from '../../domain/configuration/export-limits.ts';
import { Failure } from '../../domain/errors.ts';
import type { ExtractRequest } from '../../extract/request.ts';
import { Semaphore, type SlotRefusal } from './semaphore.ts';

/** Exports that may wait for each slot. */
const MAX_WAITING_PER_SLOT = 10;

const ADVICE = `Try again later, or request pages of up to ${MAX_PAGE_ROWS} rows (limit), which have slots of their own.`;

/** The slots of downloads, and those of pages. */
export interface ExportSlots {
  readonly downloads: Semaphore;
  readonly pages: Semaphore;
}

/**
 * Returns separate semaphores of the same size for downloads and pages. Exports without a slot wait in the order of arrival. Errors of a slot:
 * EXPORTS_BUSY if none becomes free in time, or too many exports are waiting already.
 */
export function exportSlots({
  maxConcurrent,
  waitTimeoutMs: timeoutMs,
}: Pick<ExportLimits, 'maxConcurrent' | 'waitTimeoutMs'>): ExportSlots {
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
  return {
    downloads: semaphoreFor('exports', ADVICE),
    pages: semaphoreFor(`exports of up to ${MAX_PAGE_ROWS} rows`, 'Try again later.'),
  };
}

/**
 * Wraps `open` so that an export starts only once it has a slot: that of a page if it is one. Errors, besides those of `open`: those of the
 * slot.
 */
export function limitExports<T extends { readonly rows: AsyncGenerator<Buffer> }>(
  open: (request: ExtractRequest, signal: AbortSignal) => Promise<T>,
  { downloads, pages }: ExportSlots,
): typeof open {
  return (request, signal) => {
    const isPage = request.limit !== null && request.limit <= MAX_PAGE_ROWS;
    return inSlot(isPage ? pages : downloads, signal, async (untilEnd) => {
      const opened = await open(request, signal);
      return { ...opened, rows: untilEnd(opened.rows) };
    });
  };
}

/** Holds the slot until a stream has ended. */
type UntilEnd = <Item>(stream: AsyncGenerator<Item>) => AsyncGenerator<Item>;

/**
 * Does `open` once it has a slot, and passes it what holds the slot until its stream has ended, or the signal is aborted. Errors: those of the
 * slot and of `open`.
 */
export async function inSlot<T>(
  slots: Semaphore,
  signal: AbortSignal,
  open: (untilEnd: UntilEnd) => Promise<T>,
): Promise<T> {
  const release = await slots.acquire(signal);
  // The stream of an aborted request may never be read, and then never ends.
  signal.addEventListener('abort', release, { once: true });
  try {
    return await open((stream) => releaseAtEnd(stream, release));
  } catch (error) {
    release();
    throw error;
  }
}

async function* releaseAtEnd<Item>(stream: AsyncGenerator<Item>, release: () => void): AsyncGenerator<Item> {
  try {
    yield* stream;
  } finally {
    release();
  }
}
