import type { MetricsQueries, StreamedMetrics } from '../metrics/open-metrics.ts';
import type { MetricsGroup } from '../metrics/read-metrics.ts';
import type { DataState } from '../query/state/data-state.ts';
import type { KeptMetrics } from './kept-metrics.ts';

/** How many groups are read to the end before the first is sent, to be kept. Those of more are streamed, so that no memory holds them. */
const MAX_KEPT_GROUPS = 5_000;

/**
 * Returns what is kept of this state, or opens it once `acquire` has given a slot, which is released when it is open. Errors: those of `ask`,
 * `acquire` and `open`.
 */
export async function openKept<Asked extends MetricsQueries>(
  kept: KeptMetrics,
  state: DataState,
  ask: (state: DataState) => Asked,
  acquire: () => Promise<() => void>,
  open: () => Promise<StreamedMetrics<Asked>>,
): Promise<StreamedMetrics<Asked>> {
  const asked = ask(state);
  const found = findStream(kept, state, asked);
  if (found) return found;
  const release = await acquire();
  try {
    // Whoever had the slot may have asked the same.
    return findStream(kept, state, asked) ?? (await open());
  } finally {
    release();
  }
}

/** Returns the measures of rows in this state, if all that is asked for is kept; otherwise null. */
function findStream<Asked extends MetricsQueries>(
  kept: KeptMetrics,
  state: DataState,
  asked: Asked,
): StreamedMetrics<Asked> | null {
  const groups = kept.find(state, asked.groups);
  const total = asked.total && kept.find(state, asked.total);
  if (groups === undefined || total === undefined) return null;
  return {
    ...{ ...state, asked },
    total: total?.groups[0] ?? null,
    groupCount: groups.groupCount,
    groups: inOnePiece(groups.groups),
  };
}

/**
 * Reads measures of few groups to the end, which releases their connection, and keeps them. `began`: when they began to be computed, by
 * `performance.now`. Errors: those of the groups.
 */
export async function keepStream<Asked extends MetricsQueries>(
  kept: KeptMetrics,
  opened: StreamedMetrics<Asked>,
  began: number,
): Promise<StreamedMetrics<Asked>> {
  const { asked, total, groupCount } = opened;
  if (Math.min(groupCount, asked.groups.first ?? groupCount) > MAX_KEPT_GROUPS) return opened;
  const groups: MetricsGroup[] = [];
  for await (const batch of opened.groups) groups.push(...batch);
  const milliseconds = performance.now() - began;
  kept.keep(opened, asked.groups, { groups, groupCount }, milliseconds);
  if (asked.total && total) kept.keep(opened, asked.total, { groups: [total], groupCount: 1 }, milliseconds);
  return { ...opened, groups: inOnePiece(groups) };
}

async function* inOnePiece(groups: readonly MetricsGroup[]): AsyncGenerator<readonly MetricsGroup[]> {
  if (groups.length > 0) yield groups;
}
