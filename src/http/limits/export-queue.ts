import { Failure } from '../../domain/errors.ts';
import { type ExportLimits, PAGE_ROWS } from '../../domain/export-limits.ts';
import type { ExtractRequest } from '../../extract/request.ts';
import { Places, type Refused } from './slots.ts';

/** For each place there may be so many who wait. */
const WAITING = 10;

const OTHERWISE = `Try again later, or ask for pages of up to ${PAGE_ROWS} rows (limit), which have places of their own.`;

type Open<T> = (request: ExtractRequest, signal: AbortSignal) => Promise<T>;

/**
 * Gives exports a place before they are begun: so many downloads run at once and as many pages, the others wait in the order of arrival.
 * The place is given back with the last byte, or when the signal is aborted.
 * Errors, besides those of `open`: EXPORTS_BUSY where there is no place in time, or too many wait already.
 */
export function exportsInTurn<T extends { readonly rows: AsyncGenerator<Buffer> }>(
  open: Open<T>,
  { atOnce, patience }: Pick<ExportLimits, 'atOnce' | 'patience'>,
): Open<T> {
  const placesFor = (what: string, otherwise: string) =>
    new Places({ atOnce, waiting: WAITING * atOnce, patience }, (why: Refused) => {
      const taken = `All places for ${what} (${atOnce}) are taken`;
      const rest =
        why === 'full'
          ? `${WAITING * atOnce} more are waiting already`
          : `none became free for this one within ${patience / 1000} s`;
      return new Failure('EXPORTS_BUSY', `${taken}, and ${rest}. ${otherwise}`);
    });
  const downloads = placesFor('exports', OTHERWISE);
  const pages = placesFor(`exports of up to ${PAGE_ROWS} rows`, 'Try again later.');
  return async (request, signal) => {
    const isPage = request.limit !== null && request.limit <= PAGE_ROWS;
    const leave = await (isPage ? pages : downloads).take(signal);
    // One that is given up may never be read, and its rows then never end.
    signal.addEventListener('abort', leave, { once: true });
    try {
      const opened = await open(request, signal);
      return { ...opened, rows: lastly(opened.rows, leave) };
    } catch (error) {
      leave();
      throw error;
    }
  };
}

async function* lastly(rows: AsyncGenerator<Buffer>, leave: () => void): AsyncGenerator<Buffer> {
  try {
    yield* rows;
  } finally {
    leave();
  }
}
