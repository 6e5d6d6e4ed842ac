import { SingleBar } from 'cli-progress';
import type { Source } from '../ingest/read-extract.ts';

/** Sources that move a progress bar on standard error while they are read; none where it isn't a terminal. */
export function watched(sources: readonly (Source & { readonly size: number })[]): { sources: Source[]; stop(): void } {
  const total = sources.reduce((sum, { size }) => sum + size, 0);
  if (!process.stderr.isTTY || total === 0) return { sources: [...sources], stop() {} };
  const bar = new SingleBar({
    format: 'reading {bar} {percentage} % | {eta_formatted} left',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(total, 0);
  async function* counted(bytes: Source['bytes']): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      bar.increment(chunk.length);
      yield chunk;
    }
  }
  return {
    sources: sources.map(({ name, bytes }) => ({ name, bytes: counted(bytes) })),
    stop: () => bar.stop(),
  };
}
