import { SingleBar } from 'cli-progress';
import type { ExtractSource } from '../../ingest/rows/read-extract.ts';

/** A progress bar. */
interface Progress {
  add(amount: number): void;
  /** Removes the bar; a second call does nothing. */
  stop(): void;
}

/**
 * Shows a progress bar on standard error up to `total`; none if standard error is not a terminal or the total is
 * unknown (0).
 */
export function showProgress(what: string, total: number): Progress {
  if (!process.stderr.isTTY || total === 0) return { add() {}, stop() {} };
  const bar = new SingleBar({
    format: `${what} {bar} {percentage} % | {eta_formatted} left`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(total, 0);
  return { add: (amount) => bar.increment(amount), stop: () => bar.stop() };
}

/** Returns the sources with a progress bar on standard error that follows their reading. */
export function withProgress(
  sources: readonly (ExtractSource & { readonly size: number })[],
  what = 'reading',
): { sources: ExtractSource[]; stop(): void } {
  const progress = showProgress(
    what,
    sources.reduce((sum, { size }) => sum + size, 0),
  );
  return {
    sources: sources.map(({ name, bytes }) => ({ name, bytes: counted(bytes, progress) })),
    stop: () => progress.stop(),
  };
}

/** Passes the bytes on, advancing the bar. */
export async function* counted<T extends Uint8Array>(bytes: AsyncIterable<T>, { add }: Progress): AsyncGenerator<T> {
  for await (const chunk of bytes) {
    add(chunk.length);
    yield chunk;
  }
}
