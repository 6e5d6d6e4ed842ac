import { KeptCounts } from './kept-counts.ts';
import { KeptMetrics } from './kept-metrics.ts';
import { type RefreshOptions, type RefreshParts, refreshKept } from './refresh.ts';

/** The answers that an instance keeps. */
interface Kept {
  readonly metrics: KeptMetrics;
  readonly counts: KeptCounts;
  /** Returns how many answers were computed again. */
  readonly refreshed: () => number;
  /** Resolves once no more are. */
  readonly ended: Promise<void>;
}

/** Keeps answers, and computes them again until the signal is aborted; never without `refresh`. */
export function keepAnswers(
  parts: Omit<RefreshParts, 'kept' | 'lookMs' | 'onAnswered'>,
  refresh: RefreshOptions | null,
  signal: AbortSignal,
): Kept {
  const costlyMs = refresh?.costlyMs ?? Number.POSITIVE_INFINITY;
  const [metrics, counts] = [new KeptMetrics(costlyMs), new KeptCounts(costlyMs)];
  let refreshed = 0;
  const onAnswered = () => {
    refreshed++;
  };
  // A page asks for counts first.
  const all = [counts, metrics];
  const ended = refresh && refreshKept({ ...parts, kept: all, lookMs: refresh.lookMs, onAnswered }, signal);
  return { metrics, counts, refreshed: () => refreshed, ended: ended ?? Promise.resolve() };
}
