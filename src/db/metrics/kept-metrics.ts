import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { MetricsQuery } from '../../domain/metrics/query.ts';
import type { Query } from '../connection/snapshot.ts';
import { type MetricsGroups, readMetrics } from './read-metrics.ts';

/**
 * Reads metrics in a snapshot whose rows have this data version, or takes what was read of the same rows before. Errors: those of
 * `readMetrics` and of the queue; the signal’s reason.
 */
export type ReadMetrics = (
  query: Query,
  asked: MetricsQuery,
  version: string,
  signal: AbortSignal,
) => Promise<MetricsGroups>;

/** Waits for a slot and returns its release. */
type Acquire = (signal: AbortSignal) => Promise<() => void>;

/** The maximum size of all kept answers and of one, and estimates of what a group and a value take, all in bytes. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const BYTES_OF_GROUP = 200;
const BYTES_OF_VALUE = 16;
const BYTES_OF_CHARACTER = 2;

function sizeOf({ groups }: MetricsGroups): number {
  let bytes = BYTES_OF_GROUP;
  for (const { keys, values, previous, names = [] } of groups) {
    bytes += BYTES_OF_GROUP + BYTES_OF_VALUE * (values.length + (previous?.length ?? 0));
    for (const text of [...keys, ...names]) bytes += BYTES_OF_CHARACTER * (text?.length ?? 0);
  }
  return bytes;
}

/**
 * The answers that an instance keeps, for all its APIs: by the version of the rows and all that was asked, which is clock, filter, and what
 * the viewer sees. So none is ever outdated, nor one that somebody else may see more of.
 */
export class KeptMetrics {
  readonly #answers = new LRUCache<string, MetricsGroups>({
    maxSize: MAX_KEPT_BYTES,
    maxEntrySize: MAX_ANSWER_BYTES,
    sizeCalculation: sizeOf,
  });

  /** Returns the answer that was kept; undefined without one. */
  find(version: string, asked: MetricsQuery): MetricsGroups | undefined {
    return this.#answers.get(keyOf(version, asked));
  }

  /** Keeps an answer, unless it is too large. */
  keep(version: string, asked: MetricsQuery, answer: MetricsGroups): void {
    this.#answers.set(keyOf(version, asked), answer);
  }
}

const keyOf = (version: string, asked: MetricsQuery): string =>
  hash('sha256', JSON.stringify([version, asked]), 'base64');

/** Returns what reads metrics: few statements at a time, since each may look at all rows, and none for what is kept. */
export function readerOfMetrics(kept: KeptMetrics, acquire: Acquire): ReadMetrics {
  /** The last statement of each snapshot: its connection takes one at a time, and waiting for it must not take another one’s slot. */
  const last = new WeakMap<Query, Promise<unknown>>();
  return async (query, asked, version, signal) => {
    const read = async () => {
      const found = kept.find(version, asked);
      if (found) return found;
      const release = await acquire(signal);
      try {
        // Whoever had the slot may have asked the same.
        const answer = kept.find(version, asked) ?? (await readMetrics(query, asked));
        kept.keep(version, asked, answer);
        return answer;
      } finally {
        release();
      }
    };
    const result = (last.get(query) ?? Promise.resolve()).then(read, read);
    last.set(query, result);
    return await result;
  };
}
