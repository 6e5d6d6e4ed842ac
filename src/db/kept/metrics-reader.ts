import type { MetricsQuery } from '../../domain/metrics/query.ts';
import type { Query } from '../connection/snapshot.ts';
import { type MetricsGroups, readMetrics } from '../metrics/read-metrics.ts';
import type { DataState } from '../query/state/data-state.ts';
import type { KeptMetrics } from './kept-metrics.ts';

/**
 * Reads metrics in a snapshot whose rows are in this state, or takes what was read of the same rows before. Errors: those of `readMetrics` and
 * of the queue; the signal’s reason.
 */
export type ReadMetrics = (
  query: Query,
  asked: MetricsQuery,
  state: DataState,
  signal: AbortSignal,
) => Promise<MetricsGroups>;

/** Waits for a slot and returns its release. */
type Acquire = (signal: AbortSignal) => Promise<() => void>;

/** Returns what reads metrics: few statements at a time, since each may look at all rows, and none for what is kept. */
export function readerOfMetrics(kept: KeptMetrics, acquire: Acquire): ReadMetrics {
  /** The last statement of each snapshot: its connection takes one at a time, and waiting for it must not take another one’s slot. */
  const last = new WeakMap<Query, Promise<unknown>>();
  return async (query, asked, state, signal) => {
    const read = async () => {
      const found = kept.find(state, asked);
      if (found) return found;
      const release = await acquire(signal);
      try {
        // Whoever had the slot may have asked the same.
        return kept.find(state, asked) ?? (await readAndKeep(query, asked, state));
      } finally {
        release();
      }
    };
    const result = (last.get(query) ?? Promise.resolve()).then(read, read);
    last.set(query, result);
    return await result;
  };

  async function readAndKeep(query: Query, asked: MetricsQuery, state: DataState): Promise<MetricsGroups> {
    const began = performance.now();
    const answer = await readMetrics(query, asked);
    const milliseconds = performance.now() - began;
    query.whenSure(() => kept.keep(state, asked, answer, milliseconds));
    return answer;
  }
}
